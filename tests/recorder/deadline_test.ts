import { equal, notEqual } from "node:assert/strict";
import { systemClock } from "../../src/platform/mod.ts";
import { Deadline } from "../../src/recorder/deadline.ts";

const clock = systemClock;
const TIMEOUT_MS = 20;

function begun(nextTick?: Promise<void>) {
  const stop = new AbortController();
  const deadline = new Deadline({ clock, timeoutMs: TIMEOUT_MS, stop: stop.signal });
  const now = { monotonicMs: clock.monotonicMs() };
  return { stop, deadline, now, signal: deadline.begin(now, nextTick) };
}

const reasonOf = ({ reason }: AbortSignal) => reason instanceof DOMException ? reason.name : reason;

for (
  const [how, nextTick] of [
    ["a next tick that comes earlier", () => clock.sleep(TIMEOUT_MS / 2)],
    ["a next tick that comes at the same time", () => clock.sleep(TIMEOUT_MS)],
    ["a next tick that is far", () => undefined],
  ] as const
) {
  Deno.test(`reads are given up in time, with ${how}`, async () => {
    const { deadline, now, signal } = begun(nextTick());
    using _ = deadline;
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    equal(reasonOf(signal), "TimeoutError");
    equal(clock.monotonicMs() - now.monotonicMs >= TIMEOUT_MS - 1, true);
    notEqual(deadline.begin({ monotonicMs: clock.monotonicMs() }), signal);
  });
}

Deno.test("reads that were in time are never given up, and share a signal with the next ones", async () => {
  const { deadline, signal } = begun(clock.sleep(1));
  using _ = deadline;
  deadline.end();
  const nextTick = clock.sleep(1);
  equal(deadline.begin({ monotonicMs: clock.monotonicMs() - TIMEOUT_MS }, nextTick), signal);
  deadline.end();
  await clock.sleep(TIMEOUT_MS * 2);
  equal(signal.aborted, false);
});

Deno.test("the end of the recording gives reads up at once", () => {
  const { deadline, stop, signal } = begun(new Promise(() => {}));
  using _ = deadline;
  stop.abort();
  equal(reasonOf(signal), "AbortError");
});
