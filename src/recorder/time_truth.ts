import type { Clock } from "../platform/mod.ts";
import type { RowFlag } from "../model/mod.ts";
import { tickOf } from "./tick_schedule.ts";

/** One moment on the three clocks. */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
  readonly bootMs: number;
}

/** What a row says about its time. */
export interface Stamp {
  readonly ts: number;
  readonly lateMs: number;
  readonly intervalS: number;
  readonly flags: readonly RowFlag[];
}

/** Clocks that disagree by less are being steered, not set. */
const CLOCK_STEP_MS = 1000;
/** Shorter than any real sleep, longer than any rounding between two clocks. */
const SLEEP_MS = 1500;
/** A row stands for at most so many ticks: beyond that nobody knows what happened. */
const MOST_TICKS = 5;

export function momentOf(clock: Clock): Moment {
  return { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs(), bootMs: clock.bootMs() };
}

/**
 * Tells apart what looks alike on one clock: a late tick, a sleep, a clock that was set. The wall clock alone jumps in
 * all of them; the monotonic one stands still in sleep; the boot clock goes on.
 */
export class TimeTruth {
  readonly #intervalMs: number;
  #flags = new Set<RowFlag>();
  #previous: Moment | undefined;
  /** Monotonic time of the last row's tick; undefined when the next row starts anew. */
  #lastRowMs: number | undefined;

  /** @param booted whether the machine was started since the last recording */
  constructor(intervalMs: number, booted: boolean) {
    this.#intervalMs = intervalMs;
    if (booted) this.#flags.add("boot");
  }

  /** Takes note of a tick, whether or not it will make a row. */
  observe(now: Moment): void {
    const before = this.#previous;
    this.#previous = now;
    if (!before) return;
    const boot = now.bootMs - before.bootMs;
    const asleep = boot - (now.monotonicMs - before.monotonicMs);
    const stepped = now.wallMs - before.wallMs - boot;
    if (Math.abs(stepped) > CLOCK_STEP_MS) this.#flags.add("clock_step");
    if (asleep > SLEEP_MS) {
      this.#flags.add("wake");
      this.#lastRowMs = undefined;
    }
  }

  /** The stamp of a row made at a moment. Takes the flags that have gathered: call it once a row. */
  stamp(now: Moment): Stamp {
    const ts = tickOf(now.wallMs, this.#intervalMs);
    const lateMs = Math.round(now.wallMs - ts);
    const tickMonotonicMs = now.monotonicMs - lateMs;
    const elapsedTicks = this.#lastRowMs === undefined
      ? 1
      : Math.round((tickMonotonicMs - this.#lastRowMs) / this.#intervalMs);
    const ticks = Math.min(MOST_TICKS, Math.max(1, elapsedTicks));
    this.#lastRowMs = tickMonotonicMs;
    const flags = [...this.#flags];
    this.#flags.clear();
    return { ts, lateMs, intervalS: (ticks * this.#intervalMs) / 1000, flags };
  }
}
