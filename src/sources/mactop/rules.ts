/**
 * What mactop's figures mean, whichever way they come (metrics text or headless JSON): where a 0 is no value but "not
 * there", and where a figure is known to be wrong. Each rule drops values, none invents one.
 */
import type { MetricId } from "../../model/mod.ts";
import type { ReadingDraft } from "../reading_draft.ts";

type Known = number | undefined;

export const NO_DATA_YET = "mactop answers, but has no data yet";
export const THERMAL_DEAD =
  "the thermal state is always 0 in mactop 2.0.0 to 2.1.3: not recorded (update mactop)";

const DERIVED_POWER_TOLERANCE_WATTS = 1e-3;

/** Watts as mactop means them since 0.2.7: `total` is the whole machine, `rest` what its parts leave of it. */
export interface Power {
  readonly cpu: Known;
  readonly gpu: Known;
  readonly gpuSram: Known;
  readonly ane: Known;
  readonly dram: Known;
  readonly rest: Known;
  readonly total: Known;
}

/** Power of the machine and its parts; either may be missing for reasons of its own. */
export function putPower(draft: ReadingDraft, power: Power): void {
  const parts: readonly (readonly [MetricId, Known])[] = [
    ["cpu_watts", power.cpu],
    ["gpu_watts", power.gpu],
    ["gpu_sram_watts", power.gpuSram],
    ["ane_watts", power.ane],
    ["dram_watts", power.dram],
  ];
  const sum = parts.reduce((total, [, watts]) => total + (watts ?? 0), 0);
  // A running CPU uses power: all parts at 0 means that macOS (27 betas) does not count them.
  const hasParts = sum !== 0;
  if (hasParts) { for (const [id, watts] of parts) draft.put(id, watts); }
  else draft.note("mactop reports 0 W for CPU, GPU, ANE and memory: no counters, not recorded");
  if (power.total === undefined) return;
  const rest = power.rest ?? power.total - sum;
  // Without the machine's own sensor mactop shows the sum of the parts as the total: much too small.
  if (rest <= DERIVED_POWER_TOLERANCE_WATTS) {
    return draft.note("mactop could not read the power of the whole machine: not recorded");
  }
  draft.put("total_watts", power.total);
  if (hasParts) draft.put("rest_watts", power.rest);
}

/** Temperatures: 0 is "no sensor". */
export function putTemperatures(draft: ReadingDraft, cpu: Known, gpu: Known): void {
  if (cpu !== 0) draft.put("cpu_celsius", cpu);
  if (gpu !== 0) draft.put("gpu_celsius", gpu);
}

export function putGpu(draft: ReadingDraft, usagePct: Known, mhz: Known): void {
  draft.put("gpu_pct", usagePct);
  // 0 MHz is true of an idle GPU only.
  if (mhz !== 0 || usagePct === 0) draft.put("gpu_mhz", mhz);
}

/** What is known of the chip; undefined where the version does not say. */
export interface Chip {
  readonly model: string | undefined;
  readonly eCores: Known;
  readonly pCores: Known;
  readonly sCores: Known;
}

/** mactop takes the first cores for the E-cores; on Ultra chips, which are two dies, they are not. */
export function hasMixedUpCores({ model }: Chip): boolean {
  return model !== undefined && /\bUltra\b/.test(model);
}

/** Use of each class of cores; a class that the chip does not have shows as 0. */
export function putCoreClasses(
  draft: ReadingDraft,
  chip: Chip,
  pct: { readonly e: Known; readonly p: Known; readonly s: Known },
): void {
  if (hasMixedUpCores(chip)) {
    return draft.note("mactop mixes up the E- and P-cores of Ultra chips: not recorded by kind");
  }
  if (chip.eCores !== 0) draft.put("ecpu_pct", pct.e);
  if (chip.pCores !== 0) draft.put("pcpu_pct", pct.p);
  if (chip.sCores !== undefined ? chip.sCores !== 0 : pct.s !== 0) draft.put("scpu_pct", pct.s);
}

/** Label of a core: its number, and its kind where that can be trusted. */
export function coreLabel(core: string, kind: string, chip: Chip): string {
  return hasMixedUpCores(chip) ? core : core + kind;
}

export interface DramBandwidth {
  readonly readGbs: Known;
  readonly writeGbs: Known;
  readonly combinedGbs: Known;
  /** As mactop 2.1.5 and later says: directional, combined, power_estimate, unavailable. */
  readonly source: string | undefined;
}

/** Memory bandwidth, decimal GB/s; where mactop estimates it from power it invents the two directions. */
export function putDramBandwidth(draft: ReadingDraft, chip: Chip, dram: DramBandwidth): void {
  const { readGbs, writeGbs, combinedGbs, source } = dram;
  // Memory of a running machine is never still: 0 is "no counter".
  if (source === "unavailable" || combinedGbs === 0) return;
  draft.put("dram_bytes_per_s", combinedGbs, 1e9);
  const isEstimate = source === undefined
    ? readGbs === writeGbs || /\bM5\b/.test(chip.model ?? "")
    : source === "power_estimate";
  if (isEstimate && combinedGbs !== undefined) {
    draft.note("memory bandwidth is mactop's estimate from power; reads and writes not recorded");
  }
  if (isEstimate || source === "combined") return;
  draft.put("dram_read_bytes_per_s", readGbs, 1e9);
  draft.put("dram_write_bytes_per_s", writeGbs, 1e9);
}

/** Faster than any interface or disk: mactop's counters ran backwards and its subtraction underflowed. */
const IMPOSSIBLE_BYTES_PER_S = 1e12;

/** A rate in bytes/s. An impossible one is left in for the recorder to drop and count, and said. */
export function putByteRate(draft: ReadingDraft, id: MetricId, value: Known, unitBytes = 1): void {
  if (value === undefined) return;
  draft.put(id, value, unitBytes);
  if (value * unitBytes > IMPOSSIBLE_BYTES_PER_S) {
    draft.note("a network or disk counter of mactop ran backwards: that value is dropped");
  }
}

/** Charge and charging of the battery; -1 is "no battery". */
export function putBattery(draft: ReadingDraft, percent: Known, charging: Known): void {
  if (percent === undefined || percent < 0) return;
  draft.put("battery_pct", percent);
  draft.put("battery_charging", charging);
}

/** A fan's name, with its number where the name does not say it. */
export function fanLabel(id: string, name: string): string {
  if (name === "") return `Fan ${id}`;
  return name.endsWith(id) ? name : `${id} ${name}`;
}
