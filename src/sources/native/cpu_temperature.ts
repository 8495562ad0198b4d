/** Which sensors tell the CPU's temperature, by the kernel driver that each kind of machine has. */
import type { HwmonChip, HwmonSensor } from "./hwmon_chips.ts";

/** Drivers of CPU sensors, with the labels to prefer, best first; without labels all sensors of the chip count. */
const CPU_DRIVERS: readonly { readonly name: RegExp; readonly labels: readonly RegExp[] }[] = [
  // Intel: the package reading is the hottest spot; the cores' are apart.
  { name: /^coretemp$/, labels: [/^Package id /, /^Core /] },
  // AMD: Tctl is Tdie plus an offset for fan control on some models.
  { name: /^(k10temp|zenpower)$/, labels: [/^Tdie$/, /^Tctl$/, /^temp1$/] },
  // AMD before 2010, VIA.
  { name: /^(k8temp|via_cputemp|fam15h_power)$/, labels: [] },
  // ARM boards: thermal zones that the kernel also shows as hwmon.
  { name: /^(cpu[\w-]*thermal|soc_thermal|cpu)$/, labels: [] },
];

/** Kinds of thermal zone that stand for the CPU where no sensor chip does. */
const CPU_ZONE = /^(x86_pkg_temp|cpu[\w-]*thermal|soc[-_]thermal|CPU-therm)$/i;

/** The sensors of the first kind of driver that is there; the temperature is their mean. */
export function cpuTemperatureSensors(chips: readonly HwmonChip[]): readonly HwmonSensor[] {
  for (const { name, labels } of CPU_DRIVERS) {
    const sensors = chips.filter((chip) => name.test(chip.name))
      .flatMap(({ temperatures }) => preferred(temperatures, labels));
    if (sensors.length > 0) return sensors;
  }
  return [];
}

export function isCpuZone(type: string): boolean {
  return CPU_ZONE.test(type);
}

function preferred(
  sensors: readonly HwmonSensor[],
  labels: readonly RegExp[],
): readonly HwmonSensor[] {
  for (const wanted of labels) {
    const matching = sensors.filter(({ label }) => wanted.test(label));
    if (matching.length > 0) return matching;
  }
  return labels.length === 0 ? sensors : [];
}
