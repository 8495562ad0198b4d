/** Ends what is done to a store now and then (prune, repair) at a step of it. */
import { ok } from "node:assert/strict";
import { armFailPoints } from "../../src/platform/mod.ts";
import type { DataFolder } from "../../src/store/mod.ts";
import { runDriver } from "./child.ts";

/**
 * A process is killed at every third step, and at the others the disk fails; with MTR_TEST_UPKEEP_KILLS=1, as in .ci/run, it
 * is killed at all of them, and also where a step comes again for another file.
 */
const KILL_EVERY = Number(Deno.env.get("MTR_TEST_UPKEEP_KILLS") ?? 3);

/** Whether a fail-point is tried: those of a step's second and later times only in the long run. */
export function isTried(point: string): boolean {
  return KILL_EVERY === 1 || !point.includes("@");
}

export interface Upkeep {
  /** As tests/faults/driver.ts knows it. */
  readonly step: string;
  /** The same in this process. */
  readonly run: () => Promise<unknown>;
}

/** Does it until the fail-point. `nth` counts the test's steps. */
export async function endAt(
  folder: DataFolder,
  { step, run }: Upkeep,
  point: string,
  nth: number,
): Promise<void> {
  if (nth % KILL_EVERY === 0) {
    const { killed, errors } = await runDriver(folder.path, step, {
      MTR_FAIL_POINT: `${point}=kill`,
    });
    ok(killed, errors);
  } else {
    using _armed = armFailPoints(`${point}=EIO`);
    // Some steps say in their answer what failed.
    await run().catch(() => {});
  }
}
