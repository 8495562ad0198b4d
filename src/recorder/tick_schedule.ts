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
 * @param lastTickMs monotonic time of the tick before; NaN at the first
 */
export async function waitForTick(
  clock: Clock,
  intervalMs: number,
  signal: AbortSignal,
  lastTickMs: number,
): Promise<void> {
  const next = () => {
    const wallMs = clock.wallMs();
    const tick = tickAfter(wallMs, intervalMs);
    const sinceLastMs = clock.monotonicMs() + tick - wallMs - lastTickMs;
    // A clock that was set back by a moment would bring the same tick again.
    return sinceLastMs < intervalMs / 2 ? tick + intervalMs : tick;
  };
  let tick = next();
  while (!signal.aborted) {
    if (clock.wallMs() >= tick) return;
    // Beyond one interval the clock was set back while waiting: the next tick is another one.
    if (tick - clock.wallMs() > intervalMs) tick = next();
    await clock.sleep(Math.min(tick - clock.wallMs(), LONGEST_NAP_MS), signal);
  }
}
