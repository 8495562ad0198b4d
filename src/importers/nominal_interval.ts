/** Intervals that people ask programs for, in milliseconds. */
// deno-fmt-ignore
const USUAL_MS = [
  100, 200, 250, 500, 1000, 2000, 3000, 5000, 10_000, 15_000, 20_000, 30_000,
  60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000,
];
/** Programs that wait after they have worked are late by up to 2 %, powermetrics at 250 ms by 3 %. */
const LATENESS = 0.05;

/** The interval at which a file was recorded: the median of the spacing of its rows. */
export class NominalInterval {
  readonly #counts = new Map<number, number>();
  #spacings = 0;
  #previousTs: number | undefined;

  /** The next row's time, in the file's order. */
  add(ts: number): void {
    const spacing = ts - (this.#previousTs ?? ts);
    this.#previousTs = ts;
    if (spacing <= 0) return;
    this.#counts.set(spacing, (this.#counts.get(spacing) ?? 0) + 1);
    this.#spacings++;
  }

  /** Milliseconds; the usual interval that it is near to, else the median itself. Null where there is no spacing. */
  get ms(): number | null {
    let left = Math.ceil(this.#spacings / 2);
    for (const [spacing, count] of [...this.#counts].sort(([a], [b]) => a - b)) {
      left -= count;
      if (left <= 0) return usualNear(spacing);
    }
    return null;
  }
}

function usualNear(ms: number): number {
  return USUAL_MS.find((usual) => Math.abs(ms - usual) <= usual * LATENESS) ?? ms;
}
