const PAGE = "docs/dependencies.md";

/** Packages of deno.json whose row in docs/dependencies.md is missing or names another version, a line each. */
export function unexplainedDependencies(denoJson: string, page: string): readonly string[] {
  const imports: Record<string, string> = JSON.parse(denoJson).imports ?? {};
  const rows = page.split("\n").filter((line) => line.startsWith("|"));
  return Object.entries(imports).flatMap(([name, specifier]) => {
    const version = specifier.slice(specifier.lastIndexOf("@") + 1);
    const row = rows.find((line) => line.includes(`\`${name}\``));
    if (row === undefined) return [`${PAGE} does not say why there is ${name}`];
    return row.includes(`| ${version} |`) ? [] : [`${PAGE}: ${name} is ${version} by now`];
  });
}
