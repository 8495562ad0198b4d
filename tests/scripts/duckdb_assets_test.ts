import { deepEqual, equal } from "node:assert/strict";
import { attachToRuntime, shouldAttach } from "../../scripts/attach_to_runtime.ts";
import { type Asset, makeDuckDBAssets } from "../../scripts/duckdb_assets.ts";
import { type PackedFile, type PackedPlaces, unpackInto } from "../../src/store/duckdb_cache.ts";

const LIBRARY = Deno.build.os === "darwin" ? "libduckdb.dylib" : "libduckdb.so";

interface Build {
  readonly folder: string;
  readonly assets: readonly Asset[];
}

/** The assets of a package with a small library. */
async function withAssets(check: (build: Build) => Promise<void>): Promise<void> {
  const top = Deno.makeTempDirSync({ prefix: "mtr-test-" });
  const source = { folder: `${top}/package`, version: "1.5.5-r.5" };
  try {
    Deno.mkdirSync(source.folder);
    Deno.writeTextFileSync(`${source.folder}/${LIBRARY}`, "library");
    Deno.writeTextFileSync(`${source.folder}/duckdb.node`, "add-on");
    const folder = `${top}/assets`;
    const assets = await makeDuckDBAssets(folder, source);
    deepEqual(await makeDuckDBAssets(folder, source), assets);
    await check({ folder, assets });
  } finally {
    Deno.removeSync(top, { recursive: true });
  }
}

/** What a start unpacks of the files, from these places. */
async function unpack(places: PackedPlaces, files: readonly PackedFile[], target: string) {
  await unpackInto(target, places, { version: "1.5.5-r.5", files });
  return [LIBRARY, "duckdb.node"].map((name) => Deno.readTextFileSync(`${target}/${name}`));
}

Deno.test("what the build gzips, a start unpacks", () =>
  withAssets(async ({ folder, assets }) => {
    const places = { folder: new URL(`file://${folder}/`), executable: "/nowhere" };
    deepEqual(await unpack(places, assets, `${folder}/unpacked`), ["library", "add-on"]);
  }));

Deno.test("what the build attaches to the runtime, a start unpacks from the executable", () =>
  withAssets(async ({ folder, assets }) => {
    const executable = `${folder}/mtr`;
    Deno.writeTextFileSync(`${folder}/denort`, "ELF …");
    const files = await attachToRuntime(executable, `${folder}/denort`, folder, assets);
    Deno.writeTextFileSync(executable, "the program", { append: true });
    const places = { folder: new URL("file:///nowhere/"), executable };
    deepEqual(await unpack(places, files, `${folder}/unpacked`), ["library", "add-on"]);
  }));

Deno.test("assets of an earlier version do not stay", () =>
  withAssets(async ({ folder, assets }) => {
    const source = { folder: `${folder}/../package`, version: "1.5.6" };
    Deno.writeTextFileSync(`${source.folder}/${LIBRARY}`, "newer library");
    const newer = await makeDuckDBAssets(folder, source);
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    deepEqual(names, newer.map(({ at }) => at).sort());
    equal(names.includes(assets[0]?.at ?? ""), false);
  }));

Deno.test("shouldAttach only where embedded files are copied at each start and the runtime is at hand", () => {
  const here = { os: "linux", denoVersion: "2.6.8", denort: "/denort" };
  equal(shouldAttach(here), true);
  equal(shouldAttach({ ...here, denoVersion: "2.9.6" }), false);
  equal(shouldAttach({ ...here, denoVersion: "2.10.0" }), false);
  equal(shouldAttach({ ...here, os: "darwin" }), false);
  equal(shouldAttach({ ...here, denort: undefined }), false);
});
