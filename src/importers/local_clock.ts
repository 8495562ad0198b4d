import { ZoneOffsets } from "../platform/mod.ts";
import type { ParsedTime } from "./timestamp.ts";

/** A moment and how far local time was ahead of UTC. */
export interface LocalMoment {
  readonly ts: number;
  readonly utcOffsetMin: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A clock that is set right by a few seconds goes back as well. */
const STEERING_MS = 10_000;
const QUARTER_HOUR_MS = 900_000;

/**
 * Wall clocks of one file → moments, in a zone. When clocks are set back an hour of wall time comes twice; which of the
 * two is meant follows from the order of the lines: make one clock a file and ask it in the file's order.
 */
export class LocalClock {
  readonly #offsets: ZoneOffsets;
  #quarterHour = Number.NaN;
  #candidates: readonly number[] = [];
  #previous: LocalMoment = { ts: Number.NEGATIVE_INFINITY, utcOffsetMin: 0 };

  constructor(readonly timeZone: string) {
    this.#offsets = new ZoneOffsets(timeZone);
  }

  /**
   * The moment that was written. An offset that stands there is taken; UTC says nothing about the place, so that the
   * zone's offset is.
   */
  momentOf(time: ParsedTime): LocalMoment {
    if ("wallMs" in time) return this.#resolve(time.wallMs);
    return this.at(time.ms, time.offsetMin || null);
  }

  /** A moment that is known, with the offset that is known or the zone's. */
  at(ts: number, offsetMin: number | null = null): LocalMoment {
    return { ts, utcOffsetMin: offsetMin ?? this.#offsets.offsetMinAt(ts) };
  }

  #resolve(wallMs: number): LocalMoment {
    const candidates = this.#candidatesFor(wallMs);
    const moments = candidates.map((utcOffsetMin) => ({
      ts: wallMs - utcOffsetMin * MINUTE_MS,
      utcOffsetMin,
    }));
    const [first, second] = moments;
    if (!first) throw new RangeError(`no offset for ${wallMs} in ${this.timeZone}`);
    const chosen = second && this.#isSecondRound(first, second) ? second : first;
    this.#previous = chosen;
    return chosen;
  }

  /** It begins where the clock goes back, and lasts until the hour is over. */
  #isSecondRound(first: LocalMoment, second: LocalMoment): boolean {
    const { ts, utcOffsetMin } = this.#previous;
    const hasBegun = utcOffsetMin === second.utcOffsetMin && ts > first.ts - DAY_MS;
    return hasBegun || first.ts < ts - STEERING_MS;
  }

  /** Offsets that this wall time can have, the earlier moment first; one that was skipped has the offset of before. */
  #candidatesFor(wallMs: number): readonly number[] {
    const quarterHour = Math.floor(wallMs / QUARTER_HOUR_MS);
    if (quarterHour === this.#quarterHour) return this.#candidates;
    this.#quarterHour = quarterHour;
    const startMs = quarterHour * QUARTER_HOUR_MS;
    const before = this.#offsets.offsetMinAt(startMs - DAY_MS);
    const after = this.#offsets.offsetMinAt(startMs + DAY_MS);
    const possible = [...new Set([before, after])]
      .filter((offset) => this.#offsets.offsetMinAt(startMs - offset * MINUTE_MS) === offset)
      .sort((a, b) => b - a);
    this.#candidates = possible.length > 0 ? possible : [before];
    return this.#candidates;
  }
}
