import { deepEqual, equal, match } from "node:assert/strict";
import { newUser } from "./mtr.ts";

const DEMO = ["demo", "--days", "1", "--data-dir", "data"];
const COUNT = [
  "query",
  "SELECT count(*) > 0 AS ok FROM samples",
  "--format",
  "jsonlines",
  "--data-dir",
  "data",
];

const ANSWER = '{"ok":true}\n';

/** Paths below a folder, sorted, with the folder of DuckDB's version shortened. */
function tree(folder: string): readonly string[] {
  const walk = (path: string): string[] =>
    [...Deno.readDirSync(path)].flatMap(({ name, isDirectory }) =>
      isDirectory ? walk(`${path}/${name}`) : [`${path}/${name}`]
    );
  return walk(folder).map((path) => path.replace(folder, "").replace(/duckdb-[^/]*/, "duckdb-…"))
    .sort();
}

const LIBRARY = Deno.build.os === "darwin" ? "libduckdb.dylib" : "libduckdb.so";

Deno.test("the first use of DuckDB unpacks it into the cache folder, later ones leave it alone", async () => {
  await using mtr = newUser();
  const env = { XDG_CACHE_HOME: `${mtr.home}/cache`, TMPDIR: mtr.folder };
  equal((await mtr.run(DEMO, { env })).code, 0);
  const unpacked = tree(env.XDG_CACHE_HOME);
  deepEqual(unpacked, ["/mtr/duckdb-…/duckdb.node", `/mtr/duckdb-…/${LIBRARY}`]);
  const { mtime } = libraryIn(env.XDG_CACHE_HOME);
  deepEqual(await mtr.run(COUNT, { env }), { code: 0, stdout: ANSWER, stderr: "" });
  deepEqual(libraryIn(env.XDG_CACHE_HOME).mtime, mtime);
  deepEqual([...Deno.readDirSync(mtr.folder)].map(({ name }) => name), ["data"]);
});

Deno.test("several first uses at once share one unpacked library", async () => {
  await using mtr = newUser();
  await mtr.demo({ folder: "data" });
  const env = { XDG_CACHE_HOME: `${mtr.home}/cache` };
  const runs = await Promise.all(Array.from({ length: 4 }, () => mtr.run(COUNT, { env })));
  for (const run of runs) deepEqual(run, { code: 0, stdout: ANSWER, stderr: "" });
  deepEqual(tree(env.XDG_CACHE_HOME), ["/mtr/duckdb-…/duckdb.node", `/mtr/duckdb-…/${LIBRARY}`]);
});

Deno.test("a cut-off library in the cache is replaced", async () => {
  await using mtr = newUser();
  const env = { XDG_CACHE_HOME: `${mtr.home}/cache` };
  equal((await mtr.run(DEMO, { env })).code, 0);
  Deno.truncateSync(libraryIn(env.XDG_CACHE_HOME).path, 1_000_000);
  deepEqual(await mtr.run(COUNT, { env }), { code: 0, stdout: ANSWER, stderr: "" });
});

Deno.test("where the cache cannot be written a temporary folder serves, and is removed", async () => {
  await using mtr = newUser();
  await mtr.demo({ folder: "data" });
  const temporary = `${mtr.home}/tmp`;
  Deno.mkdirSync(temporary);
  // A path below a file cannot be made, not even by root.
  const env = { XDG_CACHE_HOME: "/dev/null/cache", TMPDIR: temporary };
  deepEqual(await mtr.run(COUNT, { env }), { code: 0, stdout: ANSWER, stderr: "" });
  deepEqual(tree(temporary), []);
});

Deno.test("where nothing can be written the error says what to set", async () => {
  await using mtr = newUser();
  await mtr.demo({ folder: "data" });
  const env = { XDG_CACHE_HOME: "/dev/null/cache", TMPDIR: "/dev/null/tmp" };
  const { code, stdout, stderr } = await mtr.run(COUNT, { env });
  deepEqual({ code, stdout }, { code: 1, stdout: "" });
  match(stderr, /^error: cannot unpack and load DuckDB in \/dev\/null\/cache\/mtr: /);
  match(stderr, /Set XDG_CACHE_HOME to a folder/);
});

function libraryIn(cache: string): { path: string; mtime: Date | null } {
  const [folder] = [...Deno.readDirSync(`${cache}/mtr`)];
  const path = `${cache}/mtr/${folder?.name}/${LIBRARY}`;
  return { path, mtime: Deno.statSync(path).mtime };
}
