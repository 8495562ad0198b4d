/**
 * Batteries of `/sys/class/power_supply` (Linux: Documentation/ABI/testing/sysfs-class-power).
 *
 * The firmware is asked at each read of these files, which takes milliseconds on many laptops, and its answer changes by a
 * percent in minutes: so they are read every 10 s, and the answer stands until then.
 */
import type { Collector } from "./collector.ts";
import type { KernelFiles } from "./kernel_files.ts";
import { meanOf, sumOf } from "./numbers.ts";

const FOLDER = "class/power_supply";
const READ_EVERY_MS = 10_000;

/** One battery; a field is undefined where it does not say. */
export interface Battery {
  readonly capacityPct: number | undefined;
  /** µWh, or µAh where the battery counts charge. */
  readonly now: number | undefined;
  readonly full: number | undefined;
  readonly countsIn: "energy" | "charge" | undefined;
  /** Charging, Discharging, Not charging, Full or Unknown. */
  readonly status: string | undefined;
}

export function createBattery(sys: KernelFiles): Collector {
  let folders: readonly string[] = [];
  let batteries: readonly Battery[] = [];
  let nextReadMs = -Infinity;
  return {
    name: "battery",
    discover() {
      folders = findBatteries(sys);
      nextReadMs = -Infinity;
    },
    collect(draft, { monotonicMs }) {
      if (monotonicMs >= nextReadMs) {
        batteries = folders.map((folder) => readBattery(sys, folder));
        nextReadMs = monotonicMs + READ_EVERY_MS;
      }
      draft.put("battery_pct", chargeOf(batteries));
      draft.put("battery_charging", chargingOf(batteries));
    },
  };
}

/** Charge of all batteries together, in percent: by energy where all of several say it. */
export function chargeOf(batteries: readonly Battery[]): number | undefined {
  const [first] = batteries;
  if (batteries.length > 1 && batteries.every(({ countsIn }) => countsIn === first?.countsIn)) {
    const now = sumOf(batteries.map((battery) => battery.now));
    const full = sumOf(batteries.map((battery) => battery.full));
    // A worn battery may hold a little more than its "full" says.
    if (now !== undefined && full) return Math.min(100, 100 * now / full);
  }
  return meanOf(batteries.map(({ capacityPct }) => capacityPct));
}

/** 1 while any battery charges; undefined when none knows. */
export function chargingOf(batteries: readonly Battery[]): number | undefined {
  const known = batteries.flatMap(({ status }) => status && status !== "Unknown" ? [status] : []);
  if (known.length === 0) return undefined;
  return known.includes("Charging") ? 1 : 0;
}

/** The machine's own: those of mice, headsets and pens have the scope Device. */
function findBatteries(sys: KernelFiles): string[] {
  return sys.list(FOLDER).map((name) => `${FOLDER}/${name}`).filter((folder) =>
    sys.readOnce(`${folder}/type`) === "Battery" && sys.readOnce(`${folder}/scope`) !== "Device" &&
    sys.readOnce(`${folder}/present`) !== "0"
  );
}

function readBattery(sys: KernelFiles, folder: string): Battery {
  const energy = sys.readNumber(`${folder}/energy_now`);
  const unit = energy !== undefined ? "energy" : "charge";
  const now = energy ?? sys.readNumber(`${folder}/charge_now`);
  return {
    capacityPct: sys.readNumber(`${folder}/capacity`),
    now,
    full: sys.readNumber(`${folder}/${unit}_full`),
    countsIn: now === undefined ? undefined : unit,
    status: sys.read(`${folder}/status`)?.trim(),
  };
}
