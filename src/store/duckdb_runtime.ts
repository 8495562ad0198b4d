/**
 * Loads DuckDB, from node_modules or out of the compiled binary.
 *
 * In a binary that `deno compile` made, the add-on cannot be loaded from the embedded files: it does not find `libduckdb`
 * beside itself (denoland/deno#29203, #36626). So both are unpacked into a cache folder, loaded from there, and left where
 * unpacked_bindings.js, which scripts/bundle.ts puts in the place of `@duckdb/node-bindings`, finds the add-on.
 */
import process from "node:process";
import { messageOf, StoreError } from "../model/mod.ts";
import {
  cacheFolderName,
  cacheRoot,
  type DuckDBManifest,
  type PackedPlaces,
  unpackInto,
} from "./duckdb_cache.ts";

export type DuckDB = typeof import("./duckdb_api.ts");

/** Also known to unpacked_bindings.js. */
const UNPACKED = Symbol.for("mtr.duckdb");

/** Where scripts/compile.ts puts the manifest and the gzipped files; embedded under the same path. */
const PLACES: PackedPlaces = {
  folder: new URL("../../dist/duckdb/", import.meta.url),
  // On Linux the link holds on to the running file even when mtr is being replaced by a newer one.
  executable: Deno.build.os === "linux" ? "/proc/self/exe" : Deno.execPath(),
};

let loaded: Promise<DuckDB> | undefined;

/**
 * DuckDB's module, loaded once per process.
 * @throws {StoreError} the library cannot be unpacked or loaded
 */
export function loadDuckDB(): Promise<DuckDB> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<DuckDB> {
  if (Deno.build.standalone) Reflect.set(globalThis, UNPACKED, await loadAddOn());
  return await import("./duckdb_api.ts");
}

/** The add-on's exports, from the cache folder, or where that cannot be written from a temporary one. */
async function loadAddOn(): Promise<unknown> {
  const manifest: DuckDBManifest = JSON.parse(
    Deno.readTextFileSync(new URL("manifest.json", PLACES.folder)),
  );
  const root = cacheRoot(Deno.env.get);
  try {
    if (!root) throw new Error("neither XDG_CACHE_HOME nor HOME is set");
    const folder = `${root}/${cacheFolderName(manifest)}`;
    await unpackInto(folder, PLACES, manifest);
    return dlopen(`${folder}/duckdb.node`);
  } catch (cacheError) {
    if (cacheError instanceof StoreError) throw cacheError;
    return await loadFromTemporary(manifest, root, cacheError);
  }
}

/** A service with a read-only home still works; it pays the unpacking at every start. */
async function loadFromTemporary(
  manifest: DuckDBManifest,
  root: string | null,
  cacheError: unknown,
): Promise<unknown> {
  let folder: string | undefined;
  try {
    folder = Deno.makeTempDirSync({ prefix: "mtr-duckdb-" });
    await unpackInto(folder, PLACES, manifest);
    return dlopen(`${folder}/duckdb.node`);
  } catch (error) {
    throw unloadable(root, cacheError, error);
  } finally {
    // A loaded library needs its file no more, so nothing is left behind.
    if (folder) Deno.removeSync(folder, { recursive: true });
  }
}

function unloadable(root: string | null, cacheError: unknown, error: unknown): StoreError {
  return new StoreError(
    `cannot unpack and load DuckDB in ${root ?? "a cache folder"}: ${messageOf(cacheError)}`,
    [
      `Nor in a temporary folder: ${messageOf(error)}`,
      "Set XDG_CACHE_HOME to a folder that can be written and run from, with 80 MB free.",
    ],
    { cause: cacheError },
  );
}

function dlopen(path: string): unknown {
  const module = { exports: {} };
  process.dlopen(module, path);
  return module.exports;
}
