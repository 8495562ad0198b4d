/**
 * The cache folder that a compiled mtr unpacks DuckDB's library into, once per version.
 *
 * A library cannot be loaded from inside the executable, so it is embedded gzipped and written out at first use. A file
 * that stands under its final name has been verified: it is hashed while it is unpacked and renamed only if the hash is
 * the one that the build noted, so later starts need to look at its size only.
 */
import { createHash } from "node:crypto";
import { StoreError } from "../model/mod.ts";

/** One file to unpack. `bytes` and `sha256` are of the unpacked file, `packedBytes` of the gzipped one. */
export interface PackedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly packedBytes: number;
  /** The gzipped file's name beside the manifest, or where in the executable it starts. */
  readonly at: string | number;
}

/** What scripts/compile.ts embeds as `manifest.json`. */
export interface DuckDBManifest {
  /** Version of `@duckdb/node-bindings`. */
  readonly version: string;
  readonly files: readonly PackedFile[];
}

/** Where packed files are: the manifest's folder (ending in a slash) and the executable. */
export interface PackedPlaces {
  readonly folder: URL;
  readonly executable: string;
}

const CHUNK_BYTES = 256 * 1024;

/** Part files older than this belong to a start that was killed while it unpacked. */
const ABANDONED_AFTER_MS = 10 * 60 * 1000;

/** The name of a version's folder: the hash tells builds of one version apart. */
export function cacheFolderName({ version, files }: DuckDBManifest): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file.sha256);
  return `duckdb-${version}-${hash.digest("hex").slice(0, 12)}`;
}

/** Where caches belong: `$XDG_CACHE_HOME/mtr`, else `~/.cache/mtr`; null where the environment names neither. */
export function cacheRoot(env: (name: string) => string | undefined): string | null {
  const xdg = env("XDG_CACHE_HOME");
  // The XDG specification: a relative path is to be ignored.
  if (xdg?.startsWith("/")) return `${xdg}/mtr`;
  const home = env("HOME");
  return home ? `${home}/.cache/mtr` : null;
}

/**
 * Makes sure that the folder holds every file of the manifest, whole. Any number of processes may do so at once: each
 * writes files of its own, and a rename replaces the other's equal file in one step.
 * @throws {StoreError} an embedded file does not match its hash
 * @throws {Error} the folder cannot be written: read-only, full, not a folder
 */
export async function unpackInto(
  folder: string,
  places: PackedPlaces,
  { files }: DuckDBManifest,
): Promise<void> {
  const missing = files.filter((file) => !isUnpacked(folder, file));
  if (missing.length === 0) return;
  Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeAbandonedParts(folder);
  for (const file of missing) await unpackFile(folder, places, file);
}

function isUnpacked(folder: string, { name, bytes }: PackedFile): boolean {
  try {
    return Deno.statSync(`${folder}/${name}`).size === bytes;
  } catch {
    return false;
  }
}

async function unpackFile(folder: string, places: PackedPlaces, file: PackedFile): Promise<void> {
  const part = `${folder}/${file.name}.${crypto.randomUUID()}.part`;
  try {
    const sha256 = await gunzipTo(part, ReadableStream.from(packedChunks(places, file)));
    if (sha256 !== file.sha256) {
      throw new StoreError(
        `the ${file.name} inside this mtr is damaged: its SHA-256 is ${sha256}, not ${file.sha256}`,
        ["Download or build mtr again."],
      );
    }
    Deno.renameSync(part, `${folder}/${file.name}`);
  } catch (error) {
    removeIfThere(part);
    throw error;
  }
}

function* packedChunks(
  { folder, executable }: PackedPlaces,
  { at, packedBytes }: PackedFile,
): Generator<Uint8Array<ArrayBuffer>> {
  using file = Deno.openSync(typeof at === "number" ? executable : new URL(at, folder));
  if (typeof at === "number") file.seekSync(at, Deno.SeekMode.Start);
  for (let left = packedBytes; left > 0;) {
    const chunk = new Uint8Array(Math.min(left, CHUNK_BYTES));
    const read = file.readSync(chunk);
    if (read === null) return;
    yield chunk.subarray(0, read);
    left -= read;
  }
}

/** Streams, because the library is 70 MB: memory stays flat. Returns the SHA-256 of what was written, in hex. */
async function gunzipTo(
  path: string,
  packed: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<string> {
  const hash = createHash("sha256");
  using file = Deno.openSync(path, { createNew: true, write: true, mode: 0o700 });
  for await (const chunk of packed.pipeThrough(new DecompressionStream("gzip"))) {
    hash.update(chunk);
    writeAll(file, chunk);
  }
  // A power cut must not leave a file of the right size with nothing in it.
  file.syncDataSync();
  return hash.digest("hex");
}

function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    written += file.writeSync(bytes.subarray(written));
  }
}

function removeAbandonedParts(folder: string): void {
  const before = Date.now() - ABANDONED_AFTER_MS;
  for (const { name } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (name.endsWith(".part") && modifiedMs(path) < before) removeIfThere(path);
  }
}

function modifiedMs(path: string): number {
  try {
    return Deno.statSync(path).mtime?.getTime() ?? Infinity;
  } catch {
    // Another process finished it meanwhile.
    return Infinity;
  }
}

function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
