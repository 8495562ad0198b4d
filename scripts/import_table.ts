/** Who may import whom: design §2 as data, checked by scripts/check_imports.ts. */

/** How a room may use another: its values, or its types only. */
export type Allowance = "all" | "types";

type Allowed = Readonly<Record<string, Allowance>>;

const BASE: Allowed = { model: "all", platform: "all" };
const REPORT: Allowed = { model: "all", analysis: "types" };

/** By room; a room that is not here may not exist, and what it does not name it may not import. */
export const ROOMS: Readonly<Record<string, Allowed | "every room">> = {
  model: {},
  platform: { model: "all" },
  config: BASE,
  sources: BASE,
  journal: BASE,
  recorder: { ...BASE, journal: "all" },
  store: { ...BASE, journal: "all" },
  analysis: { model: "all", store: "all" },
  report: REPORT,
  narration: REPORT,
  service: { ...BASE, config: "all" },
  demo: { ...BASE, store: "all" },
  exporters: { ...BASE, store: "all" },
  importers: { ...BASE, journal: "all", store: "all", sources: "all" },
  cli: "every room",
};

/** Doors to a part of a room that must not load the rest of it. */
export const SECOND_DOORS: readonly string[] = [
  "report/data.ts",
  "report/screen.ts",
  "report/tables.ts",
];

/** Packages that one room keeps to itself, and loads at need only, because every command would pay for them. */
export const PRIVATE_PACKAGES: Readonly<Record<string, string>> = {
  "@duckdb/node-api": "store",
  "@duckdb/node-bindings": "store",
};

/** Modules that may import such a package by value, since they are loaded at need only themselves. */
export const AT_NEED: readonly string[] = ["store/duckdb_api.ts"];

/** Globals by which a program speaks and ends, and the files that may use them. */
export const PRIVATE_GLOBALS: Readonly<Record<string, readonly string[]>> = {
  "console": ["main.ts", "cli/io.ts"],
  "Deno.exit": ["main.ts", "cli/io.ts"],
};

/** Files outside of src/ that may be imported, by whom and why. */
export const OUTSIDE: readonly { readonly path: string; readonly from: string }[] = [
  // The version and the pinned packages stand in one place.
  { path: "deno.json", from: "cli/version.ts" },
];
