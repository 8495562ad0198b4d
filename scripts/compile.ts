/**
 * `deno task compile [main [binary]]`: makes dist/mtr, one file that runs with nothing installed (design §6).
 *
 * Set DENORT_BIN to the runtime to embed where it cannot be downloaded; it must be of the Deno version that runs this.
 */
// deno-lint-ignore-file no-console -- what a script prints is its product
import type { DuckDBManifest, PackedFile } from "../src/store/duckdb_cache.ts";
import { bundle } from "./bundle.ts";
import { attachToRuntime, shouldAttach } from "./attach_to_runtime.ts";
import { type Asset, findPlatformPackage, makeDuckDBAssets } from "./duckdb_assets.ts";

/** Also known to src/store/duckdb_runtime.ts, which looks for them there. */
const ASSETS = "dist/duckdb";
const MANIFEST = `${ASSETS}/manifest.json`;
const RUNTIME = "dist/runtime";
const BUNDLE = "dist/bundle";

/**
 * V8 optimizes a function after 400 runs, and again after 3000. A recorder has done those in minutes and in an hour, a run a
 * second, and gains nothing: compiling them cost it a twentieth of its CPU. A report or an import runs what is hot in it far more often
 * than this, and loops are optimized while they run as ever.
 */
const V8_FLAGS = "--invocation-count-for-maglev=20000,--invocation-count-for-turbofan=150000";

interface Embedding {
  readonly files: readonly PackedFile[];
  /** Paths for `--include`. */
  readonly include: readonly string[];
  /** The runtime to embed; undefined where Deno is to find it itself. */
  readonly denort: string | undefined;
}

if (import.meta.main) {
  Deno.chdir(new URL("..", import.meta.url));
  const [main = "src/main.ts", binary = "dist/mtr"] = Deno.args;
  if (!await compile(main, binary)) {
    console.error("deno compile failed. Where it cannot download its runtime: set DENORT_BIN.");
    Deno.exit(1);
  }
  const megabytes = (Deno.statSync(binary).size / 1e6).toFixed(1);
  console.log(`${binary}: ${megabytes} MB, Deno ${Deno.version.deno}`);
}

async function compile(entry: string, binary: string): Promise<boolean> {
  const { main, licenses } = await bundle(entry, BUNDLE);
  const source = findPlatformPackage();
  const assets = await makeDuckDBAssets(ASSETS, source);
  const { files, include, denort } = await embed(assets);
  const manifest: DuckDBManifest = { version: source.version, files };
  await Deno.writeTextFile(MANIFEST, JSON.stringify(manifest, null, 2) + "\n");
  const compiled = await denoCompile({ main, binary, include: [...include, licenses], denort });
  if (denort) await Deno.remove(denort);
  return compiled;
}

async function embed(assets: readonly Asset[]): Promise<Embedding> {
  const denort = Deno.env.get("DENORT_BIN");
  const denoVersion = Deno.version.deno;
  if (denort === undefined || !shouldAttach({ os: Deno.build.os, denoVersion, denort })) {
    return { files: assets, include: [ASSETS], denort: undefined };
  }
  const files = await attachToRuntime(RUNTIME, denort, ASSETS, assets);
  return { files, include: [MANIFEST], denort: RUNTIME };
}

interface Compilation {
  readonly main: string;
  readonly binary: string;
  readonly include: readonly string[];
  readonly denort: string | undefined;
}

async function denoCompile({ main, binary, include, denort }: Compilation): Promise<boolean> {
  const args = [
    "compile",
    // Types are checked by `deno task check`; the lock file must stay as the newer Deno wrote it.
    ...["--no-check", "--frozen", "--quiet", "--allow-all", "--no-prompt"],
    // It would be kept under a name that anyone can foresee in the temporary folder, and believed whoever put it there;
    // it saves 10 ms of a start.
    "--no-code-cache",
    `--v8-flags=${V8_FLAGS}`,
    ...include.map((path) => `--include=${path}`),
    ...[`--output=${binary}.part`, main],
  ];
  const env = denort ? { DENORT_BIN: denort } : {};
  const { success } = await new Deno.Command(Deno.execPath(), { args, env }).spawn().status;
  // A running binary cannot be written to, but it can be replaced.
  if (success) await Deno.rename(`${binary}.part`, binary);
  return success;
}
