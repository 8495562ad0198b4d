// What `require("@duckdb/node-bindings")` gives in the compiled binary: the add-on that duckdb_runtime.ts has loaded.
module.exports = globalThis[Symbol.for("mtr.duckdb")];
