import { durationText } from "../model/mod.ts";

/**
 * The signal of one tick's reads: aborts when they have taken too long or the recording ends. Disposed of after the tick;
 * AbortSignal.any and .timeout would leave something behind at every tick.
 */
export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #stop: AbortSignal;
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #onStop = () =>
    this.#controller.abort(new DOMException("the recording ends", "AbortError"));

  /** @param stop aborts when the recording ends */
  constructor(timeoutMs: number, stop: AbortSignal) {
    this.#stop = stop;
    this.#timer = setTimeout(() => {
      const text = `no answer within ${durationText(timeoutMs / 1000)}`;
      this.#controller.abort(new DOMException(text, "TimeoutError"));
    }, timeoutMs);
    if (stop.aborted) this.#onStop();
    else stop.addEventListener("abort", this.#onStop);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#stop.removeEventListener("abort", this.#onStop);
  }
}
