/**
 * Day files of older formats, read as today's.
 *
 * Format 0 (before the first release): `samples` only; the tick is `timestamp`, a TIMESTAMP in UTC; numbers are DOUBLE
 * as the source gave them, neither on the grid nor within what can be true; columns that a machine did not have are not
 * there; the footer names neither a format nor a segment. There was no journal: rows went into the day's file.
 */
import { type Dataset, findMetric, type Metric } from "../model/mod.ts";
import { parquetSql, quoteName } from "./sql_text.ts";

/** Columns that went by other names. */
const FORMER_NAMES: Readonly<Record<string, string>> = { ts: "timestamp" };

/**
 * SQL of a file's rows with today's columns and types, as a recorder of today would have stored them; rows without a
 * time are left out. `columns` are the file's.
 */
export function upgradedSql(dataset: Dataset, path: string, columns: ReadonlySet<string>): string {
  const selected = dataset.columns.map(({ name, type }) => {
    const former = FORMER_NAMES[name] ?? name;
    const from = columns.has(name) ? name : columns.has(former) ? former : null;
    if (from === null) return `NULL::${type} AS ${quoteName(name)}`;
    const metric = dataset.name === "samples" ? findMetric(name) : undefined;
    const value = metric ? storedSql(metric, quoteName(from)) : quoteName(from);
    return `TRY_CAST(${value} AS ${type}) AS ${quoteName(name)}`;
  });
  return `SELECT * FROM (
    SELECT ${selected.join(", ")} FROM ${parquetSql(path)}
  ) WHERE ts IS NOT NULL`;
}

/** `toGrid` in SQL: on the metric's grid, or NULL where it can't be true. */
function storedSql({ range: [lowest, highest], resolution }: Metric, value: string): string {
  const { step, digits } = resolution;
  const number = `${value}::DOUBLE`;
  const significant = digits === undefined ? number : `CASE WHEN ${number} = 0 THEN 0
         ELSE round(${number}, (${digits - 1} - floor(log10(abs(${number}))))::INTEGER) END`;
  const inverse = Math.round(1 / step);
  const rounded = step < 1
    ? `round((${significant}) * ${inverse}) / ${inverse}`
    : `round((${significant}) / ${step}) * ${step}`;
  return `CASE WHEN ${value} BETWEEN ${lowest} AND ${highest} THEN ${rounded} END`;
}
