/** Carries out a plan: the one place of this room that changes the machine. */
import { systemReason } from "../model/mod.ts";
import type { Disk, ProgramRun } from "../platform/mod.ts";
import { ServiceError } from "./service_error.ts";
import type { ServicePlan, Step } from "./service_plan.ts";

export interface Machine {
  readonly disk: Disk;
  /** Runs a program to its end; null where there is none of that name. */
  run(argv: readonly string[]): Promise<ProgramRun | null>;
  sleep(ms: number): Promise<void>;
}

const RETRY_MS = 1000;

/**
 * Writes the file and starts the service; done twice it is the same as once.
 * @returns what became of the file
 * @throws {ServiceError} when the service manager is missing or refuses
 */
export async function install(
  plan: ServicePlan,
  machine: Machine,
): Promise<"written" | "changed" | "unchanged"> {
  await assertSession(plan, machine);
  const outcome = place(plan, machine.disk);
  await runAll(outcome === "unchanged" ? plan.start : plan.restart, plan, machine);
  return outcome;
}

/** Puts the service's file where it belongs, unless the very same is there. */
function place(
  { file, text, folders }: ServicePlan,
  disk: Disk,
): "written" | "changed" | "unchanged" {
  try {
    const before = disk.readText(file);
    if (before === text) return "unchanged";
    for (const folder of folders) disk.makeFolder(folder);
    disk.replaceText(file, text);
    return before === undefined ? "written" : "changed";
  } catch (error) {
    throw new ServiceError(`${file} can't be written: ${systemReason(error)}`, [], {
      cause: error,
    });
  }
}

/**
 * Ends the service and removes its file; nothing that was recorded is touched.
 * @returns whether there was one
 * @throws {ServiceError} when the service manager is missing or refuses
 */
export async function uninstall(plan: ServicePlan, machine: Machine): Promise<boolean> {
  if (machine.disk.readText(plan.file) === undefined) return false;
  await assertSession(plan, machine);
  await runAll(plan.stop, plan, machine);
  machine.disk.remove(plan.file);
  await runAll(plan.forget, plan, machine);
  return true;
}

/** Asked first, so that a refusal leaves the machine as it was. */
async function assertSession(
  { probe, noSession, manager }: ServicePlan,
  machine: Machine,
): Promise<void> {
  const [program = ""] = probe.argv;
  const run = await machine.run(probe.argv);
  if (run === null) {
    throw new ServiceError(`${program} is not on the PATH: this system has no ${manager}`, [
      "start it as your system starts programs; from cron, for example:",
      "  @reboot mtr record --quiet",
    ]);
  }
  if (run.success) return;
  throw new ServiceError(
    `${manager} cannot be reached for this user: ${run.said || `${probe.argv.join(" ")} failed`}`,
    noSession,
  );
}

async function runAll(steps: readonly Step[], plan: ServicePlan, machine: Machine): Promise<void> {
  for (const step of steps) {
    const failure = await tryStep(step, machine);
    if (failure === null || step.mayFail) continue;
    throw new ServiceError(`${step.argv.join(" ")}: ${failure}`, [
      `the service's file: ${plan.file}`,
      `what the service says: ${plan.log}`,
    ]);
  }
}

/** Null when it went well, else why not. */
async function tryStep({ argv, patienceMs = 0 }: Step, machine: Machine): Promise<string | null> {
  for (let waited = 0;; waited += RETRY_MS) {
    const run = await machine.run(argv);
    if (run?.success) return null;
    if (waited >= patienceMs) return run?.said || "failed";
    await machine.sleep(RETRY_MS);
  }
}
