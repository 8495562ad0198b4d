import type { MetricId, Reading, SourceResult } from "../../model/mod.ts";

/** How long values may stay the same to the last bit: a running machine's do not. */
export const STALE_AFTER_MS = 60_000;
/** Several reads as well as a long time: a mactop that the user runs with a long interval is not stuck. */
const MIN_STALE_READS = 5;
const WATCHED: readonly MetricId[] = [
  "cpu_pct",
  "gpu_pct",
  "cpu_watts",
  "gpu_watts",
  "package_watts",
  "total_watts",
];
const CPU_SHARES: readonly MetricId[] = ["cpu_pct", "ecpu_pct", "pcpu_pct", "scpu_pct"];

/**
 * What one reading alone cannot show: that mactop hangs (it then answers with its last values for ever), and that it
 * has just started (its first CPU figures are 0, since two looks at the counters are needed).
 */
export class ValueWatch {
  readonly #staleAfterMs: number;
  #last: readonly (number | undefined)[] = [];
  #changedAtMs = 0;
  #readsSinceChange = 0;
  #hasSeenCpu = false;

  constructor(staleAfterMs: number) {
    this.#staleAfterMs = staleAfterMs;
  }

  /** The result to use instead of this one. */
  check(result: SourceResult, monotonicMs: number): SourceResult {
    if (result.state !== "ok") {
      // After a pause it may be another mactop, at its start.
      this.#hasSeenCpu = false;
      this.#last = [];
      return result;
    }
    if (this.#isStale(result.reading, monotonicMs)) {
      const seconds = Math.round(this.#staleAfterMs / 1000);
      return {
        state: "failed",
        reason: `mactop answers, but its values have not changed for ${seconds} s`,
      };
    }
    this.#hasSeenCpu ||= result.reading.values.cpu_pct !== 0;
    return this.#hasSeenCpu ? result : { ...result, reading: withoutCpu(result.reading) };
  }

  #isStale({ values }: Reading, monotonicMs: number): boolean {
    const now = WATCHED.map((id) => values[id]);
    const isSame = this.#last.length > 0 &&
      now.every((value, i) => Object.is(value, this.#last[i]));
    this.#last = now;
    if (!isSame) {
      this.#changedAtMs = monotonicMs;
      this.#readsSinceChange = 0;
    } else this.#readsSinceChange++;
    return this.#readsSinceChange >= MIN_STALE_READS &&
      monotonicMs - this.#changedAtMs >= this.#staleAfterMs;
  }
}

function withoutCpu(reading: Reading): Reading {
  const values = { ...reading.values };
  for (const id of CPU_SHARES) delete values[id];
  return {
    ...reading,
    values,
    series: reading.series.filter(({ metric }) => metric !== "core_pct"),
  };
}
