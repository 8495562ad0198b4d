/**
 * Power from the energy counters of Intel and AMD processors (RAPL): `/sys/class/powercap/intel-rapl:*`
 * (Linux: Documentation/power/powercap/powercap.rst). Microjoules that wrap at `max_energy_range_uj`.
 */
import type { MetricId } from "../../model/mod.ts";
import type { Collector } from "./collector.ts";
import type { KernelFiles } from "./kernel_files.ts";
import { sumOf } from "./numbers.ts";

/** Since the kernel's answer to CVE-2020-8694 the counters are for root. */
const DENIED_NOTE =
  "RAPL power is readable by root only (CVE-2020-8694): run mtr as root, or let your group read energy_uj below /sys/class/powercap";

const FOLDER = "class/powercap";
/** `intel-rapl-mmio:0` is the same package, seen another way. */
const DOMAIN_NAME = /^intel-rapl:\d+(:\d+)?$/;
/** More than any package can draw: such a step is a reset counter, or one that wrapped more than once. */
const MOST_WATTS = 1000;

type Files = Pick<KernelFiles, "list" | "readOnce" | "readNumber" | "isDenied">;

interface Domain {
  readonly energyPath: string;
  readonly metric: MetricId;
  readonly wrapsAtUj: number | undefined;
}

export function createRapl(sys: Files): Collector {
  let domains: readonly Domain[] = [];
  let before: ReadonlyMap<string, number> = new Map();
  let beforeMs = 0;
  return {
    name: "RAPL power",
    discover() {
      domains = findDomains(sys);
    },
    collect(draft, { monotonicMs }) {
      const energies = readEnergies(sys, domains);
      const elapsedS = (monotonicMs - beforeMs) / 1000;
      for (const [metric, group] of Map.groupBy(domains, ({ metric }) => metric)) {
        const watts = group.map(({ energyPath, wrapsAtUj }) =>
          wattsBetween(before.get(energyPath), energies.get(energyPath), { elapsedS, wrapsAtUj })
        );
        draft.put(metric, sumOf(watts));
      }
      before = energies;
      beforeMs = monotonicMs;
      if (domains.some(({ energyPath }) => sys.isDenied(energyPath))) draft.note(DENIED_NOTE);
    },
  };
}

/** Mean power between two looks at one counter, over at most one wrap; undefined where that cannot be told. */
export function wattsBetween(
  beforeUj: number | undefined,
  nowUj: number | undefined,
  { elapsedS, wrapsAtUj }: { elapsedS: number; wrapsAtUj: number | undefined },
): number | undefined {
  if (beforeUj === undefined || nowUj === undefined || !(elapsedS > 0)) return undefined;
  const wrapped = nowUj < beforeUj;
  if (wrapped && wrapsAtUj === undefined) return undefined;
  const watts = (nowUj - beforeUj + (wrapped ? wrapsAtUj ?? 0 : 0)) / 1e6 / elapsedS;
  // After so long it may have wrapped twice and look as if it had not at all.
  const isAmbiguous = wrapsAtUj !== undefined && elapsedS * MOST_WATTS > wrapsAtUj / 1e6;
  return watts < 0 || watts > MOST_WATTS || isAmbiguous ? undefined : watts;
}

/** What a domain's name stands for; null for those that are not asked about (uncore: its meaning differs by model). */
export function raplMetric(name: string): MetricId | null {
  if (name.startsWith("package")) return "package_watts";
  if (name === "core") return "cpu_watts";
  if (name === "dram") return "dram_watts";
  return name === "psys" ? "total_watts" : null;
}

function findDomains(sys: Files): Domain[] {
  return sys.list(FOLDER).filter((entry) => DOMAIN_NAME.test(entry)).flatMap((entry) => {
    const folder = `${FOLDER}/${entry}`;
    const metric = raplMetric(sys.readOnce(`${folder}/name`) ?? "");
    if (!metric) return [];
    const wrapsAtUj = sys.readNumber(`${folder}/max_energy_range_uj`);
    return [{ energyPath: `${folder}/energy_uj`, metric, wrapsAtUj }];
  });
}

function readEnergies(sys: Files, domains: readonly Domain[]): ReadonlyMap<string, number> {
  const energies = new Map<string, number>();
  for (const { energyPath } of domains) {
    const uj = sys.readNumber(energyPath);
    if (uj !== undefined) energies.set(energyPath, uj);
  }
  return energies;
}
