import { setImmediate } from "node:timers";
import type { Clock } from "../../src/platform/mod.ts";

interface Event {
  readonly at: number;
  readonly happen: () => void;
}

/** Three clocks that go only when somebody sleeps on them. Events happen at monotonic times, in order. */
export class FakeClock implements Clock {
  #wall: number;
  #monotonic = 1_000_000;
  #boot = 5_000_000;
  #events: Event[] = [];

  constructor(wallMs: number) {
    this.#wall = wallMs;
  }

  wallMs(): number {
    return this.#wall;
  }
  monotonicMs(): number {
    return this.#monotonic;
  }
  bootMs(): number {
    return this.#boot;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const until = this.#monotonic + ms;
    // Time goes by only when nobody has anything to do.
    await new Promise((idle) => setImmediate(idle));
    while (!signal?.aborted && this.#monotonic < until) {
      const [next] = this.#events;
      this.pass(Math.min(until, next?.at ?? until) - this.#monotonic);
    }
  }

  /** Lets time go by, on all three clocks. */
  pass(ms: number): void {
    this.#wall += ms;
    this.#monotonic += ms;
    this.#boot += ms;
    while (this.#events[0] && this.#events[0].at <= this.#monotonic) this.#events.shift()?.happen();
  }

  /** Something that happens when so much time has gone by from now. */
  after(ms: number, happen: () => void): void {
    this.#events.push({ at: this.#monotonic + ms, happen });
    this.#events.sort((a, b) => a.at - b.at);
  }

  /** The machine sleeps: its monotonic clock stands still. */
  suspend(ms: number): void {
    this.#wall += ms;
    this.#boot += ms;
  }

  /** Somebody sets the clock. */
  step(ms: number): void {
    this.#wall += ms;
  }
}
