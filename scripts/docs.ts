/**
 * `deno task docs` writes docs/metrics.md and docs/mtr.1. With `--check` it writes nothing, but fails when one of them
 * is stale, a dependency is not explained, a link of the documentation leads nowhere, or a file names this machine.
 */
// deno-lint-ignore-file no-console -- what a script prints is its product
import { join } from "node:path";
import { brokenLinks } from "./broken_links.ts";
import { foreignText } from "./foreign_text.ts";
import { manPage } from "./man_page.ts";
import { metricsPage } from "./metrics_page.ts";
import { unexplainedDependencies } from "./unexplained_dependencies.ts";

/** Pages that are made, what of, and how. */
const MADE = [
  { path: "docs/metrics.md", source: "the catalogue", make: metricsPage },
  { path: "docs/mtr.1", source: "the program", make: manPage },
];
/** What .gitignore names, and what only git reads. */
const NOT_PUBLISHED = new Set([".git", "node_modules", "dist"]);
/** Captured text of other machines; and the patterns themselves. */
const MAY_BE_FOREIGN = /^tests\/fixtures\/|foreign_text(_test)?\.ts$/;
const TEXT = /\.(ts|js|json|lock|md|sql|yml|yaml|toml|sh|txt)$|^\.ci\/|^[^.]+$/;

if (import.meta.main) {
  const top = join(import.meta.dirname ?? ".", "..");
  if (Deno.args.includes("--check")) report(problems(top));
  else for (const { path, make } of MADE) Deno.writeTextFileSync(join(top, path), make());
}

function report(found: readonly string[]): void {
  for (const problem of found) console.error(problem);
  if (found.length > 0) Deno.exit(1);
  console.log("docs: up to date");
}

/** What is wrong with the documentation under `top`, a line each. */
export function problems(top: string): readonly string[] {
  const paths = pathsUnder(top).toSorted();
  const pages = paths.filter((path) => /^(docs\/.*|[^/]*)\.md$/.test(path));
  return [
    ...stalePages(top),
    ...unexplainedDependencies(textOf(top, "deno.json"), textOf(top, "docs/dependencies.md")),
    ...pages.flatMap((page) => brokenLinks(top, page)),
    ...paths
      .filter((path) => TEXT.test(path) && !MAY_BE_FOREIGN.test(path))
      .flatMap((path) => foreignText(path, textOf(top, path))),
  ];
}

function stalePages(top: string): readonly string[] {
  return MADE
    .filter(({ path, make }) => textOf(top, path) !== make())
    .map(({ path, source }) => `${path} is not what ${source} says: run \`deno task docs\``);
}

/** Empty for a file that is not there. */
function textOf(top: string, path: string): string {
  try {
    return Deno.readTextFileSync(join(top, path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

function pathsUnder(top: string, folder = ""): readonly string[] {
  return [...Deno.readDirSync(join(top, folder))].flatMap(({ name, isDirectory, isFile }) => {
    const path = join(folder, name);
    if (isDirectory) return NOT_PUBLISHED.has(name) ? [] : pathsUnder(top, path);
    return isFile ? [path] : [];
  });
}
