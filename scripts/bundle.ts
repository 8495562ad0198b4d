/**
 * The program as a few JavaScript files: its own modules and those of its packages, put together by esbuild.
 *
 * A compiled binary finds, reads and links every module by itself, a third of a millisecond each: 300 of them cost a
 * report more than its questions. What is imported inside a command's action stays in a file of its own, so that
 * `mtr record` still loads nothing of DuckDB.
 */
import { build, type Metafile, stop } from "esbuild";
import { bundledPackages } from "./bundled_packages.ts";

/** In place of DuckDB's own loader, which looks for its library in node_modules. See src/store/duckdb_runtime.ts. */
const UNPACKED_BINDINGS = "./src/store/unpacked_bindings.cjs";

/** CommonJS packages call `require` for Node's own modules, which an ES module does not have. */
const REQUIRE =
  `import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);`;

/** A bundle's entry, and the notices that its packages ask to be passed on with them. */
export interface Bundle {
  readonly main: string;
  readonly licenses: string;
}

/**
 * Writes the bundle of an entry to a folder that is emptied first. It must lie two folders deep, as `src/store/` does:
 * paths relative to a module are kept.
 * @throws {Error} esbuild's, of a module that cannot be read or found
 */
export async function bundle(entry: string, folder: string): Promise<Bundle> {
  await removeFolder(folder);
  try {
    const { metafile } = await build({
      entryPoints: { main: entry },
      outdir: folder,
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "es2023",
      alias: { "@duckdb/node-bindings": UNPACKED_BINDINGS },
      banner: { js: REQUIRE },
      // Names stay as they are: the trace in a report of a bug has to be of use.
      minifySyntax: true,
      minifyWhitespace: true,
      legalComments: "none",
      metafile: true,
      logLevel: "warning",
    });
    const licenses = `${folder}/licenses.txt`;
    await Deno.writeTextFile(licenses, licenseTexts(metafile));
    return { main: `${folder}/main.js`, licenses };
  } finally {
    await stop();
  }
}

function licenseTexts({ inputs }: Metafile): string {
  return bundledPackages(Object.keys(inputs))
    .map(({ name, version, license }) => `${name} ${version}\n\n${license.trim()}\n`)
    .join(`\n${"-".repeat(80)}\n\n`);
}

async function removeFolder(folder: string): Promise<void> {
  try {
    await Deno.remove(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
