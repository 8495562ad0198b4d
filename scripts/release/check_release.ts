/** Refuses a release whose tag, version and Deno do not agree. `--tag v0.1.0 --deno 2.9.6` */
import manifest from "../../deno.json" with { type: "json" };
import { readArguments } from "./arguments.ts";

/** What is wrong; empty when the release may be made. */
export function releaseProblems(
  { tag, deno, runningDeno, version, readme }: {
    readonly tag: string | undefined;
    readonly deno: string | undefined;
    readonly runningDeno: string;
    readonly version: string;
    readonly readme: string;
  },
): string[] {
  const problems: string[] = [];
  if (tag && tag !== `v${version}`) {
    problems.push(`the tag is ${tag}, but deno.json says version ${version}`);
  }
  if (deno && deno !== runningDeno) {
    problems.push(`Deno ${runningDeno} runs, but ${deno} is pinned`);
  }
  if (deno && !readme.includes(`deno@${deno}`)) {
    problems.push(`the README does not name deno@${deno}, with which this is built`);
  }
  return problems;
}

if (import.meta.main) {
  const { tag, deno } = readArguments(Deno.args, ["tag", "deno"]);
  const readme = Deno.readTextFileSync(new URL("../../README.md", import.meta.url));
  const problems = releaseProblems({
    tag,
    deno,
    runningDeno: Deno.version.deno,
    version: manifest.version,
    readme,
  });
  const say = (line: string) => Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
  problems.forEach(say);
  Deno.exit(problems.length > 0 ? 1 : 0);
}
