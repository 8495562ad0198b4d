/** The rows of a range, reduced to a table of minutes: what most questions are asked of. */
import type { Metric } from "../model/mod.ts";
import { type Database, metricSource, quoteText } from "../store/mod.ts";
import { fillSql } from "./fill_sql.ts";
import minutesSql from "./sql/minutes.sql" with { type: "text" };

/** Epoch milliseconds, end exclusive: the parameters that every query over rows binds. */
export interface RowRange {
  readonly start_ms: number;
  readonly end_ms: number;
}

/** What the minutes say of the range as a whole. */
export interface Overview {
  readonly samples: number;
  readonly first_ms: number;
  readonly last_ms: number;
  readonly recorded_ms: number;
  readonly shortest_ms: number;
}

/** Makes the tables `minutes` (wide) and `metric_minutes` (long). Null when the range has no rows. */
export async function makeMinutes(
  database: Database,
  metrics: readonly Metric[],
  range: RowRange,
): Promise<Overview | null> {
  const values = metrics.map(({ id }, i) => `${metricSource(id).sql} AS v${i}`);
  const aggregates = metrics.map((_, i) =>
    `count(v${i}) AS n${i}, sum(weight) FILTER (v${i} IS NOT NULL) AS weight_ms${i}, ` +
    `sum(v${i} * weight) AS weighted_sum${i}, min(v${i}) AS min${i}, max(v${i}) AS max${i}`
  );
  const sql = fillSql(minutesSql, {
    values: values.join(", "),
    aggregates: aggregates.join(",\n  "),
  });
  await database.run(sql, { ...range });
  await database.run(metricMinutesSql(metrics));
  const [overview] = await database.rows<Overview>(
    `SELECT sum(row_count)::BIGINT AS samples, min(first_ms) AS first_ms, max(last_ms) AS last_ms,
       sum(weight_ms) AS recorded_ms, min(shortest_ms) AS shortest_ms FROM minutes`,
  );
  return overview && overview.samples > 0 ? overview : null;
}

/** From one column a metric to one row a metric: the questions' SQL names no metric. */
function metricMinutesSql(metrics: readonly Metric[]): string {
  const parts = metrics.map(({ id }, i) =>
    `SELECT ${quoteText(id)} AS metric, minute, utc_offset_min, n${i} AS n,
      weight_ms${i} AS weight_ms, weighted_sum${i} AS weighted_sum, min${i} AS min, max${i} AS max
     FROM minutes WHERE n${i} > 0`
  );
  return `CREATE OR REPLACE TEMP VIEW metric_minutes AS ${parts.join("\nUNION ALL\n")}`;
}
