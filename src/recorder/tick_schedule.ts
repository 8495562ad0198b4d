import type { Clock } from "../platform/mod.ts";

/** A timer does not count the machine's sleep: with an hourly tick it would be an hour late after waking up. */
const LONGEST_NAP_MS = 30_000;

/** The first tick after a moment: ticks are the wall clock's whole multiples of the interval. */
export function tickAfter(wallMs: number, intervalMs: number): number {
  return (Math.floor(wallMs / intervalMs) + 1) * intervalMs;
}

/** The tick that a moment belongs to. */
export function tickOf(wallMs: number, intervalMs: number): number {
  return Math.floor(wallMs / intervalMs) * intervalMs;
}

/**
 * Waits for the next tick by the wall clock: no drift, and ticks that were slept through are not caught up.
 * Returns early when the signal aborts.
 */
export async function waitForTick(
  clock: Clock,
  intervalMs: number,
  signal: AbortSignal,
): Promise<void> {
  const tick = tickAfter(clock.wallMs(), intervalMs);
  while (!signal.aborted) {
    const wait = tick - clock.wallMs();
    // Beyond one interval the clock was set back while waiting: the next tick is another one.
    if (wait <= 0 || wait > intervalMs) return;
    await clock.sleep(Math.min(wait, LONGEST_NAP_MS), signal);
  }
}
