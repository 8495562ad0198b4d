/** The sensor chips of `/sys/class/hwmon` (Linux: Documentation/hwmon/sysfs-interface.rst): what is where. */
import type { KernelFiles } from "./kernel_files.ts";

export interface HwmonSensor {
  /** Below the root of sysfs. */
  readonly path: string;
  /** As the driver calls it ("Package id 0"), else the attribute ("temp1"). */
  readonly label: string;
}

export interface HwmonChip {
  readonly folder: string;
  /** Driver's name: coretemp, k10temp, nvme, … */
  readonly name: string;
  readonly temperatures: readonly HwmonSensor[];
  readonly fans: readonly HwmonSensor[];
}

/** Asking a hard disk for its temperature may keep it from spinning down (Documentation/hwmon/drivetemp.rst). */
const BETTER_LEFT_ALONE = new Set(["drivetemp"]);

/** All chips below a folder that holds `hwmon*` folders. */
export function findHwmonChips(sys: KernelFiles, parent = "class/hwmon"): HwmonChip[] {
  return sys.list(parent)
    .filter((entry) => /^hwmon\d+$/.test(entry))
    .map((entry) => describeChip(sys, `${parent}/${entry}`))
    .filter(({ name }) => !BETTER_LEFT_ALONE.has(name));
}

/** Whether the device behind a chip is powered down: reading its sensors would wake it, or fail. */
export function isAsleep(sys: KernelFiles, chip: HwmonChip): boolean {
  return sys.read(`${chip.folder}/device/power/runtime_status`)?.trim() === "suspended";
}

function describeChip(sys: KernelFiles, folder: string): HwmonChip {
  const attributes = sys.list(folder);
  const sensors = (pattern: RegExp) =>
    attributes.flatMap((attribute) => {
      const sensor = pattern.exec(attribute)?.[1];
      if (sensor === undefined) return [];
      const label = sys.readOnce(`${folder}/${sensor}_label`) || sensor;
      return [{ path: `${folder}/${attribute}`, label }];
    });
  return {
    folder,
    name: sys.readOnce(`${folder}/name`) ?? "",
    temperatures: sensors(/^(temp\d+)_input$/),
    fans: sensors(/^(fan\d+)_input$/),
  };
}

/** A name for each chip that stays the same after a restart (hwmon numbers don't): with its device where there are several. */
export function chipTitles(sys: KernelFiles, chips: readonly HwmonChip[]): string[] {
  return chips.map(({ name, folder }) => {
    const isOnly = chips.filter((other) => other.name === name).length === 1;
    return isOnly
      ? name
      : `${name} ${sys.linkName(`${folder}/device`) ?? folder.split("/").at(-1)}`;
  });
}
