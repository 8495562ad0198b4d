/**
 * Rollups: what is derived from finished days, so that long ranges need not read every row. All can be rebuilt from
 * `samples`; a metric that is added later only adds rows.
 *
 *   rollups/<kind>/host=<host>/month=YYYY-MM/rows.parquet
 *
 * One file a kind, host and month; a finished day is added to its month's file. The footer's `mtr_days` says which days
 * are in it, and of which version of their day file. Kinds of days can answer for some days of a month; kinds of months
 * sum the same up, so that a report on whole months reads a tenth.
 */
import { fillSql } from "../fill_sql.ts";
import { busiestSql } from "../reduce/busiest.ts";
import busySql from "./sql/busy.sql" with { type: "text" };
import hoursSql from "./sql/hours.sql" with { type: "text" };
import monthCellsSql from "./sql/month_cells.sql" with { type: "text" };
import monthHoursSql from "./sql/month_hours.sql" with { type: "text" };
import monthCountsSql from "./sql/month_counts.sql" with { type: "text" };
import quartersSql from "./sql/quarters.sql" with { type: "text" };

export type DayKind = "counts" | "quarters" | "busy" | "hours" | "runs" | "saturations";
export type MonthKind = "month_counts" | "month_hours" | "month_cells" | "month_busy";
export type RollupKind = DayKind | MonthKind;

/** How a kind's files are written. A question asks for a few metrics of fifty, which stand together. */
export interface Layout {
  readonly compression: "lz4" | "zstd";
  readonly rowGroupRows: number;
}

/** Decoded twice as fast as zstd, and a fifth larger. */
const READ_OFTEN: Layout = { compression: "lz4", rowGroupRows: 16_384 };
/** The two kinds that make up most of the rollups. */
const LARGE: Layout = { compression: "zstd", rowGroupRows: 40_960 };

const BUSY_COLUMNS = [
  ["metric", "VARCHAR"],
  ["minute", "INTEGER"],
  ["weight_ms", "INTEGER"],
  ["weighted_sum", "DOUBLE"],
] as const;

interface Definition {
  readonly comment: string;
  /** Columns with their types; kinds of days have `date` before them. */
  readonly columns: readonly (readonly [name: string, type: string])[];
  readonly order: readonly string[];
  readonly layout: Layout;
  /** Its rows: of a day, from the tables of reduce_rows.ts; of a month, from its kinds of days: `{{counts}}`. */
  readonly sql: string;
}

export interface DayRollup extends Definition {
  readonly of: "day";
  readonly kind: DayKind;
}

export interface MonthRollup extends Definition {
  readonly of: "month";
  readonly kind: MonthKind;
}

export type RollupDefinition = DayRollup | MonthRollup;

/** SQL of busy.sql for a table of minutes, of which the busiest are among some. */
function busyOf(minutes: string, near = minutes): string {
  return fillSql(busySql, { minutes, busiest: busiestSql(near) });
}

/** In the order in which they are written. */
export const ROLLUPS: readonly RollupDefinition[] = [
  {
    of: "day",
    kind: "counts",
    comment:
      "per day and metric, how often and how long each value was seen: exact percentiles over whole days",
    columns: [["metric", "VARCHAR"], ["value", "DOUBLE"], ["n", "INTEGER"], [
      "weight_ms",
      "BIGINT",
    ]],
    order: ["metric", "date", "value"],
    layout: LARGE,
    sql: "SELECT * FROM row_counts",
  },
  {
    of: "day",
    kind: "quarters",
    comment: "per UTC quarter-hour and metric: time, sum and extremes",
    columns: [
      ["metric", "VARCHAR"],
      ["quarter", "INTEGER"],
      ["utc_offset_min", "SMALLINT"],
      ["n", "INTEGER"],
      ["weight_ms", "BIGINT"],
      ["weighted_sum", "DOUBLE"],
      ["min", "DOUBLE"],
      ["max", "DOUBLE"],
    ],
    order: ["metric", "quarter"],
    layout: READ_OFTEN,
    sql: quartersSql,
  },
  {
    of: "day",
    kind: "busy",
    comment: "per metric, the minutes of a day's busiest 15, and its first and last 14",
    columns: BUSY_COLUMNS,
    order: ["metric", "minute"],
    layout: READ_OFTEN,
    sql: busyOf("metric_minutes", "near_busiest"),
  },
  {
    of: "day",
    kind: "hours",
    comment: "per local hour and metric: the time spent in log-spaced bins of ±1 %",
    columns: [
      ["metric", "VARCHAR"],
      ["local_hour", "INTEGER"],
      ["bins", "SMALLINT[]"],
      ["bin_weights", "INTEGER[]"],
    ],
    order: ["metric", "local_hour"],
    layout: LARGE,
    sql: hoursSql,
  },
  {
    of: "day",
    kind: "saturations",
    comment:
      "per percentage, stretches of at least a minute above 90 %, and those that touch the day's ends",
    columns: [["metric", "VARCHAR"], ["start_ms", "BIGINT"], ["end_ms", "BIGINT"]],
    order: ["metric", "start_ms"],
    layout: READ_OFTEN,
    sql: "SELECT * FROM row_saturations",
  },
  {
    of: "month",
    kind: "month_counts",
    comment: "the days of `counts` summed up, for ranges that hold all of them",
    columns: [["metric", "VARCHAR"], ["value", "DOUBLE"], ["n", "INTEGER"], [
      "weight_ms",
      "BIGINT",
    ]],
    order: ["metric", "value"],
    layout: READ_OFTEN,
    sql: monthCountsSql,
  },
  {
    of: "month",
    kind: "month_hours",
    comment: "`quarters` per local hour, for ranges that hold most days of a month",
    columns: [
      ["metric", "VARCHAR"],
      ["local_hour", "INTEGER"],
      ["utc_offset_min", "SMALLINT"],
      ["n", "INTEGER"],
      ["weight_ms", "INTEGER"],
      ["weighted_sum", "DOUBLE"],
      ["min", "DOUBLE"],
      ["max", "DOUBLE"],
    ],
    order: ["metric", "local_hour"],
    layout: READ_OFTEN,
    sql: monthHoursSql,
  },
  {
    of: "month",
    kind: "month_busy",
    comment: "what `busy` is of a day, of a month",
    columns: BUSY_COLUMNS,
    order: ["metric", "minute"],
    layout: READ_OFTEN,
    sql: busyOf("{{busy}}"),
  },
  {
    of: "month",
    kind: "month_cells",
    comment:
      "the bins of `hours`, summed up per hour of the week, for ranges that hold all of them",
    columns: [
      ["metric", "VARCHAR"],
      ["cell", "SMALLINT"],
      ["bin", "SMALLINT"],
      ["weight_ms", "INTEGER"],
    ],
    order: ["metric", "cell", "bin"],
    layout: READ_OFTEN,
    sql: monthCellsSql,
  },
  {
    of: "day",
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
    layout: READ_OFTEN,
    sql: "SELECT * FROM row_runs",
  },
];

/** The kinds that are made of a day's rows. */
export const DAY_ROLLUPS: readonly DayRollup[] = ROLLUPS.filter((of) => of.of === "day");

/** The kinds that sum a month's days up. */
export const MONTH_ROLLUPS: readonly MonthRollup[] = ROLLUPS.filter((of) => of.of === "month");
