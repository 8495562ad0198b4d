import { deepEqual } from "node:assert/strict";
import { dirname } from "node:path";
import { bundledPackages } from "../../scripts/bundled_packages.ts";

Deno.test("bundledPackages names each package of the files once, with the text of its licence or else its name", () => {
  const root = Deno.makeTempDirSync({ prefix: "mtr-test-" });
  const chalk = `${root}/node_modules/.deno/chalk@6.0.1/node_modules/chalk`;
  const duckdb = `${root}/node_modules/.deno/@duckdb+node-api@1.5.5/node_modules/@duckdb/node-api`;
  const files = {
    [`${chalk}/package.json`]: `{"name":"chalk","version":"6.0.1","license":"MIT"}`,
    [`${chalk}/license`]: "MIT License, for chalk",
    [`${chalk}/source/index.js`]: "",
    [`${duckdb}/package.json`]: `{"name":"@duckdb/node-api","version":"1.5.5","license":"MIT"}`,
    [`${duckdb}/lib/index.js`]: "",
  };
  try {
    for (const [file, text] of Object.entries(files)) {
      Deno.mkdirSync(dirname(file), { recursive: true });
      Deno.writeTextFileSync(file, text);
    }
    deepEqual(bundledPackages(["src/main.ts", ...Object.keys(files)]), [
      { name: "@duckdb/node-api", version: "1.5.5", license: "Licence: MIT" },
      { name: "chalk", version: "6.0.1", license: "MIT License, for chalk" },
    ]);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});
