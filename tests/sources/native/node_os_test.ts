import { deepEqual, equal, ok } from "node:assert/strict";
import { createNativeSource } from "../../../src/sources/native/mod.ts";
import type { NodeOs } from "../../../src/sources/native/node_os.ts";
import { readingOf } from "./fake_machine.ts";

const GIB = 2 ** 30;
const { signal } = new AbortController();

Deno.test("macOS: CPU from the times of its cores, memory, swap and load", async () => {
  let looks = 0;
  const nodeOs: NodeOs = {
    coreTimes: () => {
      const more = looks++ === 0 ? 0 : 1;
      return [
        { user: 100 + 400 * more, nice: 0, sys: 50 + 100 * more, idle: 900 + 500 * more, irq: 0 },
        { user: 200, nice: 10, sys: 30, idle: 800 + 1000 * more, irq: 0 },
      ];
    },
    memory: () => ({
      total: 16 * GIB,
      available: 6 * GIB,
      swapTotal: 2 * GIB,
      swapFree: 1.5 * GIB,
    }),
    load: () => [1.5, 1.25, 1],
  };
  const source = createNativeSource({ os: "darwin", nodeOs });
  await source.open(signal);
  const request = { monotonicMs: 1000, wantSeries: true, signal };
  const { values, labelled } = readingOf(await source.read(request));
  deepEqual(values, {
    cpu_pct: 25,
    ram_total_bytes: 16 * GIB,
    ram_available_bytes: 6 * GIB,
    ram_used_bytes: 10 * GIB,
    swap_total_bytes: 2 * GIB,
    swap_used_bytes: GIB / 2,
    load1: 1.5,
    load5: 1.25,
    load15: 1,
  });
  deepEqual(labelled, { "core_pct 0": 50, "core_pct 1": 0 });
  await source.close();
});

Deno.test("the runtime's own answers fit, here too", async () => {
  const source = createNativeSource({ os: "darwin" });
  await source.open(signal);
  await new Promise((resolve) => setTimeout(resolve, 150));
  const request = { monotonicMs: performance.now(), wantSeries: true, signal };
  const { values, labelled } = readingOf(await source.read(request));
  ok(values.cpu_pct !== undefined && values.cpu_pct >= 0 && values.cpu_pct <= 100);
  ok((values.ram_used_bytes ?? 0) > 0);
  ok((values.ram_used_bytes ?? 0) < (values.ram_total_bytes ?? 0));
  equal(Object.keys(labelled).length, navigator.hardwareConcurrency);
  await source.close();
});
