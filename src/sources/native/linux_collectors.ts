/** Everything that is asked of Linux, in one list: a new subject is one new file and one line here. */
import type { Clock } from "../../platform/mod.ts";
import { createBattery } from "./battery.ts";
import type { Collector } from "./collector.ts";
import { createConnections } from "./connections.ts";
import { createCpuClock } from "./cpu_clock.ts";
import { createCpuStat } from "./cpu_stat.ts";
import { createDisks } from "./disks.ts";
import { createDrmGpus } from "./drm_gpus.ts";
import { createFileSystems, type SpaceOf } from "./file_systems.ts";
import { createGpus } from "./gpus.ts";
import { createHeat } from "./heat.ts";
import { KernelFiles } from "./kernel_files.ts";
import { createLoad } from "./load.ts";
import { createMemory } from "./memory.ts";
import { createNetwork } from "./network.ts";
import { createNvidiaGpus } from "./nvidia_gpus.ts";
import { createPressure } from "./pressure.ts";
import { createRapl } from "./rapl.ts";

const SHORTEST_NVIDIA_INTERVAL_MS = 1000;

export function createLinuxCollectors(options: {
  readonly procRoot?: string;
  readonly sysRoot?: string;
  readonly path?: string;
  readonly intervalMs?: number;
  readonly spaceOf?: SpaceOf;
  readonly clock: Pick<Clock, "monotonicMs">;
}): Collector[] {
  const { procRoot = "/proc", sysRoot = "/sys", clock, spaceOf } = options;
  const { path = Deno.env.get("PATH") ?? "", intervalMs = SHORTEST_NVIDIA_INTERVAL_MS } = options;
  const proc = new KernelFiles(procRoot);
  const sys = new KernelFiles(sysRoot);
  const nvidia = createNvidiaGpus({
    proc,
    path,
    clock,
    intervalMs: Math.max(SHORTEST_NVIDIA_INTERVAL_MS, intervalMs),
  });
  return [
    createFileKeeper([proc, sys]),
    createCpuStat(proc),
    createCpuClock({ proc, sys, clock }),
    createMemory(proc),
    createLoad(proc),
    createPressure(proc),
    createDisks(proc, sys),
    createNetwork(proc, sys),
    createConnections(proc),
    createHeat(sys),
    createRapl(sys),
    createBattery(sys),
    createGpus([createDrmGpus(sys), nvidia]),
    createFileSystems(proc, spaceOf),
  ];
}

/** The files' own upkeep, in the same rhythm as the collectors': first of the list, so that all look at a fresh state. */
function createFileKeeper(roots: readonly KernelFiles[]): Collector {
  return {
    name: "files",
    discover() {
      for (const files of roots) files.retryAbsent();
    },
    collect() {},
    // deno-lint-ignore require-await -- the contract is asynchronous
    async close() {
      for (const files of roots) files.close();
    },
  };
}
