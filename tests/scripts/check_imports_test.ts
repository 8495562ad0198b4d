import { deepEqual } from "node:assert/strict";
import { dirname } from "node:path";
import { findViolations } from "../../scripts/check_imports.ts";

/** What is wrong in a src/ folder of these files. */
function violationsIn(files: Readonly<Record<string, string>>): readonly string[] {
  const top = Deno.makeTempDirSync({ prefix: "mtr-test-" });
  try {
    for (const [path, source] of Object.entries(files)) {
      Deno.mkdirSync(dirname(`${top}/src/${path}`), { recursive: true });
      Deno.writeTextFileSync(`${top}/src/${path}`, source);
    }
    return findViolations(`${top}/src`);
  } finally {
    Deno.removeSync(top, { recursive: true });
  }
}

const CASES: readonly {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly violations: readonly string[];
}[] = [
  {
    title: "a room may import what the table names, through its door",
    files: { "store/views.ts": `import { a } from "../model/mod.ts";\n` },
    violations: [],
  },
  {
    title: "a room may not import what the table does not name",
    files: { "model/row.ts": `import { a } from "../store/mod.ts";\n` },
    violations: ["model/row.ts: model may not import store"],
  },
  {
    title: "a type-only import of a forbidden room is one too",
    files: { "journal/segment.ts": `import type { A } from "../store/mod.ts";\n` },
    violations: ["journal/segment.ts: journal may not import store"],
  },
  {
    title: "so is a dynamic import, and one over several lines",
    files: {
      "recorder/a.ts": `const { fold } = await import("../store/mod.ts");\n`,
      "recorder/b.ts": `import {\n  a,\n  b,\n} from "../config/mod.ts";\n`,
      "recorder/c.ts": `export * from "../analysis/mod.ts";\n`,
    },
    violations: [
      "recorder/a.ts: recorder may not import store",
      "recorder/b.ts: recorder may not import config",
      "recorder/c.ts: recorder may not import analysis",
    ],
  },
  {
    title: "another room's files are private",
    files: { "cli/record.ts": `import { Journal } from "../journal/journal.ts";\n` },
    violations: ["cli/record.ts: journal/journal.ts is private, import journal/mod.ts"],
  },
  {
    title: "within a room, files import each other directly",
    files: { "cli/commands/record.ts": `import { Io } from "../io.ts";\n` },
    violations: [],
  },
  {
    title: "report imports types of analysis",
    files: {
      "report/a.ts": `import type { Report } from "../analysis/mod.ts";\n`,
      "report/b.ts": `import { type Report, type Gap } from "../analysis/mod.ts";\n`,
      "report/c.ts": `type A = import("../analysis/mod.ts").Report;\n`,
    },
    violations: [],
  },
  {
    title: "report imports no values of analysis",
    files: { "report/a.ts": `import { analyze, type Report } from "../analysis/mod.ts";\n` },
    violations: [
      "report/a.ts: report may import types only of analysis: write `import type`",
    ],
  },
  {
    title: "DuckDB is imported in store only, and loaded at need only",
    files: {
      "analysis/a.ts": `import type { DuckDBValue } from "@duckdb/node-api";\n`,
      "store/good.ts":
        `import type { DuckDBValue } from "@duckdb/node-api";\nawait import("@duckdb/node-api");\n`,
      "store/duckdb_api.ts": `export { DuckDBInstance } from "@duckdb/node-api";\n`,
      "store/bad.ts": `import { DuckDBInstance } from "@duckdb/node-api";\n`,
      "store/worse.ts": `import { DuckDBInstance } from "./duckdb_api.ts";\n`,
    },
    violations: [
      "analysis/a.ts: only store may import @duckdb/node-api",
      "store/bad.ts: @duckdb/node-api is loaded at need only: `await import` or `import type`",
      "store/worse.ts: store/duckdb_api.ts is loaded at need only: `await import` or `import type`",
    ],
  },
  {
    title: "console and Deno.exit are for main.ts and cli/io.ts",
    files: {
      "main.ts": `Deno.exit(1);\n`,
      "cli/io.ts": `console.log(1);\n`,
      "report/a.ts": `console.log(1);\n`,
      "store/a.ts": `if (a) Deno.exit(1);\n`,
      "store/b.ts": `Deno.exitCode = 1; // console.log, Deno.exit\n`,
    },
    violations: [
      "report/a.ts: only main.ts and cli/io.ts may use console",
      "store/a.ts: only main.ts and cli/io.ts may use Deno.exit",
    ],
  },
  {
    title: "a comment imports nothing",
    files: { "model/a.ts": `/*\nimport { a } from "../store/mod.ts";\n*/\n// Deno.exit()\n` },
    violations: [],
  },
  {
    title: "a glob in a string is no comment",
    files: { "model/a.ts": `const A = "samples/*";\nDeno.exit(1);\nconst B = "*/";\n` },
    violations: ["model/a.ts: only main.ts and cli/io.ts may use Deno.exit"],
  },
  {
    title: "a room that is not in the table may not exist",
    files: { "helpers/a.ts": `export const A = 1;\n` },
    violations: ["helpers/a.ts: the room helpers is not in scripts/import_table.ts"],
  },
  {
    title: "nothing outside of src is imported but what the table names",
    files: {
      "cli/version.ts": `import m from "../../deno.json" with { type: "json" };\n`,
      "cli/help.ts": `import m from "../../scripts/docs.ts";\n`,
    },
    violations: ["cli/help.ts: scripts/docs.ts is not under src/"],
  },
  {
    title: "files do not import each other in a circle",
    files: {
      "model/a.ts": `import { b } from "./b.ts";\n`,
      "model/b.ts": `import { c } from "./c.ts";\n`,
      "model/c.ts": `import { a } from "./a.ts";\n`,
    },
    violations: ["a cycle: model/a.ts → model/b.ts → model/c.ts → model/a.ts"],
  },
  {
    title: "what is loaded later may look back",
    files: {
      "model/a.ts": `await import("./b.ts");\n`,
      "model/b.ts": `import { a } from "./a.ts";\n`,
    },
    violations: [],
  },
];

for (const { title, files, violations } of CASES) {
  Deno.test(`import table: ${title}`, () => deepEqual(violationsIn(files), violations));
}
