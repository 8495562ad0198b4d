import {
  messageOf,
  type Reading,
  type ReadRequest,
  type Source,
  type SourceResult,
  type SourceRow,
} from "../model/mod.ts";
import { onAbort } from "../platform/mod.ts";

/** Failures in a row before reads become rarer. */
const PATIENCE = 3;
/** A source that is gone is asked at least so often: it may come back at any time. */
const LONGEST_BACK_OFF_MS = 10_000;

/** Time for a source to say itself why it did not answer, before it is given up. */
const GRACE_MS = 50;

/** What became of one tick's read. `skipped`: the source is backing off. */
export type Outcome =
  | { readonly state: "ok"; readonly reading: Reading }
  | { readonly state: "not_ready" | "failed" | "skipped"; readonly reason: string };

/** Reads one source, backs off while it fails, and keeps the books for its row in `sources`. */
export class SourceMonitor {
  readonly source: Source;
  readonly #intervalMs: number;
  #failuresInARow = 0;
  #resumeAtMs = Number.NEGATIVE_INFINITY;
  #reason = "";
  #reads = 0;
  #failures = 0;
  #notReady = 0;
  #dropped = 0;
  #readMs = 0;
  #message: string | undefined;

  constructor(source: Source, intervalMs: number) {
    this.source = source;
    this.#intervalMs = intervalMs;
  }

  async read(request: ReadRequest): Promise<Outcome> {
    if (request.monotonicMs < this.#resumeAtMs) return { state: "skipped", reason: this.#reason };
    const started = performance.now();
    const result = await this.#readSafely(request);
    // A read that the end of the recording cut short is no failure of the source.
    if (result.state !== "ok" && wasCutShort(request.signal)) {
      return { ...result, state: "skipped" };
    }
    this.#reads++;
    this.#readMs += performance.now() - started;
    if (result.state === "ok") this.#succeeded(result.reading);
    else this.#didNot(result, request.monotonicMs);
    return result;
  }

  /** Counts values of this source that could not be true. */
  countDropped(values: number, note: string): void {
    this.#dropped += values;
    if (values > 0) this.#message = note;
  }

  /** The books since the last call, and starts new ones; null when nothing was read. */
  takeRow(ts: number, utcOffsetMin: number): SourceRow | null {
    if (this.#reads === 0) return null;
    const row: SourceRow = {
      ts,
      utc_offset_min: utcOffsetMin,
      source: this.source.name,
      description: this.source.describe(),
      interval_s: this.#intervalMs / 1000,
      reads: this.#reads,
      failures: this.#failures,
      not_ready: this.#notReady,
      dropped_values: this.#dropped,
      read_ms: Math.round((this.#readMs / this.#reads) * 100) / 100,
      ...(this.#message === undefined ? {} : { message: this.#message }),
    };
    this.#reads =
      this.#failures =
      this.#notReady =
      this.#dropped =
      this.#readMs =
        0;
    this.#message = undefined;
    return row;
  }

  /** A source promises to listen to the signal and not to throw; a recording does not depend on the promises. */
  async #readSafely(request: ReadRequest): Promise<SourceResult> {
    const { promise, resolve } = Promise.withResolvers<SourceResult>();
    const fail = (error: unknown) => resolve({ state: "failed", reason: messageOf(error) });
    let grace: ReturnType<typeof setTimeout> | undefined;
    const stopListening = onAbort(request.signal, () => {
      grace = setTimeout(() => fail(request.signal.reason), GRACE_MS);
    });
    try {
      this.source.read(request).then(resolve, fail);
    } catch (error) {
      fail(error);
    }
    const result = await promise;
    stopListening();
    if (grace !== undefined) clearTimeout(grace);
    return result;
  }

  #succeeded(reading: Reading): void {
    this.#failuresInARow = 0;
    if (reading.notes.length > 0) this.#message = reading.notes.join("; ");
  }

  #didNot(result: Exclude<SourceResult, { state: "ok" }>, nowMs: number): void {
    this.#reason = this.#message = result.reason;
    if (result.state === "not_ready") {
      this.#notReady++;
      return;
    }
    this.#failures++;
    this.#failuresInARow++;
    const doublings = this.#failuresInARow - PATIENCE;
    if (doublings < 0) return;
    this.#resumeAtMs = nowMs + Math.min(LONGEST_BACK_OFF_MS, this.#intervalMs * 2 ** doublings);
  }
}

function wasCutShort({ aborted, reason }: AbortSignal): boolean {
  return aborted && reason instanceof DOMException && reason.name === "AbortError";
}
