import { findDerivedMetric, type Metric, REPORTABLE_METRICS } from "../model/mod.ts";
import type { Database } from "../store/mod.ts";

/** SQL of the rows of `samples` in a range. Numbers of mtr's own: COPY binds no parameters. */
export function inRangeSql({ startMs, endMs }: { startMs: number; endMs: number }): string {
  const at = (ms: number) => `make_timestamptz(${Math.trunc(ms)}::BIGINT * 1000)`;
  return `FROM samples WHERE ts >= ${at(startMs)} AND ts < ${at(endMs)}`;
}

/** How many rows are in a range, and which of the stored metrics have a value in one of them. */
export async function presentMetrics(
  database: Database,
  rowsSql: string,
): Promise<{ readonly rows: number; readonly metrics: readonly Metric[] }> {
  const stored = REPORTABLE_METRICS.filter(({ id }) => !findDerivedMetric(id));
  const counts = stored.map(({ id }) => `count(${id}) AS ${id}`).join(", ");
  const [found] = await database.rows<Record<string, number>>(
    `SELECT count(*) AS rows, ${counts} ${rowsSql}`,
  );
  return {
    rows: found?.["rows"] ?? 0,
    metrics: stored.filter(({ id }) => (found?.[id] ?? 0) > 0),
  };
}
