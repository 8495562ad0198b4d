/**
 * Pressure stall information, `/proc/pressure/*` (Linux 4.20 and later, unless the kernel was built or booted without).
 *
 * The kernel's own averages are over 10 s and more; the total in microseconds gives the share of exactly our interval.
 */
import type { MetricId } from "../../model/mod.ts";
import type { Collector } from "./collector.ts";
import { CounterMeter } from "./counters.ts";
import type { KernelFiles } from "./kernel_files.ts";
import { numberOf } from "./numbers.ts";

const RESOURCES = [
  { file: "pressure/cpu", id: "cpu_pressure_pct" },
  { file: "pressure/memory", id: "mem_pressure_pct" },
  { file: "pressure/io", id: "io_pressure_pct" },
] as const satisfies readonly { file: string; id: MetricId }[];

const US_PER_S = 1e6;

export function createPressure(proc: KernelFiles): Collector {
  const meter = new CounterMeter();
  return {
    name: "pressure",
    collect(draft, { monotonicMs }) {
      const stalls = new Map<string, readonly number[]>();
      for (const { file, id } of RESOURCES) {
        const us = parseSomeTotalUs(proc.read(file) ?? "");
        if (us !== undefined) stalls.set(id, [us]);
      }
      const growth = meter.growth(stalls, monotonicMs);
      for (const { id } of RESOURCES) {
        const [usPerS] = growth?.perDevice.get(id) ?? [];
        // The kernel closes a stall a moment after our clock was read: a full second may look like 100.1 %.
        if (usPerS !== undefined) draft.put(id, Math.min(100, 100 * usPerS / US_PER_S));
      }
    },
  };
}

/** Microseconds since boot in which some task waited. */
export function parseSomeTotalUs(text: string): number | undefined {
  return numberOf(/^some .*\btotal=(\d+)/m.exec(text)?.[1]);
}
