/** Temperatures and fans: the CPU's at each read, every sensor's when series are wanted. */
import type { Collector } from "./collector.ts";
import { cpuTemperatureSensors, isCpuZone } from "./cpu_temperature.ts";
import { chipTitles, findHwmonChips, type HwmonChip, isAsleep } from "./hwmon_chips.ts";
import type { KernelFiles } from "./kernel_files.ts";
import { meanOf, times } from "./numbers.ts";

const ZONES = "class/thermal";

export function createHeat(sys: KernelFiles): Collector {
  let chips: readonly HwmonChip[] = [];
  let titles: readonly string[] = [];
  let cpuPaths: readonly string[] = [];
  const celsius = (path: string) => times(1e-3, sys.readNumber(path));
  return {
    name: "temperatures",
    discover() {
      chips = findHwmonChips(sys);
      titles = chipTitles(sys, chips);
      cpuPaths = cpuTemperatureSensors(chips).map(({ path }) => path);
      if (cpuPaths.length === 0) cpuPaths = findCpuZones(sys);
    },
    collect(draft, { wantSeries }) {
      draft.put("cpu_celsius", meanOf(cpuPaths.map(celsius)));
      if (!wantSeries) return;
      for (const [i, chip] of chips.entries()) {
        if (isAsleep(sys, chip)) continue;
        for (const { path, label } of chip.temperatures) {
          draft.putSeries("sensor_celsius", `${titles[i]} ${label}`, celsius(path));
        }
        for (const { path, label } of chip.fans) {
          draft.putSeries("fan_rpm", `${titles[i]} ${label}`, sys.readNumber(path));
        }
      }
    },
  };
}

function findCpuZones(sys: KernelFiles): string[] {
  return sys.list(ZONES)
    .filter((zone) => /^thermal_zone\d+$/.test(zone))
    .filter((zone) => isCpuZone(sys.readOnce(`${ZONES}/${zone}/type`) ?? ""))
    .map((zone) => `${ZONES}/${zone}/temp`);
}
