import { deepEqual } from "node:assert/strict";
import { dirname } from "node:path";
import { notNeededAtRunTime } from "../../scripts/not_needed_at_run_time.ts";

Deno.test("notNeededAtRunTime names test packages whole, and declarations, maps and docs of the rest", () => {
  const store = Deno.makeTempDirSync({ prefix: "mtr-test-" });
  const files = [
    "chalk@6.0.1/node_modules/chalk/LICENSE",
    "chalk@6.0.1/node_modules/chalk/index.js",
    "chalk@6.0.1/node_modules/chalk/index.d.ts",
    "chalk@6.0.1/node_modules/chalk/lib/index.js.map",
    "@duckdb+node-api@1.5.5-r.5/node_modules/@duckdb/node-api/README.md",
    "@duckdb+node-bindings-linux-x64@1.5.5-r.5/node_modules/@duckdb/node-bindings-linux-x64/duckdb.node",
    "fast-check@4.10.2/node_modules/fast-check/index.js",
    "node_modules/chalk/index.d.ts",
  ];
  try {
    for (const file of files) {
      Deno.mkdirSync(dirname(`${store}/${file}`), { recursive: true });
      Deno.writeTextFileSync(`${store}/${file}`, "");
    }
    deepEqual(notNeededAtRunTime(store).map((path) => path.slice(store.length + 1)), [
      "@duckdb+node-api@1.5.5-r.5/node_modules/@duckdb/node-api/README.md",
      "@duckdb+node-bindings-linux-x64@1.5.5-r.5/node_modules/@duckdb/node-bindings-linux-x64",
      "chalk@6.0.1/node_modules/chalk/index.d.ts",
      "chalk@6.0.1/node_modules/chalk/lib/index.js.map",
      "fast-check@4.10.2/node_modules/fast-check",
    ]);
  } finally {
    Deno.removeSync(store, { recursive: true });
  }
});
