/**
 * The file that would run for a name: the first executable one in the folders of a search path.
 * Deno has no such look-up; starting the name blindly cannot tell "not installed" from other failures.
 */
export async function findProgram(
  name: string,
  searchPath = Deno.env.get("PATH") ?? "",
): Promise<string | undefined> {
  for (const folder of searchPath.split(":")) {
    if (folder === "") continue;
    const path = `${folder}/${name}`;
    const info = await Deno.stat(path).catch(() => undefined);
    if (info?.isFile && ((info.mode ?? 0) & 0o111) !== 0) return path;
  }
  return undefined;
}
