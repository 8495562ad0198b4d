import { durationText } from "../model/mod.ts";
import { type Clock, onAbort } from "../platform/mod.ts";

export interface DeadlineOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Aborts when the recording ends. */
  readonly stop: AbortSignal;
}

/**
 * The time limit of each tick's reads. Its signal aborts when they have taken too long or the recording ends; ticks that
 * were in time share one signal, since a new one every second would cost more than the reads' other promises.
 */
export class Deadline implements Disposable {
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #stopListening: () => void;
  #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts beginnings and ends, so that what was begun can tell whether it goes on. */
  #turn = 0;
  #isStopped = false;

  constructor({ clock, timeoutMs, stop }: DeadlineOptions) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
    this.#stopListening = onAbort(stop, () => {
      this.#isStopped = true;
      this.#controller.abort(new DOMException("the recording ends", "AbortError"));
    });
  }

  /**
   * Begins to count the time of a tick's reads.
   * @param nextTick where the limit is not before it: then a timer is set only if it comes while there still are reads.
   * That is nearly never, and a timer for every tick costs as much as writing its row.
   */
  begin({ monotonicMs }: { readonly monotonicMs: number }, nextTick?: Promise<void>): AbortSignal {
    if (this.#controller.signal.aborted && !this.#isStopped) {
      this.#controller = new AbortController();
    }
    const turn = ++this.#turn;
    const setTimer = () => {
      if (this.#turn === turn) this.#setTimer(monotonicMs);
    };
    if (nextTick) nextTick.then(setTimer);
    else setTimer();
    return this.#controller.signal;
  }

  /** The reads have ended. */
  end(): void {
    this.#turn++;
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  [Symbol.dispose](): void {
    this.end();
    this.#stopListening();
  }

  #setTimer(begunMs: number): void {
    const leftMs = begunMs + this.#timeoutMs - this.#clock.monotonicMs();
    this.#timer = setTimeout(() => {
      const text = `no answer within ${durationText(this.#timeoutMs / 1000)}`;
      this.#controller.abort(new DOMException(text, "TimeoutError"));
    }, Math.max(0, leftMs));
  }
}
