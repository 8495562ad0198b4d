/**
 * CPU clock: `cpufreq/scaling_cur_freq` of each core (kHz), else "cpu MHz" of `/proc/cpuinfo`.
 *
 * "cpu MHz" is a measurement only where the processor has the aperfmperf counters; without them (most virtual machines)
 * the kernel prints the nominal clock, which is not what we are asked for: then the metric is absent.
 *
 * Asking all cores costs 5 µs a core on current kernels, but 10 to 20 ms a core on some older ones (4.13 to 5.17) and
 * adds up on servers. So the cost is measured at the start: within the budget the clock is read every time, else only when series
 * are wanted (every 10 s by default), and is unknown in between.
 */
import type { Clock } from "../../platform/mod.ts";
import type { Collector, Moment } from "./collector.ts";
import type { KernelFiles } from "./kernel_files.ts";
import { meanOf, numberOf, times } from "./numbers.ts";

const BUDGET_MS = 0.3;
const CPUS = "devices/system/cpu";

/** Core number to MHz. */
type Clocks = ReadonlyMap<string, number>;

export function createCpuClock(
  { proc, sys, clock }: {
    proc: KernelFiles;
    sys: KernelFiles;
    clock: Pick<Clock, "monotonicMs">;
  },
): Collector {
  let readClocks: () => Clocks = () => new Map();
  let affordable = true;
  return {
    name: "cpu clock",
    discover() {
      readClocks = findClocks(proc, sys);
      // Twice, since the first time also opens the files.
      readClocks();
      const startMs = clock.monotonicMs();
      readClocks();
      affordable = clock.monotonicMs() - startMs <= BUDGET_MS;
    },
    collect(draft, { wantSeries }: Moment) {
      if (!affordable && !wantSeries) return;
      const clocks = readClocks();
      draft.put("cpu_mhz", meanOf([...clocks.values()]));
      if (!wantSeries) return;
      for (const [core, mhz] of clocks) draft.putSeries("core_mhz", core, mhz);
    },
  };
}

function findClocks(proc: KernelFiles, sys: KernelFiles): () => Clocks {
  const files = sys.list(CPUS)
    .filter((name) => /^cpu\d+$/.test(name))
    .map((name) => [name.slice("cpu".length), `${CPUS}/${name}/cpufreq/scaling_cur_freq`] as const)
    .filter(([, path]) => sys.exists(path));
  if (files.length > 0) return () => readFrequencies(sys, files);
  const info = proc.readOnce("cpuinfo") ?? "";
  if (/\baperfmperf\b/.test(info)) return () => parseCpuInfoClocks(proc.read("cpuinfo") ?? "");
  return () => new Map();
}

function readFrequencies(
  sys: KernelFiles,
  files: readonly (readonly [core: string, path: string])[],
): Clocks {
  const clocks = new Map<string, number>();
  for (const [core, path] of files) {
    const mhz = times(1e-3, sys.readNumber(path));
    if (mhz !== undefined) clocks.set(core, mhz);
  }
  return clocks;
}

/** "cpu MHz" of each processor (x86; other architectures have no such line). */
export function parseCpuInfoClocks(text: string): Clocks {
  const clocks = new Map<string, number>();
  let core = "";
  for (const [, key, value] of text.matchAll(/^(processor|cpu MHz)[ \t]*:[ \t]*([\d.]+)/gm)) {
    const mhz = numberOf(value);
    if (key === "processor") core = value ?? "";
    else if (mhz !== undefined) clocks.set(core, mhz);
  }
  return clocks;
}
