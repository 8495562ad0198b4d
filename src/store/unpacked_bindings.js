// What `@duckdb/node-bindings` is in the compiled binary: the add-on that duckdb_runtime.ts has loaded.
export default globalThis[Symbol.for("mtr.duckdb")];
