import { equal } from "node:assert/strict";
import { loadDuckDB } from "../../src/store/duckdb_runtime.ts";

Deno.test("loadDuckDB gives the one module of node_modules when not compiled", async () => {
  const duckdb = await loadDuckDB();
  equal(typeof duckdb.DuckDBInstance.create, "function");
  equal(await loadDuckDB(), duckdb);
});
