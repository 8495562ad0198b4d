/** A package of which something is in the bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** The text of its licence file, else the name of its licence. */
  readonly license: string;
}

/** `node_modules/.deno/@scope+name@1.2.3/node_modules/@scope/name` of a path within it. */
const PACKAGE_FOLDER = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/**
 * The packages that files belong to, sorted by name, each with the licence that has to be passed on with it.
 * @throws {Error} a package without `package.json`
 */
export function bundledPackages(files: readonly string[]): readonly BundledPackage[] {
  const folders = files.map((file) => PACKAGE_FOLDER.exec(file)?.[0]).filter((it) =>
    it !== undefined
  );
  return [...new Set(folders)]
    .map((folder) => {
      const { name, version, license } = JSON.parse(
        Deno.readTextFileSync(`${folder}/package.json`),
      );
      return { name, version, license: licenseFile(folder) ?? `Licence: ${license}` };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function licenseFile(folder: string): string | undefined {
  const file = [...Deno.readDirSync(folder)].find(({ name, isFile }) =>
    isFile && /^licen[cs]e/i.test(name)
  );
  return file && Deno.readTextFileSync(`${folder}/${file.name}`);
}
