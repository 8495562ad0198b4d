/** Which rows and columns of a dataset go into a file. */
import {
  findDerivedMetric,
  type Metric,
  REPORTABLE_METRICS,
  SERIES_METRICS,
  type SeriesMetric,
} from "../model/mod.ts";
import { type Database, quoteList } from "../store/mod.ts";

export interface TimeRange {
  readonly startMs: number;
  readonly endMs: number;
}

export interface Selection {
  readonly rows: number;
  readonly metrics: readonly (Metric | SeriesMetric)[];
  /** `FROM … WHERE …`. */
  readonly rowsSql: string;
  /** Besides `host`, `ts` and `utc_offset_min`. */
  readonly columns: readonly string[];
  readonly order: string;
}

/** One row a sample. @param wanted undefined for every stored metric that has a value in the range */
export async function selectSamples(
  database: Database,
  range: TimeRange,
  wanted: readonly Metric[] | undefined,
): Promise<Selection> {
  const rowsSql = inRangeSql("samples", range);
  const stored = REPORTABLE_METRICS.filter(({ id }) => !findDerivedMetric(id));
  const counts = stored.map(({ id }) => `count(${id}) AS ${id}`).join(", ");
  const [found] = await database.rows<Record<string, number>>(
    `SELECT count(*) AS rows, ${counts} ${rowsSql}`,
  );
  const metrics = wanted ?? stored.filter(({ id }) => (found?.[id] ?? 0) > 0);
  const columns = ["interval_s", ...metrics.map(({ id }) => id)];
  return { rows: found?.["rows"] ?? 0, metrics, rowsSql, columns, order: "host, ts" };
}

/** One row a value. @param wanted undefined for all labelled metrics */
export async function selectSeries(
  database: Database,
  range: TimeRange,
  wanted: readonly SeriesMetric[] = SERIES_METRICS,
): Promise<Selection> {
  const ids = quoteList(wanted.map(({ id }) => id));
  const rowsSql = `${inRangeSql("series", range)} AND list_contains(${ids}, metric)`;
  const found = await database.rows<{ metric: string; rows: number }>(
    `SELECT metric, count(*) AS rows ${rowsSql} GROUP BY metric`,
  );
  return {
    rows: found.reduce((sum, { rows }) => sum + rows, 0),
    metrics: wanted.filter(({ id }) => found.some(({ metric }) => metric === id)),
    rowsSql,
    columns: ["metric", "label", "value"],
    order: "host, metric, label, ts",
  };
}

/** SQL of the rows in a range. Numbers of mtr's own: COPY binds no parameters. */
function inRangeSql(view: "samples" | "series", { startMs, endMs }: TimeRange): string {
  const at = (ms: number) => `make_timestamptz(${Math.trunc(ms)}::BIGINT * 1000)`;
  return `FROM ${view} WHERE ts >= ${at(startMs)} AND ts < ${at(endMs)}`;
}
