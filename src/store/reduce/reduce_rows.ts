/** Rows of `stored_samples`, reduced to small tables: the base of reports and of rollups. */
import type { Metric } from "../../model/mod.ts";
import type { Database } from "../database.ts";
import { fillSql } from "../fill_sql.ts";
import { quoteText } from "../sql_text.ts";
import { metricSource } from "../views.ts";
import hourBinsSql from "./sql/hour_bins.sql" with { type: "text" };
import runsSql from "./sql/runs.sql" with { type: "text" };
import saturationsSql from "./sql/saturations.sql" with { type: "text" };

/** Epoch milliseconds, end exclusive: the parameters that every query over rows binds. */
export interface RowRange {
  readonly start_ms: number;
  readonly end_ms: number;
}

/** Percentages of which stretches above 90 mean something. */
const SATURABLE = new Set(["cpu_pct", "ecpu_pct", "pcpu_pct", "scpu_pct", "gpu_pct", "ram_pct"]);

/** Table `row_runs`: what was recorded without a break. Needs `minutes`. */
export async function makeRuns(database: Database): Promise<void> {
  await database.run(`CREATE OR REPLACE TEMP TABLE row_runs AS ${runsSql}`);
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

/** Table `row_saturations`: stretches above 90 %. Needs `row_runs`, and the `row_counts` of these metrics. */
export async function makeSaturations(
  database: Database,
  metrics: readonly Metric[],
  range: RowRange,
): Promise<void> {
  // Most metrics never were: their rows need not be read.
  const above = await database.rows<{ metric: string }>(
    "SELECT DISTINCT metric FROM row_counts WHERE value > 90",
  );
  const ids = new Set(above.map(({ metric }) => metric).filter((id) => SATURABLE.has(id)));
  const saturable = metrics.filter(({ id }) => ids.has(id));
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
      // What is computed from several columns can't be told from one of them.
      may_be_above: inputs.length === 1 ? `${id} > 89` : "true",
    };
    return `(${fillSql(template, fragments)})`;
  }).join("\nUNION ALL\n");
}
