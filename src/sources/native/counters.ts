/** From counters to rates: growth since the last look, for one or several devices. */

/** Per device (disk, interface, …) its counters, always in the same order. */
export type Counts = ReadonlyMap<string, readonly number[]>;

export interface Growth {
  /** Counters per second, of the devices that were there at both looks. */
  readonly perDevice: Counts;
  /** The same, summed; undefined when no device was there twice or one ran backwards. */
  readonly total: readonly number[] | undefined;
}

/** Remembers the last look. */
export class CounterMeter {
  #counts: Counts | undefined;
  #atMs = 0;

  /** Growth per second since the last call; undefined at the first. */
  growth(counts: Counts, atMs: number): Growth | undefined {
    const before = this.#counts;
    const elapsedS = (atMs - this.#atMs) / 1000;
    this.#counts = counts;
    this.#atMs = atMs;
    return before && elapsedS > 0 ? growthBetween(before, counts, elapsedS) : undefined;
  }
}

/** A device whose counter went down was reset or wrapped: what it did is not known, so the sum is not known either. */
export function growthBetween(before: Counts, now: Counts, elapsedS: number): Growth {
  const perDevice = new Map<string, readonly number[]>();
  let total: number[] | undefined;
  let complete = true;
  for (const [device, counters] of now) {
    const earlier = before.get(device);
    if (!earlier) continue;
    const rates = counters.map((counter, i) => (counter - (earlier[i] ?? NaN)) / elapsedS);
    if (!rates.every((rate) => rate >= 0)) {
      complete = false;
      continue;
    }
    perDevice.set(device, rates);
    total = rates.map((rate, i) => rate + (total?.[i] ?? 0));
  }
  return { perDevice, total: complete ? total : undefined };
}
