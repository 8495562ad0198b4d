import type { Statistics } from "../report.ts";

/** A stretch of recorded time, epoch milliseconds, end exclusive. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/** What is known about one metric and its neighbours, for a verdict. */
export interface Evidence {
  readonly statistics: Statistics;
  /** Share of the recorded time above 90 %, in percent. */
  readonly above90Pct: number;
  /** The longest stretch above 90 % without a break; null when there was none of a minute. */
  readonly longestAbove90: Stretch | null;
  readonly recordedS: number;
  /** Share of the period that was not recorded though the machine ran, in percent: a peak could hide there. */
  readonly unseenPct: number;
  /** Swap in use as a share of RAM; null where it is not recorded. */
  readonly swap: Statistics | null;
  /** Time in which some task waited for memory; null where the system does not tell. */
  readonly memoryPressure: Statistics | null;
  /** Share of the recorded time in which the machine slowed down because of heat; null where it is not recorded. */
  readonly throttledPct: number | null;
  readonly ramTotalBytes: number | null;
}
