import { libc } from "./libc.ts";
import { onAbort } from "./on_abort.ts";

/** Time, as recorders and tests need it. */
export interface Clock {
  /** Milliseconds since the epoch; jumps when somebody sets the clock. */
  wallMs(): number;
  /** Milliseconds that never jump and stand still while the machine sleeps. */
  monotonicMs(): number;
  /** Milliseconds that never jump and go on while the machine sleeps. */
  bootMs(): number;
  /** Resolves after a time, or early when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** CLOCK_BOOTTIME on Linux; on macOS CLOCK_MONOTONIC is the one that counts sleep. */
const CLOCK_COUNTING_SLEEP = Deno.build.os === "darwin" ? 6 : 7;

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  bootMs,
  sleep,
};

const timespec = new BigInt64Array(2);
const timespecBytes = new Uint8Array(timespec.buffer);

function bootMs(): number {
  libc().clock_gettime(CLOCK_COUNTING_SLEEP, timespecBytes);
  return Number(timespec[0]) * 1000 + Number(timespec[1]) / 1e6;
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      stopListening?.();
      resolve();
    }, ms);
    const stopListening = signal && onAbort(signal, () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
