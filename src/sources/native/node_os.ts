/**
 * The light source for macOS: what `node:os` and Deno say without any other program. CPU, memory, swap and load;
 * no temperatures, no power (that is what mactop is for).
 */
import { cpus } from "node:os";
import type { Collector } from "./collector.ts";
import { type CpuTimes, useBetween } from "./cpu_stat.ts";

/** Milliseconds a core spent, as node:os counts them. */
export interface CoreTimes {
  readonly user: number;
  readonly nice: number;
  readonly sys: number;
  readonly idle: number;
  readonly irq: number;
}

/** What is asked of the runtime; tests bring their own. */
export interface NodeOs {
  coreTimes(): readonly CoreTimes[];
  /** Bytes; on macOS `available` is free + inactive, as mactop counts. (Deno before 2.1.5 gave KiB there.) */
  memory(): Pick<Deno.SystemMemoryInfo, "total" | "available" | "swapTotal" | "swapFree">;
  load(): readonly number[];
}

const runtime: NodeOs = {
  coreTimes: () => cpus().map(({ times }) => times),
  memory: () => Deno.systemMemoryInfo(),
  load: () => Deno.loadavg(),
};

export function createNodeOsCollectors(os: NodeOs = runtime): Collector[] {
  return [createCores(os), createMemoryAndSwap(os), createLoadAverages(os)];
}

function createCores(os: NodeOs): Collector {
  let machine: CpuTimes | undefined;
  let cores: readonly CpuTimes[] = [];
  return {
    name: "cpu use",
    collect(draft, { wantSeries }) {
      const now = os.coreTimes().map(cpuTimesOf);
      const before = machine;
      machine = now.length > 0 ? now.reduce(added) : undefined;
      draft.put("cpu_pct", before && machine && useBetween(before, machine)?.busyPct);
      if (!wantSeries) return;
      const earlier = cores;
      cores = now;
      for (const [i, times] of now.entries()) {
        const from = earlier[i];
        draft.putSeries("core_pct", String(i), from && useBetween(from, times)?.busyPct);
      }
    },
  };
}

function createMemoryAndSwap(os: NodeOs): Collector {
  return {
    name: "memory",
    collect(draft) {
      const { total, available, swapTotal, swapFree } = os.memory();
      // 0 is what the runtime says when the system call failed.
      if (total > 0 && available > 0) {
        draft.put("ram_total_bytes", total);
        draft.put("ram_used_bytes", total - available);
        draft.put("ram_available_bytes", available);
      }
      draft.put("swap_total_bytes", swapTotal);
      draft.put("swap_used_bytes", swapTotal - swapFree);
    },
  };
}

function createLoadAverages(os: NodeOs): Collector {
  return {
    name: "load",
    collect(draft) {
      const [one, five, fifteen] = os.load();
      draft.put("load1", one);
      draft.put("load5", five);
      draft.put("load15", fifteen);
    },
  };
}

function cpuTimesOf({ user, nice, sys, idle, irq }: CoreTimes): CpuTimes {
  return { busy: user + nice + sys + irq, idle, iowait: 0, steal: 0 };
}

function added(a: CpuTimes, b: CpuTimes): CpuTimes {
  return {
    busy: a.busy + b.busy,
    idle: a.idle + b.idle,
    iowait: a.iowait + b.iowait,
    steal: a.steal + b.steal,
  };
}
