import { deepEqual, equal, match } from "node:assert/strict";

const SCRIPT = new URL("../../.ci/run", import.meta.url);

/** How a run of `.ci/run` ended. */
interface Ci {
  readonly code: number;
  readonly lines: readonly string[];
  /** The commands that were run, with DENORT_BIN where it was set. */
  readonly commands: readonly string[];
}

/**
 * Runs a copy of `.ci/run` in a folder of its own, with an npx that runs a line of shell for each task.
 * @param denort body of the script that gives a runtime; without it there is none
 */
async function runCi(
  tasks: Readonly<Record<string, string>>,
  { denort }: { denort?: string } = {},
): Promise<Ci> {
  const top = Deno.makeTempDirSync({ prefix: "mtr-test-" });
  try {
    for (const folder of ["bin", "main/.ci", "shared/tools"]) {
      Deno.mkdirSync(`${top}/${folder}`, { recursive: true });
    }
    Deno.copyFileSync(SCRIPT, `${top}/main/.ci/run`);
    const cases = Object.entries(tasks).map(([task, script]) => `${task}) ${script} ;;`);
    writeScript(
      `${top}/bin/npx`,
      `echo "$2 $4\${DENORT_BIN:+ with $DENORT_BIN}" >> ${top}/commands\ncase $4 in ${
        cases.join(" ")
      } esac`,
    );
    if (denort) writeScript(`${top}/shared/tools/denort`, denort);
    const path = `${top}/bin:${Deno.env.get("PATH")}`;
    const { code, stdout } = await new Deno.Command(`${top}/main/.ci/run`, {
      env: { PATH: path },
      stderr: "null",
    }).output();
    return {
      code,
      lines: linesOf(new TextDecoder().decode(stdout)),
      commands: linesOf(Deno.readTextFileSync(`${top}/commands`)),
    };
  } finally {
    Deno.removeSync(top, { recursive: true });
  }
}

function writeScript(path: string, body: string): void {
  Deno.writeTextFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
}

function linesOf(text: string): readonly string[] {
  return text.trimEnd().split("\n");
}

const GOOD = {
  test: `printf '\\033[32mok\\033[0m | 12 passed (3 steps) | 0 failed (1s)\\n'`,
  check: `echo "Checked 12 files"`,
  compile: `echo dist/mtr`,
  e2e: `echo "ok | 3 passed | 0 failed | 1 ignored (2s)"`,
};

Deno.test(".ci/run runs every step with the pinned Deno and ends with the sum of the tests", async () => {
  const { code, lines, commands } = await runCi(GOOD);
  equal(code, 0);
  equal(lines.at(-1), "15 passed, 0 failed");
  deepEqual(commands, ["test", "check", "compile", "e2e"].map((task) => `deno@2.9.6 ${task}`));
});

Deno.test(".ci/run compiles with the runtime that is at hand, by the Deno of its version", async () => {
  const { commands } = await runCi(GOOD, { denort: "echo /a/denort" });
  equal(commands[2], "deno@2.6.8 compile with /a/denort");
});

Deno.test(".ci/run counts failed tests once and goes on", async () => {
  const test = `echo "FAILED | 11 passed | 2 failed (1s)"; exit 1`;
  const { code, lines, commands } = await runCi({ ...GOOD, test });
  equal(code, 1);
  equal(lines.at(-1), "14 passed, 2 failed");
  equal(commands.length, 4);
  match(lines.join("\n"), /^FAILED {2}tests/m);
});

for (
  const [title, tasks] of [
    ["a check that fails", { ...GOOD, check: "exit 1" }],
    ["a compile that fails", { ...GOOD, compile: "exit 1" }],
  ] as const
) {
  Deno.test(`.ci/run counts ${title} as one failure`, async () => {
    const { code, lines } = await runCi(tasks);
    deepEqual([code, lines.at(-1)], [1, "15 passed, 1 failed"]);
  });
}

Deno.test(".ci/run counts tests that could not start as one failure", async () => {
  const { code, lines } = await runCi({ ...GOOD, e2e: "echo 'error: type checking'; exit 1" });
  deepEqual([code, lines.at(-1)], [1, "12 passed, 1 failed"]);
});

Deno.test(".ci/run counts a runtime that cannot be had as one failure", async () => {
  const { code, lines, commands } = await runCi(GOOD, { denort: "exit 1" });
  deepEqual([code, lines.at(-1)], [1, "15 passed, 1 failed"]);
  equal(commands.length, 3);
});
