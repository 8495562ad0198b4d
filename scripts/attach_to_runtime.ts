/**
 * Appends files to the runtime that `deno compile` embeds, so that they are in the binary but not in its virtual files.
 *
 * A binary of Deno up to 2.6 copies its virtual files into memory at every start: 22 MB of RSS and 35 ms for DuckDB's
 * library, in every command, also in a recorder that never loads it. From 2.7 on they are mapped and cost nothing until
 * they are read.
 */
import type { PackedFile } from "../src/store/duckdb_cache.ts";
import type { Asset } from "./duckdb_assets.ts";

/** Whether attaching is possible and of use: a runtime given by `DENORT_BIN`, on Linux, of a Deno that copies. */
export function shouldAttach(
  { os, denoVersion, denort }: { os: string; denoVersion: string; denort: string | undefined },
): boolean {
  const [major = 0, minor = 0] = denoVersion.split(".").map(Number);
  // On macOS the signature covers the file up to its end: nothing may be appended.
  return denort !== undefined && os === "linux" && major === 2 && minor <= 6;
}

/** Writes runtime + files to `path`, executable; returns the files with `at` = where each starts. */
export async function attachToRuntime(
  path: string,
  runtime: string,
  folder: string,
  assets: readonly Asset[],
): Promise<readonly PackedFile[]> {
  await Deno.copyFile(runtime, path);
  await Deno.chmod(path, 0o755);
  using file = await Deno.open(path, { append: true });
  let end = (await file.stat()).size;
  const attached: PackedFile[] = [];
  for (const asset of assets) {
    attached.push({ ...asset, at: end });
    const source = await Deno.open(`${folder}/${asset.at}`);
    for await (const chunk of source.readable) await writeAll(file, chunk);
    end += asset.packedBytes;
  }
  return attached;
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += await file.write(bytes.subarray(written));
  }
}
