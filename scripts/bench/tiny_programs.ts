import { basename, join } from "node:path";

const SOURCES = new URL("programs/", import.meta.url).pathname;

/**
 * Compiles a program of scripts/bench/programs with the Deno that runs this, outside of the project, so that nothing of
 * it gets in. DENORT_BIN names the runtime where it cannot be downloaded, as for `deno task compile`.
 * @returns the binary's path, or the reason why there is none
 */
export async function compileTiny(name: string, work: string): Promise<{ path: string } | string> {
  const source = join(work, `${name}.ts`);
  const path = join(work, `${name}-${Deno.version.deno}`);
  await Deno.copyFile(join(SOURCES, `${name}.ts`), source);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "compile",
      "--no-check",
      "--no-config",
      "--no-lock",
      "--quiet",
      "--allow-all",
      "--no-code-cache",
      `--output=${path}`,
      source,
    ],
    cwd: work,
    stdout: "null",
  }).output();
  if (success) return { path };
  return `${basename(path)} was not compiled: ${
    new TextDecoder().decode(stderr).trim().split("\n")[0]
  }`;
}
