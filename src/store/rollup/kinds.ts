/**
 * Rollups: what is derived from finished days, so that long ranges need not read every row. All can be rebuilt from
 * `samples`; a metric that is added later only adds rows.
 *
 *   rollups/<kind>/host=<host>/month=YYYY-MM/rows.parquet
 *
 * One file a kind, host and month; a finished day is added to its month's file. The footer's `mtr_days` says which days
 * are in it, and of which version of their day file.
 */
import quartersSql from "./sql/quarters.sql" with { type: "text" };
import hoursSql from "./sql/hours.sql" with { type: "text" };

export type RollupKind = "counts" | "quarters" | "hours" | "runs" | "saturations";

export interface RollupDefinition {
  readonly kind: RollupKind;
  readonly comment: string;
  /** Columns with their types, behind `date`. */
  readonly columns: readonly (readonly [name: string, type: string])[];
  readonly order: readonly string[];
  /** One day's rows, from the tables of reduce_rows.ts; `{{days}}` places are filled a metric where there are any. */
  readonly daySql: string;
}

/** In the order in which they are written. */
export const ROLLUPS: readonly RollupDefinition[] = [
  {
    kind: "counts",
    comment:
      "per day and metric, how often and how long each value was seen: exact percentiles over whole days",
    columns: [["metric", "VARCHAR"], ["value", "DOUBLE"], ["n", "INTEGER"], [
      "weight_ms",
      "BIGINT",
    ]],
    order: ["metric", "date", "value"],
    daySql: "SELECT * FROM value_counts",
  },
  {
    kind: "quarters",
    comment: "per UTC quarter-hour and metric: time, sum, extremes, and the sums of its minutes",
    columns: [
      ["metric", "VARCHAR"],
      ["quarter", "INTEGER"],
      ["utc_offset_min", "SMALLINT"],
      ["n", "INTEGER"],
      ["weight_ms", "BIGINT"],
      ["weighted_sum", "DOUBLE"],
      ["min", "DOUBLE"],
      ["max", "DOUBLE"],
      ["minutes", "TINYINT[]"],
      ["minute_sums", "DOUBLE[]"],
      ["minute_weights", "INTEGER[]"],
    ],
    order: ["metric", "quarter"],
    daySql: quartersSql,
  },
  {
    kind: "hours",
    comment: "per local hour and metric: the time spent in log-spaced bins of ±0.5 %",
    columns: [
      ["metric", "VARCHAR"],
      ["local_hour", "INTEGER"],
      ["bins", "SMALLINT[]"],
      ["bin_weights", "INTEGER[]"],
    ],
    order: ["metric", "local_hour"],
    daySql: hoursSql,
  },
  {
    kind: "saturations",
    comment:
      "per percentage, stretches of at least a minute above 90 %, and those that touch the day's ends",
    columns: [["metric", "VARCHAR"], ["start_ms", "BIGINT"], ["end_ms", "BIGINT"]],
    order: ["metric", "start_ms"],
    daySql: "SELECT * FROM saturations",
  },
  {
    // Last: a day counts as rolled up only when it is in all kinds.
    kind: "runs",
    comment:
      "stretches that were recorded without a break of a minute, with what begins and ends them",
    columns: [
      ["first_ms", "BIGINT"],
      ["last_ms", "BIGINT"],
      ["first_weight_ms", "BIGINT"],
      ["row_count", "BIGINT"],
      ["recorded_ms", "BIGINT"],
      ["shortest_ms", "BIGINT"],
      ["flags", "VARCHAR"],
      ["boot_id", "VARCHAR"],
      ["last_boot_id", "VARCHAR"],
    ],
    order: ["first_ms"],
    daySql: "SELECT * FROM runs",
  },
];
