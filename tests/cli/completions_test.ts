/** The scripts of `mtr completions`, in the shells that they are for. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { createProgram } from "../../src/cli/mod.ts";
import { REPORTABLE_METRICS, SOURCE_NAMES } from "../../src/model/mod.ts";
import { findProgram } from "../../src/platform/mod.ts";
import { fakeIo } from "./fake_io.ts";

const HERE = import.meta.dirname ?? ".";

async function script(shell: string): Promise<string> {
  const io = fakeIo();
  await createProgram(io).parseAsync(["completions", shell], { from: "user" });
  return io.written.out;
}

/** What a shell offers for each of some lines, sorted. */
type Complete = (typed: readonly string[]) => Promise<readonly (readonly string[])[]>;

async function lines(program: string, args: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr } = await new Deno.Command(program, { args: [...args], stdin: "null" })
    .output();
  equal(new TextDecoder().decode(stderr), "");
  return new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "").sort();
}

/** Splits a line as bash does: an equals sign is a word of its own. */
function bashWords(line: string): readonly string[] {
  const words = line.split(" ").flatMap((word) => word.split(/(=)/));
  return words.filter((word, i) => word !== "" || i === words.length - 1);
}

function oneByOne(complete: (line: string) => Promise<readonly string[]>): Complete {
  return (typed) => Promise.all(typed.map(complete));
}

const SHELLS: Readonly<Record<string, (path: string) => Complete>> = {
  bash: (path) =>
    oneByOne((line) => lines("bash", [`${HERE}/complete.bash`, path, ...bashWords(line)])),
  fish: (path) =>
    oneByOne(async (line) => {
      const program = `source ${path}; complete -C ${JSON.stringify(line)}`;
      const offered = await lines("fish", ["--no-config", "-c", program]);
      // Descriptions come after a tab.
      return offered.map((one) => one.split("\t")[0] ?? "").sort();
    }),
  zsh: (path) => async (typed) => {
    const offered = await lines("zsh", ["-f", `${HERE}/complete.zsh`, path, ...typed]);
    const numbered = offered.map((one) => one.split("\t"));
    return typed.map((_, i) =>
      numbered.flatMap(([n, word = ""]) => n === `${i + 1}` ? [word] : [])
    );
  },
};

/** What is typed, and what has to be offered; the part before the last comma or equals sign is the shells' business. */
const CASES: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ["mtr rec", ["record"]],
  ["mtr record --series", ["--series-interval"]],
  ["mtr record --source ", [...SOURCE_NAMES].sort()],
  ["mtr record --source nat", ["native"]],
  ["mtr query --format=jso", ["json", "jsonlines"]],
  ["mtr analyze --heat ", ["max", "mean", "p95"]],
  ["mtr analyze --metrics gpu_p", ["gpu_pct"]],
  ["mtr analyze --metrics cpu_pct,gpu_p", ["gpu_pct"]],
  ["mtr analyze --metrics=cpu_pct,gpu_p", ["gpu_pct"]],
  ["mtr config ", ["check", "init", "path", "show"]],
  ["mtr config show --j", ["--json"]],
  ["mtr --color never config sh", ["show"]],
  ["mtr completions ", ["bash", "fish", "zsh"]],
  ["mtr help exit", ["exit-codes"]],
  ["mtr help unin", ["uninstall"]],
  ["mtr status --for", []],
  ["mtr record --host ", []],
];

/** Files are offered, by whatever form of name the shell gives them. */
const FILE_LINES = [
  "mtr query -f ",
  "mtr query --file ",
  "mtr query --output ",
  "mtr config check ",
];

for (const [shell, prepare] of Object.entries(SHELLS)) {
  Deno.test({
    name: `${shell} completes commands, options, their values, and metrics`,
    // Needs that shell.
    ignore: await findProgram(shell) === undefined,
    async fn(t) {
      const folder = Deno.makeTempDirSync({ prefix: "mtr-test-" });
      try {
        const path = `${folder}/completion`;
        Deno.writeTextFileSync(path, await script(shell));
        Deno.writeTextFileSync(`${folder}/question.sql`, "");
        const complete = prepare(path);
        const offered = await complete(CASES.map(([line]) => line));
        for (const [i, [line, expected]] of CASES.entries()) {
          await t.step(line, () => deepEqual(offered[i]?.map(lastPart), expected));
        }
        await t.step("all commands and all metrics", async () => {
          const commands = createProgram(fakeIo()).commands.map((command) => command.name());
          const metrics = REPORTABLE_METRICS.map(({ id }) => id);
          const all = await complete(["mtr ", "mtr analyze --metrics "]);
          deepEqual(all, [commands.toSorted(), metrics.toSorted()]);
        });
        // In bash it is the shell itself that offers files, when the function offers nothing.
        if (shell === "bash") return;
        await t.step("files", async () => {
          for (
            const [i, names] of (await complete(FILE_LINES.map((line) => `${line}${folder}/quest`)))
              .entries()
          ) {
            ok(names.some((one) => one.endsWith("question.sql")), FILE_LINES[i]);
          }
        });
      } finally {
        Deno.removeSync(folder, { recursive: true });
      }
    },
  });
}

/** bash and fish offer `cpu_pct,gpu_pct`, and fish `--format=json`, where zsh offers what is still missing. */
function lastPart(word: string): string {
  return word.split(/[,=]/).at(-1) ?? word;
}

Deno.test("after `mtr install --` bash completes the options of record", {
  ignore: await findProgram("bash") === undefined,
}, async () => {
  const path = Deno.makeTempFileSync({ prefix: "mtr-test-" });
  try {
    Deno.writeTextFileSync(path, await script("bash"));
    deepEqual(await SHELLS.bash?.(path)(["mtr install -- --series"]), [["--series-interval"]]);
  } finally {
    Deno.removeSync(path);
  }
});
