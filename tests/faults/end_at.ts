/**
 * Ends what is done to a data folder at a fail-point of it.
 *
 * kill -9 leaves the files as they are at that moment, and every lock free. So in everyday runs most kills are of this process'
 * own making: the folder is copied at the fail-point, what is done fails there, and the copy takes the folder's place, which is
 * ten times as fast as a process that is killed. With MTR_TEST_EVERYTHING=1 all of them are of processes.
 */
import { ok } from "node:assert/strict";
import { dirname, join } from "node:path";
import { armFailPoints, atFailPoint } from "../../src/platform/mod.ts";
import type { DataFolder } from "../../src/store/mod.ts";
import { EVERYTHING } from "../everything.ts";
import { runDriver } from "./child.ts";
import { doSteps } from "./steps.ts";

const HOST = "box";

/** Does steps (as tests/faults/steps.ts knows them) until the fail-point, and leaves what kill -9 leaves of them. */
export async function killAt(
  folder: DataFolder,
  steps: string,
  point: string,
  { inProcess = !EVERYTHING } = {},
): Promise<void> {
  if (inProcess) return await copyAt(folder, steps, point);
  const { killed, errors } = await runDriver(folder.path, steps, {
    MTR_FAIL_POINT: `${point}=kill`,
  });
  ok(killed, `not killed at ${point}: ${errors}`);
}

async function copyAt(folder: DataFolder, steps: string, point: string): Promise<void> {
  const copy = Deno.makeTempDirSync({ dir: dirname(folder.path), prefix: "mtr-test-killed-" });
  let isCopied = false;
  {
    using _fault = atFailPoint(point, () => {
      // What runs on after it, to the end of what can be done, is not of interest.
      if (!isCopied) copyTree(folder.path, copy);
      isCopied = true;
      throw new Error("ended by a test");
    });
    await doSteps(folder, HOST, steps.split(" ")).catch(() => {});
  }
  ok(isCopied, `never came to ${point}`);
  Deno.removeSync(folder.path, { recursive: true });
  Deno.renameSync(copy, folder.path);
}

/** Does steps on a disk that fails at the fail-point. */
export async function failAt(folder: DataFolder, steps: string, point: string): Promise<void> {
  using _armed = armFailPoints(`${point}=EIO`);
  // Some steps say in their answer what failed.
  await doSteps(folder, HOST, steps.split(" ")).catch(() => {});
}

/** Times are copied as well: by them a rollup knows whether a day was written after it. */
function copyTree(from: string, to: string): void {
  for (const { name, isDirectory } of Deno.readDirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (isDirectory) {
      Deno.mkdirSync(target);
      copyTree(source, target);
    } else {
      Deno.copyFileSync(source, target);
      const { atime, mtime } = Deno.statSync(source);
      Deno.utimeSync(target, atime ?? 0, mtime ?? 0);
    }
  }
}
