/**
 * Completes a release from the packed targets: SHA256SUMS, the Homebrew formula, and install.sh for this repository.
 * `deno run -A scripts/release/finish.ts --out release --repository OWNER/NAME`
 */
import manifest from "../../deno.json" with { type: "json" };
import { readArguments } from "./arguments.ts";
import { fillTemplate } from "./fill_template.ts";
import { archiveName, TARGETS } from "./targets.ts";

const PACKAGING = new URL("../../packaging/", import.meta.url);

export async function finish(out: string, repository: string): Promise<void> {
  const { version } = manifest;
  const sums = new Map<string, string>();
  for (const target of TARGETS) {
    const name = archiveName(version, target);
    const line = await Deno.readTextFile(`${out}/${name}.sha256`);
    sums.set(target, line.split(" ")[0] ?? "");
  }
  const lines = TARGETS.map((target) => `${sums.get(target)}  ${archiveName(version, target)}\n`);
  await Deno.writeTextFile(`${out}/SHA256SUMS`, lines.join(""));
  const values = {
    VERSION: version,
    REPOSITORY: repository,
    ...Object.fromEntries(TARGETS.map((target) => [
      `SHA256_${target.toUpperCase().replace("-", "_")}`,
      sums.get(target) ?? "",
    ])),
  };
  for (const name of ["mtr.rb", "install.sh"]) {
    const template = await Deno.readTextFile(new URL(name, PACKAGING));
    await Deno.writeTextFile(`${out}/${name}`, fillTemplate(template, values));
  }
}

if (import.meta.main) {
  const { out = "release", repository } = readArguments(Deno.args, ["out", "repository"]);
  if (!repository) throw new Error("--repository OWNER/NAME is missing");
  await finish(out, repository);
}
