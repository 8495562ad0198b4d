/** SQL of rolled-up days, in the shape of the tables that reports ask. */
import type { Metric } from "../../model/mod.ts";
import type { DayKind, MonthKind, RollupKind } from "../rollup/kinds.ts";
import type { RolledMonth } from "../rollup/select_rollups.ts";
import { parquetSql, quoteList, quoteText, unionByName } from "../sql_text.ts";
import { CELL_OF_HOUR } from "./reduce_rows.ts";
import type { ReducedTables, Wanted } from "./reduced_tables.ts";

const DAY_MS = 86_400_000;
const SPAN_COLUMNS = "metric, utc_offset_min, n, weight_ms, weighted_sum, min, max";
/** Of fewer days of a month, hours would make a coarse line. */
const ENOUGH_DAYS_FOR_HOURS = 20;

/** Whether spans of a month are its hours, not its quarter-hours. */
export function isByHour({ isWhole, dates }: RolledMonth): boolean {
  return isWhole && dates.length >= ENOUGH_DAYS_FOR_HOURS;
}

/** The selected days as parts of the tables of reduced_tables.ts. */
export function rolledTables(
  rolled: readonly RolledMonth[],
  { metrics, counted }: Wanted,
): ReducedTables {
  return {
    value_counts: readSums(rolled, counted, {
      month: ["month_counts", "metric, value, n, weight_ms"],
      day: ["counts", "metric, value, n, weight_ms"],
    }),
    metric_spans: readSums(rolled, metrics, {
      month: ["month_hours", `local_hour::BIGINT * 60 - utc_offset_min AS minute, ${SPAN_COLUMNS}`],
      day: ["quarters", `quarter::BIGINT * 15 AS minute, ${SPAN_COLUMNS}`],
      isSummedUp: isByHour,
    }),
    busy_minutes: readSums(rolled, metrics, {
      month: ["month_busy", "metric, minute::BIGINT AS minute, weight_ms, weighted_sum"],
      day: ["busy", "metric, minute::BIGINT AS minute, weight_ms, weighted_sum"],
    }),
    runs: `SELECT * EXCLUDE (date) FROM (${readDays("runs", rolled)})`,
  };
}

/** `metric, cell, bin, weight_ms` of the selected days. A cell is an hour of the week since Monday 0:00. */
export function rolledCellBins(rolled: readonly RolledMonth[], metrics: readonly Metric[]): string {
  return readSums(rolled, metrics, {
    month: ["month_cells", "metric, cell, bin, weight_ms"],
    day: [
      "hours",
      `metric, ${CELL_OF_HOUR} AS cell, unnest(bins) AS bin, unnest(bin_weights) AS weight_ms`,
    ],
  });
}

/** Rows of a kind for the selected days and metrics. */
export function readDays(
  kind: DayKind,
  rolled: readonly RolledMonth[],
  metrics?: readonly Metric[],
): string {
  return unionByName([
    ...readWhole(kind, rolled, "*", metrics),
    ...readSome(kind, rolled, "*", metrics),
  ]);
}

/** Whole months from what is summed up already, the other days one by one. */
function readSums(
  rolled: readonly RolledMonth[],
  metrics: readonly Metric[],
  { month, day, isSummedUp = ({ isWhole }) => isWhole }: {
    readonly month: readonly [kind: MonthKind, columns: string];
    readonly day: readonly [kind: DayKind, columns: string];
    readonly isSummedUp?: (month: RolledMonth) => boolean;
  },
): string {
  const others = rolled.filter((month) => !isSummedUp(month));
  return unionByName([
    ...readWhole(month[0], rolled.filter(isSummedUp), month[1], metrics),
    ...readWhole(day[0], others, day[1], metrics),
    ...readSome(day[0], others, day[1], metrics),
  ]);
}

function readWhole(
  kind: RollupKind,
  rolled: readonly RolledMonth[],
  columns: string,
  metrics?: readonly Metric[],
): string[] {
  const paths = rolled.filter(({ isWhole }) => isWhole).map(({ paths }) => paths[kind]);
  return paths.length > 0 ? [read(paths, columns, isWanted(metrics))] : [];
}

function readSome(
  kind: DayKind,
  rolled: readonly RolledMonth[],
  columns: string,
  metrics?: readonly Metric[],
): string[] {
  return rolled.filter(({ isWhole }) => !isWhole).map(({ paths, dates }) => {
    const where = `${mayBeWanted(metrics)} AND ${isWanted(metrics)} AND ${isDate(dates)}`;
    return read([paths[kind]], columns, where);
  });
}

/** A comparison is decided by a file's statistics more often than a list is. */
function isDate(dates: readonly string[]): string {
  const [first = ""] = dates;
  const last = dates.at(-1) ?? first;
  const days = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  if (days === dates.length) {
    return `date BETWEEN DATE ${quoteText(first)} AND DATE ${quoteText(last)}`;
  }
  return `date IN (${dates.map((date) => `DATE ${quoteText(date)}`).join(", ")})`;
}

function read(paths: readonly string[], columns: string, where: string): string {
  return `SELECT ${columns}
    FROM ${parquetSql(paths)}
    WHERE ${where}`;
}

/** By this alone whole parts of a file are left out by their statistics; row by row it would become a join. */
function mayBeWanted(metrics: readonly Metric[] | undefined): string {
  if (metrics === undefined) return "true";
  return `metric IN (${metrics.map(({ id }) => quoteText(id)).join(", ")})`;
}

function isWanted(metrics: readonly Metric[] | undefined): string {
  if (metrics === undefined) return "true";
  return `list_contains(${quoteList(metrics.map(({ id }) => id))}, metric)`;
}
