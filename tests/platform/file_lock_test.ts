import { equal, notEqual } from "node:assert/strict";
import { join } from "node:path";
import { tryLock, waitForLock } from "../../src/platform/mod.ts";

const HOLDER = `
  import { tryLock } from ${JSON.stringify(import.meta.resolve("../../src/platform/mod.ts"))};
  const [path, mode] = Deno.args;
  const lock = tryLock(path, mode);
  console.log(lock === null ? "refused" : "held");
  await new Promise((resolve) => setTimeout(resolve, 60_000));
`;

function scratch(): { readonly path: string } & Disposable {
  const folder = Deno.makeTempDirSync({ prefix: "mtr-test-" });
  return {
    path: join(folder, "lock"),
    [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }),
  };
}

/** A process that took the lock, or was refused it, and lives on. */
async function holder(path: string, mode: "shared" | "exclusive") {
  const script = `${path}.${mode}.ts`;
  Deno.writeTextFileSync(script, HOLDER);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", script, path, mode],
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  return {
    said: new TextDecoder().decode(value).trim(),
    async kill() {
      child.kill("SIGKILL");
      await child.status;
      await reader.cancel();
    },
  };
}

Deno.test("a lock that another process holds is refused, and free the moment that it is killed", async () => {
  using file = scratch();
  const other = await holder(file.path, "exclusive");
  equal(other.said, "held");
  equal(tryLock(file.path, "exclusive"), null);
  equal(tryLock(file.path, "shared"), null);
  await other.kill();
  const lock = tryLock(file.path, "exclusive");
  notEqual(lock, null);
  lock?.release();
});

Deno.test("several processes share a lock, and none of them lets an exclusive one in", async () => {
  using file = scratch();
  const other = await holder(file.path, "shared");
  {
    using mine = tryLock(file.path, "shared");
    notEqual(mine, null);
    equal(tryLock(file.path, "exclusive"), null);
  }
  equal(await waitForLock(file.path, "exclusive", 30), null, "the other still reads");
  const waiting = waitForLock(file.path, "exclusive", 30_000);
  await other.kill();
  using lock = await waiting;
  notEqual(lock, null);
});

Deno.test("a lock is not inherited by child processes", async () => {
  using file = scratch();
  const lock = tryLock(file.path, "exclusive");
  const child = new Deno.Command("sleep", { args: ["30"] }).spawn();
  lock?.release();
  // Between fork and exec the child still has it, for a moment.
  const again = await waitForLock(file.path, "exclusive", 10_000);
  notEqual(again, null);
  again?.release();
  child.kill();
  await child.status;
});

Deno.test("releasing twice frees nobody else's lock", () => {
  using file = scratch();
  const first = tryLock(file.path, "exclusive");
  first?.release();
  using second = tryLock(file.path, "exclusive");
  first?.release();
  notEqual(second, null);
  equal(tryLock(file.path, "exclusive"), null);
});

/** A thread that starts one program after the other. */
const STARTER = `onmessage = ({ data: isOver }) => {
  postMessage("started");
  while (Atomics.load(isOver, 0) === 0) new Deno.Command("true").outputSync();
  postMessage("ended");
};`;

Deno.test("a lock is free once it is released, also while another thread is starting a program", async () => {
  using folder = scratch();
  // A flag, because a worker that is terminated goes on with what it does until it has time to hear of it.
  const isOver = new Int32Array(new SharedArrayBuffer(4));
  const starter = new Worker(`data:text/javascript,${encodeURIComponent(STARTER)}`, {
    type: "module",
  });
  const said = () => new Promise((resolve) => starter.onmessage = resolve);
  const started = said();
  starter.postMessage(isOver);
  await started;
  let refused = 0;
  for (let i = 0; i < 5000; i++) {
    const lock = tryLock(folder.path, "exclusive");
    if (lock) lock.release();
    else refused++;
  }
  const ended = said();
  Atomics.store(isOver, 0, 1);
  await ended;
  starter.terminate();
  equal(refused, 0);
});
