/**
 * What is used of DuckDB's module at run time. Import it through duckdb_runtime.ts, which loads the library first.
 *
 * Its files by name: the package's own door builds several hundred exports of which two are used.
 */
export { DuckDBInstance } from "@duckdb/node-api/lib/DuckDBInstance.js";
export { DuckDBPendingResultState } from "@duckdb/node-api/lib/DuckDBPendingResult.js";
