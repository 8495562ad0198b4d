import { equal, match } from "node:assert/strict";
import { loadDuckDB } from "../../src/store/duckdb_runtime.ts";

Deno.test("loadDuckDB gives the one module of node_modules when not compiled", async () => {
  const duckdb = await loadDuckDB();
  match(duckdb.version(), /^v1\./);
  equal(await loadDuckDB(), duckdb);
});
