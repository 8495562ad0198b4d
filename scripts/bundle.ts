/**
 * The program as a few JavaScript files: its own modules and those of its packages, put together by esbuild.
 *
 * A compiled binary finds, reads and links every module by itself, a third of a millisecond each: 300 of them cost a
 * report more than its questions. What is imported inside a command's action stays in a file of its own, so that
 * `mtr record` still loads nothing of DuckDB.
 */
import { build, type Metafile, type Plugin, stop } from "esbuild";
import { bundledPackages } from "./bundled_packages.ts";
import { esModuleOf } from "./es_module_of.ts";

/** In place of DuckDB's own loader, which looks for its library in node_modules. See src/store/duckdb_runtime.ts. */
const UNPACKED_BINDINGS = "./src/store/unpacked_bindings.js";

/** CommonJS packages call `require` for Node's own modules, which an ES module does not have. */
const REQUIRE =
  `import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);`;

/**
 * DuckDB's API comes as CommonJS, of which nothing can be left out, and whose exports are looked up one by one: 14 ms of
 * every start that needs it.
 */
const LEAN_DUCKDB: Plugin = {
  name: "lean DuckDB",
  setup({ onLoad }) {
    onLoad({ filter: /@duckdb\/node-api\/lib\/.*\.js$/ }, async ({ path }) => {
      const contents = esModuleOf(await Deno.readTextFile(path));
      return contents === null ? undefined : { contents, loader: "js" };
    });
  },
};

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
      // Deno wants Node's own modules by their full names.
      alias: { "@duckdb/node-bindings": UNPACKED_BINDINGS, os: "node:os" },
      plugins: [LEAN_DUCKDB],
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
