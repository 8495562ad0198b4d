/** Journal → daily Parquet → views. The only room that knows DuckDB; it loads it when a database is opened. */
export { DataFolder, FORMAT_VERSION, type Host } from "../journal/mod.ts";
export { Database, type SqlResult } from "./database.ts";
export type { SqlValue } from "./sql_value.ts";
export { type DayOf, writeDayFile } from "./day_file.ts";
export * from "./add_to_day.ts";
export * from "./fold.ts";
export * from "./listing.ts";
export * from "./sql_text.ts";
export * from "./store.ts";
export { type MetricSource, metricSource } from "./views.ts";
export { type QueryAnswer, type QueryOptions, runQuery, viewColumns } from "./run_query.ts";
export { VIEW_COMMENTS, type ViewColumn } from "./query_views.ts";
export * from "./check/check_store.ts";
export * from "./check/finding.ts";
export * from "./prune.ts";
export * from "./prune_log.ts";
export * from "./prune_plan.ts";
export { rolledOnlyDays } from "./rollup/rows_gone.ts";
export * from "./upgrade.ts";
export { fillSql } from "./fill_sql.ts";
export { busiestSql } from "./reduce/busiest.ts";
export {
  type Overview,
  reduce,
  type Reduced,
  reduceToCellBins,
  reduceToSaturations,
} from "./reduce/reduce.ts";
export type { RowRange } from "./reduce/reduce_rows.ts";
