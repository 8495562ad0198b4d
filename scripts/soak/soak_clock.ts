import { FakeClock } from "../../tests/recorder/fake_clock.ts";

/** Ticks between two looks at what really happens: fsyncs, child processes. */
const TICKS_A_LOOK = 10;

/** A fake clock that goes as fast as it can, and slowly while something real is going on beside the recording. */
export class SoakClock extends FakeClock {
  #sleeps = 0;
  #busy = 0;

  /** Lets something real happen while the recording goes on at about a tick a millisecond. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#busy++;
    try {
      return await work;
    } finally {
      this.#busy--;
    }
  }

  override async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (this.#busy > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    else if (++this.#sleeps % TICKS_A_LOOK === 0) {
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    await super.sleep(ms, signal);
  }
}
