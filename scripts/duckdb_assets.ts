/** Makes what the compiled binary carries of DuckDB: its library and its add-on, gzipped. */
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { PackedFile } from "../src/store/duckdb_cache.ts";

const LIBRARY = Deno.build.os === "darwin" ? "libduckdb.dylib" : "libduckdb.so";
const ADD_ON = "duckdb.node";

/** Folder and version of the installed package that holds this machine's library and add-on. */
export interface PlatformPackage {
  readonly folder: string;
  readonly version: string;
}

/** A gzipped file in the assets folder. */
export interface Asset extends PackedFile {
  readonly at: string;
}

/**
 * Finds the platform's package where npm's rules put it: beside `@duckdb/node-bindings`, which depends on it.
 * @throws {Error} it is not installed
 */
export function findPlatformPackage(): PlatformPackage {
  const bindings = createRequire(import.meta.url).resolve("@duckdb/node-bindings");
  const arch = Deno.build.arch === "aarch64" ? "arm64" : "x64";
  const name = `@duckdb/node-bindings-${Deno.build.os}-${arch}`;
  const addOn = createRequire(bindings).resolve(`${name}/${ADD_ON}`);
  const folder = addOn.slice(0, -`/${ADD_ON}`.length);
  const { version } = JSON.parse(Deno.readTextFileSync(`${folder}/package.json`));
  return { folder, version };
}

/** Gzips the package's library and add-on into the folder; files that are there from an earlier build are kept. */
export async function makeDuckDBAssets(
  folder: string,
  source: PlatformPackage,
): Promise<readonly Asset[]> {
  await Deno.mkdir(folder, { recursive: true });
  const assets: Asset[] = [];
  for (const name of [LIBRARY, ADD_ON]) {
    assets.push(await makeAsset(folder, `${source.folder}/${name}`, name));
  }
  for await (const { name } of Deno.readDir(folder)) {
    if (!assets.some(({ at }) => at === name)) await Deno.remove(`${folder}/${name}`);
  }
  return assets;
}

async function makeAsset(folder: string, path: string, name: string): Promise<Asset> {
  const content = await Deno.readFile(path);
  const sha256 = createHash("sha256").update(content).digest("hex");
  // The hash in the name says that the file is of this input: gzipping it again would take seconds.
  const at = `${name}.${sha256.slice(0, 12)}.gz`;
  if (!isFile(`${folder}/${at}`)) await gzipTo(`${folder}/${at}`, content);
  const { size: packedBytes } = await Deno.stat(`${folder}/${at}`);
  return { name, bytes: content.length, sha256, packedBytes, at };
}

async function gzipTo(path: string, content: Uint8Array): Promise<void> {
  const packed = await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION });
  await Deno.writeFile(`${path}.part`, packed);
  await Deno.rename(`${path}.part`, path);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
