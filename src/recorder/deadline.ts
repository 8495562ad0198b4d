import { durationText } from "../model/mod.ts";
import { onAbort } from "../platform/mod.ts";

/**
 * The time limit of each tick's reads. Its signal aborts when they have taken too long or the recording ends; ticks that
 * were in time share one signal, since a new one every second would cost more than the reads' other promises.
 */
export class Deadline implements Disposable {
  readonly #timeoutMs: number;
  readonly #stopListening: () => void;
  #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;

  /** @param stop aborts when the recording ends */
  constructor(timeoutMs: number, stop: AbortSignal) {
    this.#timeoutMs = timeoutMs;
    this.#stopListening = onAbort(stop, () => {
      this.#isStopped = true;
      this.#controller.abort(new DOMException("the recording ends", "AbortError"));
    });
  }

  /** Begins to count the time of a tick's reads. */
  begin(): AbortSignal {
    if (this.#controller.signal.aborted && !this.#isStopped) {
      this.#controller = new AbortController();
    }
    this.#timer = setTimeout(() => {
      const text = `no answer within ${durationText(this.#timeoutMs / 1000)}`;
      this.#controller.abort(new DOMException(text, "TimeoutError"));
    }, this.#timeoutMs);
    return this.#controller.signal;
  }

  /** The reads have ended. */
  end(): void {
    clearTimeout(this.#timer);
  }

  [Symbol.dispose](): void {
    this.end();
    this.#stopListening();
  }
}
