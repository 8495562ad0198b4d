/** Memory and swap from `/proc/meminfo` (man 5 proc_meminfo; its "kB" are KiB). */
import type { MetricId } from "../../model/mod.ts";
import type { Collector } from "./collector.ts";
import type { KernelFiles } from "./kernel_files.ts";
import { numberOf, sumOf, times } from "./numbers.ts";

type MemoryValues = Partial<Record<MetricId, number | undefined>>;

export function createMemory(proc: KernelFiles): Collector {
  return {
    name: "memory",
    collect(draft) {
      const values = parseMemory(proc.read("meminfo") ?? "");
      for (const [id, bytes] of Object.entries(values)) draft.put(id as MetricId, bytes);
    },
  };
}

export function parseMemory(text: string): MemoryValues {
  const lines = `\n${text}`;
  const of = (key: string) => times(1024, kibibytesOf(lines, key));
  const total = of("MemTotal");
  const cached = of("Cached");
  const buffers = of("Buffers");
  // Before Linux 3.14 there is no MemAvailable; this is what `free` then made of it.
  const available = of("MemAvailable") ?? sumOf([of("MemFree"), buffers, cached]);
  const swapTotal = of("SwapTotal");
  // Shared memory is counted as cache, but cannot be given back.
  const reclaimable = sumOf([cached, buffers, of("SReclaimable"), times(-1, of("Shmem"))]);
  return {
    ram_total_bytes: total,
    ram_available_bytes: available,
    ram_used_bytes: sumOf([total, times(-1, available)]),
    ram_cached_bytes: reclaimable === undefined ? undefined : Math.max(0, reclaimable),
    swap_total_bytes: swapTotal,
    swap_used_bytes: sumOf([swapTotal, times(-1, of("SwapFree"))]),
  };
}

/** `text` begins with a line break, so that a key is found only at the start of a line ("Cached" is not "SwapCached"). */
function kibibytesOf(text: string, key: string): number | undefined {
  const label = `\n${key}:`;
  const start = text.indexOf(label);
  const end = text.indexOf(" kB", start);
  return start < 0 || end < 0 ? undefined : numberOf(text.slice(start + label.length, end));
}
