/**
 * Places where a test can make a step fail, or kill the process, to see what survives. In ordinary runs a fail-point is
 * one look-up in an empty map.
 *
 * `MTR_FAIL_POINT=replace.before_rename=kill` kills the process there with SIGKILL; `=ENOSPC` and `=EIO` throw what the
 * disk would; `append.after_write@5=kill` means from the fifth time on; several are separated by commas.
 */

/** Every step of the way of a row onto the disk, in its order. */
export const FAIL_POINTS = [
  "segment.before_header",
  "segment.before_rename",
  "segment.after_rename",
  "append.before_write",
  "append.half_written",
  "append.after_write",
  "seal.before_sync",
  "seal.before_close",
  "seal.after_close",
  "fold.before_part",
  "replace.before_sync",
  "replace.before_rename",
  "replace.after_rename",
  "fold.before_drop",
  "fold.between_drops",
  "fold.after_drop",
] as const;

/** Steps of what is done to a store now and then: prune, upgrade, repair. */
export const UPKEEP_FAIL_POINTS = [
  "info.before_copy",
  "aside.before_rename",
  "prune.before_info",
  "prune.after_info",
  "prune.after_log",
  "prune.after_remove",
  "upgrade.before_day",
  "upgrade.before_info",
  "repair.after_copy",
  "repair.after_move",
] as const;

export type FailPoint = (typeof FAIL_POINTS)[number] | (typeof UPKEEP_FAIL_POINTS)[number];

interface Fault {
  /** What MTR_FAIL_POINT names, or what a test of this process does there. */
  readonly action: string | (() => void);
  /** How often the point is still passed unharmed. */
  passes: number;
}

const ERRORS: Readonly<Record<string, string>> = {
  ENOSPC: "No space left on device (os error 28)",
  EIO: "Input/output error (os error 5)",
};

let faults: ReadonlyMap<string, Fault> = parse(Deno.env.get("MTR_FAIL_POINT") ?? "");

/**
 * Fails here if a test asked for it.
 * @param halfDone what has happened of the step by then, for one that can be interrupted in its middle
 */
export function failPoint(name: FailPoint, halfDone?: () => void): void {
  const fault = faults.get(name);
  if (fault === undefined || fault.passes-- > 0) return;
  halfDone?.();
  strike(fault.action);
}

/** Arms fail-points in this process until the result is disposed of. The text is that of MTR_FAIL_POINT. */
export function armFailPoints(text: string): Disposable {
  return arm(parse(text));
}

/** Does something at a fail-point of this process, `replace.before_rename@2`, from its second time on, until disposed of. */
export function atFailPoint(point: string, action: () => void): Disposable {
  const armed = [...parse(`${point}=call`)].map(([name, fault]) => [name, { ...fault, action }]);
  return arm(new Map(armed as [string, Fault][]));
}

function arm(armed: ReadonlyMap<string, Fault>): Disposable {
  const before = faults;
  faults = armed;
  return { [Symbol.dispose]: () => void (faults = before) };
}

function strike(action: Fault["action"]): void {
  if (typeof action === "function") return action();
  if (action === "kill") {
    Deno.kill(Deno.pid, "SIGKILL");
    // The signal may reach another thread of the process a moment later: this one does nothing more.
    while (true);
  }
  throw Object.assign(new Error(ERRORS[action] ?? action), { code: action });
}

function parse(text: string): Map<string, Fault> {
  const parsed = new Map<string, Fault>();
  for (const part of text.split(",").filter((part) => part !== "")) {
    const [, name = "", nth = "1", action = ""] = /^([\w.]+)(?:@(\d+))?=(\w+)$/.exec(part) ?? [];
    if (![...FAIL_POINTS, ...UPKEEP_FAIL_POINTS].some((known) => known === name)) {
      throw new Error(`MTR_FAIL_POINT: no fail-point called \`${part}\``);
    }
    parsed.set(name, { action, passes: Number(nth) - 1 });
  }
  return parsed;
}
