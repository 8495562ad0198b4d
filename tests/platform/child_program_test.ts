import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { ChildProgram } from "../../src/platform/child_program.ts";
import { findProgram } from "../../src/platform/find_program.ts";

function shell(script: string, options: Partial<Parameters<typeof ChildProgram.start>[1]> = {}) {
  return ChildProgram.start("/bin/sh", { args: ["-c", script], ...options });
}

/** Starts a script and waits until it says `ready`. */
async function readyShell(
  script: string,
  options: { hasInput?: true } = {},
): Promise<ChildProgram> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const onLine = (line: string) => line === "ready" && resolve();
  const child = shell(script, { ...options, onLine });
  await promise;
  return child;
}

Deno.test("lines of the output arrive one by one, a torn last one does not", async () => {
  const lines: string[] = [];
  const child = shell("printf 'one\\ntw'; sleep 0.05; printf 'o\\n\\nthr'", {
    onLine: (line) => lines.push(line),
  });
  equal(await child.ended, "exit code 0");
  deepEqual(lines, ["one", "two", ""]);
  await child.stop();
});

Deno.test("a line longer than a mebibyte is dropped, the next ones arrive", async () => {
  const lines: string[] = [];
  const child = shell("head -c 3000000 /dev/zero | tr '\\0' a; echo; echo after", {
    onLine: (line) => lines.push(line),
  });
  await child.ended;
  deepEqual(lines, ["after"]);
});

Deno.test("how it ended is told with its last words", async () => {
  const child = shell("echo first >&2; echo 'no such flag' >&2; exit 2");
  equal(child.ending, undefined);
  equal(await child.ended, "exit code 2: no such flag");
  equal(child.ending, "exit code 2: no such flag");
});

Deno.test("a signal is told by its name", async () => {
  equal(await shell("kill -KILL $$").ended, "signal SIGKILL");
});

Deno.test("stopping is polite first, and may be repeated", async () => {
  const child = await readyShell(
    "trap 'echo bye >&2; exit 0' TERM; echo ready; while :; do sleep 0.02; done",
  );
  await child.stop();
  equal(child.ending, "exit code 0: bye");
  await child.stop();
});

Deno.test("one that ignores SIGTERM is killed after 3 s", async () => {
  const child = await readyShell("trap '' TERM; echo ready; while :; do sleep 0.1; done");
  const { setTimeout } = globalThis;
  const waited: (number | undefined)[] = [];
  // A clock on which the three seconds are short.
  globalThis.setTimeout = ((run: () => void, ms = 0) => {
    waited.push(ms);
    return setTimeout(run, ms === 3000 ? 50 : ms);
  }) as typeof setTimeout;
  try {
    await child.stop();
  } finally {
    globalThis.setTimeout = setTimeout;
  }
  equal(waited[0], 3000);
  equal(child.ending, "signal SIGKILL");
});

Deno.test("a grandchild that holds the pipes does not hold up the end", async () => {
  const child = shell("sleep 5 & echo $! ", { onLine: (line) => grandchild = Number(line) });
  let grandchild = 0;
  const startedAt = performance.now();
  await child.ended;
  ok(performance.now() - startedAt < 2000);
  Deno.kill(grandchild, "SIGKILL");
});

Deno.test("its standard input ends when it is to stop", async () => {
  const child = await readyShell("trap '' TERM; echo ready; read -r _; echo 'input ended' >&2", {
    hasInput: true,
  });
  await child.stop();
  equal(child.ending, "exit code 0: input ended");
});

Deno.test("what cannot be started throws", () => {
  throws(() => ChildProgram.start("/nowhere/program", { args: [] }));
});

Deno.test("a program is found in the first folder that has it, executable", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/a/tool`, { recursive: true });
  await Deno.mkdir(`${folder}/b`);
  await Deno.mkdir(`${folder}/c`);
  await Deno.writeTextFile(`${folder}/b/tool`, "", { mode: 0o644 });
  await Deno.writeTextFile(`${folder}/c/tool`, "", { mode: 0o755 });
  const path = ["a", "b", "c"].map((name) => `${folder}/${name}`).join(":");
  equal(await findProgram("tool", `:${path}`), `${folder}/c/tool`);
  equal(await findProgram("other", path), undefined);
  equal(await findProgram("tool", ""), undefined);
  await Deno.remove(folder, { recursive: true });
});
