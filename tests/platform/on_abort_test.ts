import { deepEqual, equal } from "node:assert/strict";
import { onAbort } from "../../src/platform/mod.ts";

Deno.test("whoever waits for a signal is called once, in order; whoever stopped waiting is not", () => {
  const controller = new AbortController();
  const called: string[] = [];
  onAbort(controller.signal, () => called.push("first"));
  const stopWaiting = onAbort(controller.signal, () => called.push("gone"));
  onAbort(controller.signal, () => called.push("last"));
  stopWaiting();
  controller.abort();
  deepEqual(called, ["first", "last"]);
});

Deno.test("a signal that has aborted calls at once", () => {
  let calls = 0;
  onAbort(AbortSignal.abort(), () => calls++);
  equal(calls, 1);
});

Deno.test("waiting a thousand times costs a signal one listener", () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners++;
    add(...args);
  };
  for (let i = 0; i < 1000; i++) onAbort(signal, () => {})();
  equal(listeners, 1);
});
