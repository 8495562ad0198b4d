import type { Metric } from "../../model/mod.ts";

/**
 * What reports ask, by the names of the tables; each is put together from rolled-up days and from rows.
 *
 * - `value_counts` (metric, value, n, weight_ms): exact distributions; a value may stand in several rows
 * - `metric_spans` (metric, minute, utc_offset_min, n, weight_ms, weighted_sum, min, max): spans of a minute, a quarter-hour or an hour
 * - `busy_minutes` (metric, minute, weight_ms, weighted_sum): those minutes that busiest.sql needs; see busy.sql
 * - `runs`: see runs.sql
 */
export type ReducedTable = "value_counts" | "metric_spans" | "busy_minutes" | "runs";

/** SQL that gives the rows of each table, or a part of them. */
export type ReducedTables = Readonly<Record<ReducedTable, string>>;

/** What a reduction is about. */
export interface Wanted {
  readonly metrics: readonly Metric[];
  /** Metrics of which the distribution is wanted: these and more. */
  readonly counted: readonly Metric[];
  /** Whether distributions within hours of the week are wanted. */
  readonly withCells: boolean;
}
