/** Checks src/ against the table of design §2: `deno run scripts/check_imports.ts [folder of src]`. */
// deno-lint-ignore-file no-console -- what a script prints is its product
import { dirname, join, relative } from "node:path/posix";
import { findCycles } from "./find_cycles.ts";
import {
  AT_NEED,
  OUTSIDE,
  PRIVATE_GLOBALS,
  PRIVATE_PACKAGES,
  ROOMS,
  SECOND_DOORS,
} from "./import_table.ts";
import { type Import, importsOf, withoutComments } from "./imports_of.ts";

/** A file of src/, `path` relative to it. */
interface SourceFile {
  readonly path: string;
  readonly source: string;
  readonly imports: readonly Import[];
}

if (import.meta.main) {
  const violations = findViolations(Deno.args[0] ?? join(import.meta.dirname ?? ".", "../src"));
  for (const violation of violations) console.error(violation);
  if (violations.length > 0) Deno.exit(1);
  console.log("imports: as the table allows");
}

/** What is wrong in the tree under `root`, a line each, sorted. */
export function findViolations(root: string): readonly string[] {
  const files = pathsUnder(root).toSorted().map((path): SourceFile => {
    const source = Deno.readTextFileSync(join(root, path));
    return { path, source, imports: importsOf(source) };
  });
  return [
    ...files.flatMap((file) => [
      ...unknownRoom(file),
      ...file.imports.flatMap((one) => wrongImport(file.path, one)),
      ...wrongGlobals(file),
    ]),
    ...findCycles(localImports(files)).map((cycle) => `a cycle: ${cycle.join(" → ")}`),
  ].sort();
}

function pathsUnder(root: string, folder = ""): readonly string[] {
  return [...Deno.readDirSync(join(root, folder))].flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    if (isDirectory) return pathsUnder(root, path);
    return path.endsWith(".ts") ? [path] : [];
  });
}

function unknownRoom({ path }: SourceFile): readonly string[] {
  const room = roomOf(path);
  if (room === null || room in ROOMS) return [];
  return [`${path}: the room ${room} is not in scripts/import_table.ts`];
}

function wrongImport(path: string, { specifier, kind }: Import): readonly string[] {
  if (!specifier.startsWith(".")) return wrongPackage(path, { specifier, kind });
  const target = join(dirname(path), specifier);
  if (target.startsWith("..")) return wrongOutside(path, target);
  const [from, to] = [roomOf(path), roomOf(target)];
  if (AT_NEED.includes(target) && kind === "value") return [loadedAtNeed(path, target)];
  if (to === from) return [];
  if (to === null) return [`${path}: ${target} is the program's start, nobody imports it`];
  return [...wrongRoom(path, from, to, kind), ...wrongDoor(path, target, to)];
}

function wrongRoom(
  path: string,
  from: string | null,
  to: string,
  kind: Import["kind"],
): readonly string[] {
  const allowed = from === null ? "every room" : ROOMS[from];
  if (allowed === undefined || allowed === "every room") return [];
  if (allowed[to] === undefined) return [`${path}: ${from} may not import ${to}`];
  if (allowed[to] === "types" && kind !== "type") {
    return [`${path}: ${from} may import types only of ${to}: write \`import type\``];
  }
  return [];
}

function wrongDoor(path: string, target: string, room: string): readonly string[] {
  return target === `${room}/mod.ts` || SECOND_DOORS.includes(target)
    ? []
    : [`${path}: ${target} is private, import ${room}/mod.ts`];
}

function wrongPackage(path: string, { specifier, kind }: Import): readonly string[] {
  const owner = PRIVATE_PACKAGES[specifier];
  if (owner === undefined) return [];
  if (roomOf(path) !== owner) return [`${path}: only ${owner} may import ${specifier}`];
  if (kind !== "value" || AT_NEED.includes(path)) return [];
  return [loadedAtNeed(path, specifier)];
}

function loadedAtNeed(path: string, what: string): string {
  return `${path}: ${what} is loaded at need only: \`await import\` or \`import type\``;
}

function wrongOutside(path: string, target: string): readonly string[] {
  const fromTop = relative("..", target);
  return OUTSIDE.some((one) => one.path === fromTop && one.from === path)
    ? []
    : [`${path}: ${fromTop} is not under src/`];
}

function wrongGlobals({ path, source }: SourceFile): readonly string[] {
  const code = withoutComments(source);
  return Object.entries(PRIVATE_GLOBALS)
    .filter(([name, users]) => !users.includes(path) && uses(code, name))
    .map(([name, users]) => `${path}: only ${users.join(" and ")} may use ${name}`);
}

function uses(code: string, name: string): boolean {
  const [first, second] = name.split(".");
  return new RegExp(second ? `\\b${first}\\.${second}\\b` : `\\b${first}\\.\\w`).test(code);
}

/** Null for files that are in no room, such as main.ts. */
function roomOf(path: string): string | null {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : null;
}

/** Which files each file needs before it can run, or be understood. What is loaded later may look back. */
function localImports(files: readonly SourceFile[]): ReadonlyMap<string, readonly string[]> {
  return new Map(files.map(({ path, imports }) => [
    path,
    imports
      .filter(({ specifier, kind }) => specifier.startsWith(".") && kind !== "dynamic")
      .map(({ specifier }) => join(dirname(path), specifier)),
  ]));
}
