/** Names of the environment variables that source files read: `env("NAME")`, `Deno.env.get("NAME")`. */
export function readVariables(folder: string): readonly string[] {
  const top = new URL("../../", import.meta.url).pathname;
  return [...new Set(filesUnder(`${top}${folder}`).flatMap(namesIn))].sort();
}

function namesIn(path: string): readonly string[] {
  const source = Deno.readTextFileSync(path);
  return [...source.matchAll(/\benv(?:\.get)?\("(\w+)"\)/g)].map(([, name = ""]) => name);
}

function filesUnder(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory
      ? filesUnder(`${folder}/${name}`)
      : name.endsWith(".ts")
      ? [`${folder}/${name}`]
      : []
  );
}
