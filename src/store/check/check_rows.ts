import { type Dataset, DATASETS, METRICS } from "../../model/mod.ts";
import type { Database } from "../database.ts";
import type { DayFile } from "../listing.ts";
import { parquetSql, quoteName, quoteText } from "../sql_text.ts";
import { type CheckContext, count, problem, type Told } from "./check_context.ts";
import type { Schema } from "./check_schema.ts";
import type { Finding, FindingKind } from "./finding.ts";

/** What the columns that every row has say of a file. */
export interface Times {
  /** Rows that the footer tells of. */
  readonly said: number;
  readonly with_time: number;
  /** Rows that come before the row above them, and such that have the same key. */
  readonly unordered: number;
  readonly repeated: number;
  /** Rows of other local days than the file, and of which. */
  readonly elsewhere: number;
  readonly dates: readonly string[] | null;
}

/** Reads the few columns that say which rows there are: file order is the order in which the engine scans one file. */
export async function readTimes(database: Database, file: DayFile): Promise<Times> {
  const { order } = DATASETS[file.dataset];
  const keys = order.join(", ");
  const before = order.map((name) => `previous_${name}`).join(", ");
  const local = "make_timestamp(epoch_us(ts) + utc_offset_min::BIGINT * 60000000)::DATE";
  const [times] = await database.rows<Times>(
    `SELECT
       (SELECT num_rows FROM parquet_file_metadata(${quoteText(file.path)})) AS said,
       count(ts) AS with_time,
       count(*) FILTER (previous_ts IS NOT NULL AND (${keys}) < (${before})) AS unordered,
       count(*) FILTER ((${keys}) = (${before})) AS repeated,
       count(*) FILTER (${local} <> $date::DATE) AS elsewhere,
       list(DISTINCT ${local}::VARCHAR) FILTER (${local} <> $date::DATE) AS dates
     FROM (
       SELECT ${[...new Set([...order, "ts", "utc_offset_min"])].join(", ")},
         ${order.map((name) => `lag(${name}) OVER () AS previous_${name}`).join(", ")}
       FROM ${parquetSql(file.path)}
     )`,
    { date: file.date },
  );
  if (!times) throw new Error("it has no row groups");
  return times;
}

export async function checkRows(
  context: CheckContext,
  file: DayFile,
  times: Times,
): Promise<Finding[]> {
  const doubles = times.repeated > 0 ? await countDoubles(context, file) : 0;
  const timeless = times.said - times.with_time;
  const found: readonly [rows: number, kind: FindingKind, told: Told][] = [
    [timeless, "rows.count", {
      what: `of the ${times.said} rows that its footer tells of, ${times.with_time} have a time`,
      consequence: "the others are in no report",
      remedy: "writes it anew without them",
    }],
    [times.unordered, "rows.order", {
      what: `${count(times.unordered, "row")} are not in their order`,
      consequence: "none for reports; the file is larger and slower than it should be",
      remedy: "writes it anew in order",
    }],
    [times.elsewhere, "rows.date", {
      what: `${count(times.elsewhere, "row")} are of ${[...times.dates ?? []].sort().join(", ")}`,
      consequence: "a question about that day does not look here",
      remedy: "moves the rows to their day",
    }],
    [doubles, "rows.doubled", {
      what: `${count(doubles, "row")} are there twice`,
      consequence: "reports count them twice",
      remedy: "keeps one of each",
    }],
  ];
  return found.filter(([rows]) => rows > 0).map(([, kind, told]) =>
    problem(context, kind, file.path, {
      ...told,
      remedy: `${told.remedy}; what is there goes to quarantine`,
      repair: { do: "rewrite day", file },
    })
  );
}

/** Two rows of one tick are no doubles where they differ: a clock was set back. */
async function countDoubles({ database }: CheckContext, { path }: DayFile): Promise<number> {
  const file = `${parquetSql(path)}`;
  const [counted] = await database.rows<{ doubles: number }>(
    `SELECT (SELECT count(*) FROM ${file}) - (SELECT count(*) FROM (SELECT DISTINCT * FROM ${file}))
       AS doubles`,
  );
  return counted?.doubles ?? 0;
}

/** SQL of whether a value of a metric can be true; null for other columns. */
export function plausibleSql(dataset: Dataset, column: string): string | null {
  const metric = dataset.name === "samples" ? METRICS.find(({ id }) => id === column) : undefined;
  if (!metric) return null;
  const [lowest, highest] = metric.range;
  return `${quoteName(column)} BETWEEN ${lowest} AND ${highest}`;
}

export async function checkValues(
  context: CheckContext,
  file: DayFile,
  schema: Schema,
): Promise<Finding[]> {
  const dataset = DATASETS[file.dataset];
  const wrong = dataset.columns.flatMap(({ name }) => {
    const plausible = schema.has(name) ? plausibleSql(dataset, name) : null;
    return plausible ? [`count(*) FILTER (NOT (${plausible})) AS ${quoteName(name)}`] : [];
  });
  if (wrong.length === 0) return [];
  const [counts = {}] = await context.database.rows<Record<string, number>>(
    `SELECT ${wrong.join(", ")} FROM ${parquetSql(file.path)}`,
  );
  const found = Object.entries(counts).filter(([, n]) => n > 0);
  if (found.length === 0) return [];
  return [problem(context, "rows.impossible", file.path, {
    what: found.map(([name, n]) => `${count(n, "value")} of ${name}`).join(", ") +
      " can't be true",
    consequence: "reports on these metrics are wrong",
    remedy: "makes them NULL; what is there goes to quarantine",
    repair: { do: "rewrite day", file },
  })];
}
