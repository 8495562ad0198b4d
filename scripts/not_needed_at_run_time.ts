/** Packages that are for tests only, or that the binary carries in another form (DuckDB's library: gzipped). */
const PACKAGES = [/^@duckdb\+node-bindings-/, /^fast-check@/, /^pure-rand@/];

/** Declarations, source maps and documentation. Licences stay. */
const FILES = /\.(d\.[cm]?ts|map|md)$/;

/**
 * Packages that carry themselves twice and thrice: Deno imports the `.mjs` files, never the CommonJS twins (but for one
 * that an `.mjs` shares its state with) or the sources.
 */
const TWINS: Readonly<Record<string, RegExp>> = {
  openai: /(?<!\/x509-transport-state)\.js$|\.ts$|\/openai\/src\//,
};

/**
 * What of node_modules need not be in the binary, because every megabyte of it is read at each start. `deno compile`
 * heeds `--exclude` for files and for folders that hold no other package, hence the leaf folders.
 * @param store the folder in which Deno keeps packages: `<store>/<name>@<version>/node_modules/<name>`
 */
export function notNeededAtRunTime(store: string): readonly string[] {
  return folders(store)
    .filter((name) => name !== "node_modules")
    .flatMap((name) => {
      const leaf = `${store}/${name}/node_modules/${packageName(name)}`;
      const twins = TWINS[packageName(name)];
      return PACKAGES.some((pattern) => pattern.test(name)) ? [leaf] : filesOf(leaf, twins);
    })
    .sort();
}

/** `@duckdb+node-api@1.5.5-r.5` is the folder of `@duckdb/node-api`. */
function packageName(folder: string): string {
  return folder.slice(0, folder.indexOf("@", 1)).replace("+", "/");
}

function filesOf(folder: string, twins: RegExp | undefined): readonly string[] {
  const files: string[] = [];
  for (const entry of Deno.readDirSync(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) files.push(...filesOf(path, twins));
    else if (entry.isFile && (FILES.test(entry.name) || twins?.test(path))) files.push(path);
  }
  return files;
}

function folders(path: string): readonly string[] {
  return [...Deno.readDirSync(path)].filter((entry) => entry.isDirectory).map(({ name }) => name);
}
