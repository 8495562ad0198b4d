/** What is used of DuckDB's module at run time. Import it through duckdb_runtime.ts, which loads the library first. */
export { DuckDBInstance, DuckDBPendingResultState } from "@duckdb/node-api";
