/** Rows of `stored_samples`, reduced to small tables: the base of reports and of rollups. */
import type { Metric } from "../../model/mod.ts";
import type { Database } from "../database.ts";
import { fillSql } from "../fill_sql.ts";
import { quoteText } from "../sql_text.ts";
import { metricSource } from "../views.ts";
import hourBinsSql from "./sql/hour_bins.sql" with { type: "text" };
import minutesSql from "./sql/minutes.sql" with { type: "text" };
import runsSql from "./sql/runs.sql" with { type: "text" };
import saturationsSql from "./sql/saturations.sql" with { type: "text" };
import valueCountsSql from "./sql/value_counts.sql" with { type: "text" };

/** Epoch milliseconds, end exclusive: the parameters that every query over rows binds. */
export interface RowRange {
  readonly start_ms: number;
  readonly end_ms: number;
}

/** Percentages of which stretches above 90 mean something. */
const SATURABLE = new Set(["cpu_pct", "ecpu_pct", "pcpu_pct", "scpu_pct", "gpu_pct", "ram_pct"]);

/**
 * Tables `minutes` (one row a minute, wide) and `metric_minutes` (one row a minute and metric).
 * @param neverNull ids of metrics that are known in every row
 */
export async function makeMinutes(
  database: Database,
  metrics: readonly Metric[],
  range: RowRange,
  neverNull: ReadonlySet<string> = new Set(),
): Promise<void> {
  const values = metrics.map(({ id }, i) => `${metricSource(id).sql} AS v${i}`);
  const aggregates = metrics.map(({ id }, i) => {
    // The engine computes equal aggregates once: a fifth of the time.
    const known = neverNull.has(id)
      ? `count(*) AS n${i}, sum(weight) AS weight_ms${i}`
      : `count(v${i}) AS n${i}, sum(weight) FILTER (v${i} IS NOT NULL) AS weight_ms${i}`;
    return `${known}, sum(v${i} * weight) AS weighted_sum${i}, min(v${i}) AS min${i}, max(v${i}) AS max${i}`;
  });
  const sql = fillSql(minutesSql, {
    values: values.join(", "),
    aggregates: aggregates.join(",\n  "),
  });
  await database.run(sql, { ...range });
  const long = metrics.map(({ id }, i) =>
    `SELECT ${quoteText(id)} AS metric, minute, utc_offset_min, n${i} AS n,
      weight_ms${i} AS weight_ms, weighted_sum${i} AS weighted_sum, min${i} AS min, max${i} AS max
     FROM minutes WHERE n${i} > 0`
  );
  await database.run(
    `CREATE OR REPLACE TEMP TABLE metric_minutes AS ${long.join("\nUNION ALL\n")}`,
  );
}

/** Table `row_runs`: what was recorded without a break. Needs `minutes`. */
export async function makeRuns(database: Database): Promise<void> {
  await database.run(`CREATE OR REPLACE TEMP TABLE row_runs AS ${runsSql}`);
}

/** Table `row_counts`: exact distributions. */
export async function makeValueCounts(
  database: Database,
  metrics: readonly Metric[],
  range: RowRange,
): Promise<void> {
  await database.run(
    `CREATE OR REPLACE TEMP TABLE row_counts AS ${eachMetric(valueCountsSql, metrics)}`,
    { ...range },
  );
}

/** The hour of the week since Monday 0:00 that a local hour is: 1970-01-05 was a Monday. */
export const CELL_OF_HOUR = "(local_hour - 96) % 168";

/** `hour_bins` by hour of the week. */
export const CELLS_OF_HOURS =
  `SELECT metric, ${CELL_OF_HOUR} AS cell, bin, weight_ms FROM hour_bins`;

/** Table `hour_bins`: distributions within local hours, to ±1 %. */
export async function makeHourBins(
  database: Database,
  metrics: readonly Metric[],
  range: RowRange,
): Promise<void> {
  await database.run(
    `CREATE OR REPLACE TEMP TABLE hour_bins AS ${eachMetric(hourBinsSql, metrics)}`,
    { ...range },
  );
}

/** Table `row_saturations`: stretches above 90 %. Needs `row_runs`. */
export async function makeSaturations(
  database: Database,
  metrics: readonly Metric[],
  range: RowRange,
): Promise<void> {
  const saturable = metrics.filter(({ id }) => SATURABLE.has(id));
  const select = saturable.length > 0
    ? eachMetric(saturationsSql, saturable)
    : "SELECT NULL::VARCHAR AS metric, NULL::BIGINT AS start_ms, NULL::BIGINT AS end_ms WHERE false";
  const bound = saturable.length > 0 ? { ...range } : undefined;
  await database.run(`CREATE OR REPLACE TEMP TABLE row_saturations AS ${select}`, bound);
}

function eachMetric(template: string, metrics: readonly Metric[]): string {
  return metrics.map(({ id }) => {
    const { inputs, sql } = metricSource(id);
    const fragments = {
      id: quoteText(id),
      sql,
      inputs: inputs.join(", "),
      // What is computed from several columns can't be told from one of them.
      may_be_above: inputs.length === 1 ? `${id} > 89` : "true",
    };
    return `(${fillSql(template, fragments)})`;
  }).join("\nUNION ALL\n");
}
