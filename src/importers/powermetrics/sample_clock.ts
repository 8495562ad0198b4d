import type { LocalClock, LocalMoment } from "../local_clock.ts";

/**
 * Moments of consecutive samples. powermetrics stamps them with whole seconds and measures their length in nanoseconds:
 * lengths are added up for as long as they agree with the stamps, so that ten samples a second are ten moments.
 */
export class SampleClock {
  #previousMs = Number.NEGATIVE_INFINITY;

  constructor(readonly clock: LocalClock) {}

  /** @param stampMs the whole second that stands in the sample */
  next(stampMs: number, elapsedMs: number, offsetMin: number | null): LocalMoment {
    const expectedMs = Math.round(this.#previousMs + elapsedMs);
    const ts = Math.min(stampMs + 999, Math.max(stampMs, expectedMs));
    this.#previousMs = ts;
    return this.clock.at(ts, offsetMin);
  }
}
