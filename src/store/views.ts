/** The views that every question reads: day files and journal as one table a dataset, with local time. */
import {
  type Column,
  type Dataset,
  DATASETS,
  DERIVED_METRICS,
  findDerivedMetric,
} from "../model/mod.ts";
import type { DayFile, PendingSegment } from "./listing.ts";
import { quoteList, quoteName, quoteText, unionByName } from "./sql_text.ts";

/** Local wall-clock time, from the offset as recorded. Integer arithmetic: a zone conversion a row costs 20 × as much. */
const LOCAL_SQL = "make_timestamp(epoch_us(ts) + utc_offset_min::BIGINT * 60000000)";

/** Of a line of the journal: headers and torn lines have no `ts`, and damage must not make one that is no date. */
export const IS_ROW_SQL = "ts BETWEEN 0 AND 253402300799999";

/**
 * SQL of a table that holds the journal's rows of a dataset, copied once, so that a row that is added during a report
 * is in all of its figures or in none.
 */
export function journalTableSql(dataset: Dataset, segments: readonly PendingSegment[]): string {
  const parts = byHost(segments).map(([host, of]) =>
    `SELECT ${quoteText(host)} AS host, ${columnsFromJournal(dataset)}
     FROM ${readJournalSql(dataset, of.map(({ path }) => path))}
     WHERE ${IS_ROW_SQL}`
  );
  const empty = `SELECT NULL::VARCHAR AS host, ${typedNulls(dataset.columns)} WHERE false`;
  return `CREATE OR REPLACE TEMP TABLE ${journalTable(dataset)} AS
    ${unionByName([empty, ...parts])}`;
}

/** `read_json` of segments with the columns of a dataset; every line a row, unreadable ones without a `ts`. */
export function readJournalSql(dataset: Dataset, paths: readonly string[]): string {
  const columns = dataset.columns.map(({ name, type }) =>
    `${quoteName(name)}: ${quoteText(type === "TIMESTAMPTZ" ? "BIGINT" : type)}`
  );
  return `read_json(${quoteList(paths)}, format = 'newline_delimited', ignore_errors = true,
    columns = {${columns.join(", ")}})`;
}

/** The columns of a dataset, from the journal's JSON types to the files' types. */
export function columnsFromJournal(dataset: Dataset): string {
  return dataset.columns.map(({ name, type }) =>
    type === "TIMESTAMPTZ" ? `make_timestamptz(${name} * 1000) AS ${name}` : quoteName(name)
  ).join(", ");
}

export interface StoredViewOptions {
  /** Whether there is a journal's table. */
  readonly journal?: boolean;
  readonly name?: string;
  /** Files that are read on their own, because a condition has to be looked at in their rows only. */
  readonly apart?: readonly DayFile[];
  /** SQL of the value of columns that have only one in all files: they need not be read. */
  readonly constants?: ReadonlyMap<string, string>;
}

/** The stored columns of a dataset from day files, the journal's table where there is one, and `host`. `CREATE VIEW stored_<dataset>`. */
export function storedViewSql(
  dataset: Dataset,
  files: readonly DayFile[],
  { journal: withJournal = false, name = `stored_${dataset.name}`, apart = [], constants }:
    StoredViewOptions = {},
): string {
  const empty = `SELECT NULL::VARCHAR AS host, ${typedNulls(dataset.columns)} WHERE false`;
  const journal = `SELECT * FROM ${journalTable(dataset)}`;
  const groups = [files, apart].filter((group) => group.length > 0);
  const parts = [
    empty,
    ...(withJournal ? [journal] : []),
    ...groups.map((group) => readFilesSql(dataset, group, constants)),
  ];
  return `CREATE OR REPLACE TEMP VIEW ${name} AS
    ${unionByName(parts)}`;
}

/** Column names of a file of an older mtr may be fewer: what it lacks is NULL. */
function readFilesSql(
  dataset: Dataset,
  files: readonly DayFile[],
  constants: ReadonlyMap<string, string> = new Map(),
): string {
  const names = dataset.columns.map(({ name }) => name).filter((name) => !constants.has(name));
  const columns = [
    "host",
    `COLUMNS(lambda c: c IN ${quoteList(names)})`,
    ...[...constants].map(([name, value]) => `${value} AS ${quoteName(name)}`),
  ];
  return `SELECT ${columns.join(", ")}
    FROM read_parquet(${quoteList(files.map(({ path }) => path))},
      union_by_name = true, hive_partitioning = true,
      hive_types = {'host': VARCHAR, 'date': VARCHAR})`;
}

/** What people query: stored columns on their decimal grid, local time, and derived metrics. */
export function publicViewSql(dataset: Dataset): string {
  const columns = dataset.columns.map(({ name, type }) =>
    type === "FLOAT" ? `round(${name}::DOUBLE * 100) / 100 AS ${name}` : quoteName(name)
  );
  const derived = dataset.name === "samples"
    ? DERIVED_METRICS.map(({ id, sql }) => `${sql} AS ${id}`)
    : [];
  return `CREATE OR REPLACE TEMP VIEW ${dataset.name} AS
    SELECT ${["host", `${LOCAL_SQL} AS local`, ...columns, ...derived].join(", ")}
    FROM stored_${dataset.name}`;
}

/** How a reportable metric is computed from `stored_samples`: the columns it needs, and its value from them, on its grid. */
export interface MetricSource {
  readonly inputs: readonly string[];
  readonly sql: string;
  /** The same as a count of the grid's steps. */
  readonly steps: string;
  readonly stepsPerUnit: number;
}

export function metricSource(id: string): MetricSource {
  const derived = findDerivedMetric(id);
  if (derived) {
    const { inputs, sql, hundredths } = derived;
    return { inputs, sql, steps: hundredths, stepsPerUnit: 100 };
  }
  const column = DATASETS.samples.columns.find(({ name }) => name === id);
  if (column?.type !== "FLOAT") {
    return { inputs: [id], sql: `${id}::DOUBLE`, steps: id, stepsPerUnit: 1 };
  }
  const steps = `round(${id}::DOUBLE * 100)`;
  return { inputs: [id], sql: `${steps} / 100`, steps, stepsPerUnit: 100 };
}

/** Name of the table that journalTableSql makes. */
export function journalTable(dataset: Dataset): string {
  return `journal_${dataset.name}`;
}

function typedNulls(columns: readonly Column[]): string {
  return columns.map(({ name, type }) => `NULL::${type} AS ${name}`).join(", ");
}

function byHost(segments: readonly PendingSegment[]): [string, PendingSegment[]][] {
  return [...Map.groupBy(segments, ({ host }) => host)];
}
