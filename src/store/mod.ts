/** Journal → daily Parquet → views. The only room that knows DuckDB; it loads it when a database is opened. */
export type { DataFolder, Host } from "../journal/mod.ts";
export { Database, type SqlResult, type SqlValue } from "./database.ts";
export * from "./fold.ts";
export * from "./listing.ts";
export * from "./sql_text.ts";
export * from "./store.ts";
export { type MetricSource, metricSource } from "./views.ts";
export { type QueryAnswer, type QueryOptions, runQuery, viewColumns } from "./run_query.ts";
export { VIEW_COMMENTS, type ViewColumn } from "./query_views.ts";
