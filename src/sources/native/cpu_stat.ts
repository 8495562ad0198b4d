/** CPU use from `/proc/stat` (man 5 proc_stat): time counters of the whole machine and of each core. */
import type { Collector } from "./collector.ts";
import type { KernelFiles } from "./kernel_files.ts";

/** Time spent since boot, in clock ticks. */
export interface CpuTimes {
  /** user + nice + system + irq + softirq; guests are part of user. */
  readonly busy: number;
  readonly idle: number;
  readonly iowait: number;
  readonly steal: number;
}

export interface CpuUse {
  readonly busyPct: number;
  readonly iowaitPct: number;
  readonly stealPct: number;
}

/** Use of the whole machine at each read; of each core only when series are wanted, over the time since the last such read. */
export function createCpuStat(proc: KernelFiles): Collector {
  let machine: CpuTimes | undefined;
  let cores: ReadonlyMap<string, CpuTimes> = new Map();
  return {
    name: "cpu use",
    collect(draft, { wantSeries }) {
      const text = proc.read("stat") ?? "";
      const before = machine;
      machine = parseMachineTimes(text);
      const use = before && machine && useBetween(before, machine);
      draft.put("cpu_pct", use?.busyPct);
      draft.put("cpu_iowait_pct", use?.iowaitPct);
      draft.put("cpu_steal_pct", use?.stealPct);
      if (!wantSeries) return;
      const earlier = cores;
      cores = parseCoreTimes(text);
      for (const [core, times] of cores) {
        const from = earlier.get(core);
        draft.putSeries("core_pct", core, from && useBetween(from, times)?.busyPct);
      }
    },
  };
}

/** The times of the first line, which sums up all cores. */
export function parseMachineTimes(text: string): CpuTimes | undefined {
  return text.startsWith("cpu ") ? parseTimes(lineAt(text, 0)) : undefined;
}

/** The times of each core that is online, by its number. */
export function parseCoreTimes(text: string): ReadonlyMap<string, CpuTimes> {
  const cores = new Map<string, CpuTimes>();
  // By hand, because the lines after these (interrupts) are long and not wanted.
  for (let at = text.indexOf("\ncpu"); at >= 0; at = text.indexOf("\ncpu", at + 1)) {
    const line = lineAt(text, at + 1);
    const times = parseTimes(line);
    if (times) cores.set(line.slice("cpu".length, line.indexOf(" ")), times);
  }
  return cores;
}

/**
 * Shares of the time between two looks; undefined where a counter went down (a core was switched off, a guest was moved)
 * or no time passed.
 */
export function useBetween(before: CpuTimes, now: CpuTimes): CpuUse | undefined {
  const busy = now.busy - before.busy;
  const steal = now.steal - before.steal;
  // The kernel documents that iowait may decrease; idle does so too, by a little, since both are estimated per core.
  const iowait = Math.max(0, now.iowait - before.iowait);
  const idleChange = now.idle - before.idle;
  const total = busy + Math.max(0, idleChange) + iowait + steal;
  if (busy < 0 || steal < 0 || idleChange < -IDLE_JITTER_TICKS || total <= 0) return undefined;
  return {
    busyPct: 100 * busy / total,
    iowaitPct: 100 * iowait / total,
    stealPct: 100 * steal / total,
  };
}

/** 3 s, as node_exporter has it: idle time that fell by more was reset. */
const IDLE_JITTER_TICKS = 300;

function parseTimes(line: string): CpuTimes | undefined {
  // Two spaces follow "cpu", one follows "cpu0".
  const columns = line.slice(line.indexOf(" ")).trimStart().split(" ").map(Number);
  const [user, nice, system, idle, iowait, irq, softirq, steal] = columns;
  const busy = (user ?? NaN) + (nice ?? NaN) + (system ?? NaN) + (irq ?? NaN) + (softirq ?? NaN);
  const times = { busy, idle: idle ?? NaN, iowait: iowait ?? NaN, steal: steal ?? NaN };
  return Object.values(times).every(Number.isFinite) ? times : undefined;
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf("\n", start);
  return text.slice(start, end < 0 ? undefined : end);
}
