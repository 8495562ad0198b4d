import type { Metric } from "../model/mod.ts";
import { type Database, fillSql, metricSource, type RowRange } from "../store/mod.ts";
import lastValuesSql from "./sql/last_values.sql" with { type: "text" };

/** Metrics that are known only now and then (a slow sensor) are looked for in the last ten minutes, else in the last day. */
export async function findLastValues(
  database: Database,
  metrics: readonly Pick<Metric, "id">[],
  rows: RowRange,
  lastMs: number,
): Promise<Map<string, number>> {
  if (metrics.length === 0) return new Map();
  const sql = fillSql(lastValuesSql, {
    columns: metrics.map((_, i) => `arg_max(v${i}, ts) AS v${i}`).join(", "),
    values: metrics.map(({ id }, i) => `${metricSource(id).sql} AS v${i}`).join(", "),
  });
  const find = async (sinceMs: number) => {
    const { rows: [row = []] } = await database.query(sql, {
      since_ms: sinceMs,
      end_ms: rows.end_ms,
    });
    return row;
  };
  const recent = await find(Math.max(rows.start_ms, lastMs - 600_000));
  const all = recent.every((value) => value !== null) ? recent : await find(rows.start_ms);
  return new Map(metrics.flatMap(({ id }, i) => {
    const value = all[i];
    return typeof value === "number" ? [[id, value]] : [];
  }));
}
