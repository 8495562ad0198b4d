/**
 * Packs dist/mtr for one target: an archive, its checksum, and a statement of where it comes from.
 * `deno run -A scripts/release/pack.ts [--target linux-x64] [--out release] [--binary dist/mtr]`
 */
import manifest from "../../deno.json" with { type: "json" };
import { readArguments } from "./arguments.ts";
import { provenanceOf } from "./provenance.ts";
import { sha256 } from "./sha256.ts";
import { archiveName, hostTarget, isTarget, TARGETS } from "./targets.ts";

/** What lies beside the binary. */
const EXTRAS = ["LICENSE", "README.md", "docs/mtr.1"];
const SHELLS = ["bash", "zsh", "fish"];

export interface PackOptions {
  readonly target: string;
  readonly out: string;
  readonly binary: string;
  readonly env: (name: string) => string | undefined;
}

/** Returns the archive's path. */
export async function pack({ target, out, binary, env }: PackOptions): Promise<string> {
  if (!isTarget(target)) throw new Error(`no target ${target}; there are ${TARGETS.join(", ")}`);
  const { version } = manifest;
  const name = archiveName(version, target);
  const folder = `${out}/mtr-${version}`;
  await fillFolder(folder, binary, target === hostTarget());
  await run("tar", ["-czf", `${out}/${name}`, "-C", out, `mtr-${version}`]);
  await Deno.remove(folder, { recursive: true });
  const digest = await sha256(`${out}/${name}`);
  await Deno.writeTextFile(`${out}/${name}.sha256`, `${digest}  ${name}\n`);
  const repository = `https://github.com/${env("GITHUB_REPOSITORY") ?? "local/mtr"}`;
  const runId = env("GITHUB_RUN_ID");
  const provenance = provenanceOf({
    name,
    sha256: digest,
    version,
    target,
    denoVersion: Deno.version.deno,
    commit: await commit(),
    repository,
    builder: runId ? `${repository}/actions/runs/${runId}` : "local",
    finishedAt: new Date().toISOString(),
  });
  await Deno.writeTextFile(
    `${out}/${name}.provenance.json`,
    JSON.stringify(provenance, null, 2) + "\n",
  );
  return `${out}/${name}`;
}

/** Completions come from the binary itself, where it runs here. */
async function fillFolder(folder: string, binary: string, runsHere: boolean): Promise<void> {
  await Deno.mkdir(`${folder}/completions`, { recursive: true });
  await Deno.copyFile(binary, `${folder}/mtr`);
  await Deno.chmod(`${folder}/mtr`, 0o755);
  for (const extra of EXTRAS) {
    const source = new URL(`../../${extra}`, import.meta.url);
    await Deno.copyFile(source, `${folder}/${extra.split("/").at(-1)}`);
  }
  if (!runsHere) return;
  for (const shell of SHELLS) {
    const { stdout } = await new Deno.Command(binary, { args: ["completions", shell] }).output();
    await Deno.writeFile(`${folder}/completions/mtr.${shell}`, stdout);
  }
}

async function commit(): Promise<string> {
  const head = (await run("git", ["rev-parse", "HEAD"])).trim();
  const changes = await run("git", ["status", "--porcelain", "--untracked-files=no"]);
  return changes === "" ? head : `${head}+changes`;
}

async function run(program: string, args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args }).output();
  if (!success) {
    throw new Error(`${program} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  }
  return new TextDecoder().decode(stdout);
}

if (import.meta.main) {
  const { target = hostTarget(), out = "release", binary = "dist/mtr" } = readArguments(
    Deno.args,
    ["target", "out", "binary"],
  );
  const archive = await pack({
    target,
    out,
    binary: await Deno.realPath(binary),
    env: (name) => Deno.env.get(name),
  });
  await Deno.stdout.write(new TextEncoder().encode(`${archive}\n`));
}
