/** What powermetrics' figures mean, whichever way they are written. */
import type { MetricId } from "../../model/mod.ts";
import type { ReadingDraft } from "../../sources/mod.ts";

/** A core: its number, the letters of its cluster, and the share of time it was active; null where it printed `nan`. */
export interface Core {
  readonly number: number;
  /** `E`, `P`, `S`, …: the letters before the number in the cluster's name. */
  readonly family: string;
  readonly activePct: number | null;
  readonly mhz: number | null;
}

const FAMILY_METRICS: Readonly<Record<string, MetricId>> = {
  E: "ecpu_pct",
  P: "pcpu_pct",
  S: "scpu_pct",
};

export const STUCK_CORES =
  "powermetrics gave no residency for some cores: use of the CPU not imported for those samples";

/**
 * Use of the CPU and its classes: means over cores. Not over clusters, whose residencies are wrong on some chips and mean
 * something else on macOS 13. One core that is not known leaves the mean unknown.
 */
export function putCores(draft: ReadingDraft, cores: readonly Core[]): void {
  if (cores.length === 0) return;
  putMean(draft, "cpu_pct", cores);
  for (const [family, members] of Map.groupBy(cores, (core) => core.family)) {
    const metric = FAMILY_METRICS[family];
    if (metric) putMean(draft, metric, members);
  }
  for (const { number, family, activePct, mhz } of cores) {
    const label = `${number}${family.toLowerCase()}`;
    draft.putSeries("core_pct", label, activePct ?? undefined);
    // 0 MHz is a core that never ran in the window.
    draft.putSeries("core_mhz", label, mhz || undefined);
  }
}

function putMean(draft: ReadingDraft, metric: MetricId, cores: readonly Core[]): void {
  let sum = 0;
  for (const { activePct } of cores) {
    if (activePct === null) return draft.note(STUCK_CORES);
    sum += activePct;
  }
  draft.put(metric, sum / cores.length);
}

/** `P0-Cluster` → `P`. */
export function familyOf(cluster: string): string {
  return /^[A-Za-z]+/.exec(cluster)?.[0]?.toUpperCase() ?? "";
}

/** The scale of OSThermalPressureLevel, as mactop 2.1.4 and later have it. */
const THERMAL_LEVELS: ReadonlyMap<string, number> = new Map([
  ["nominal", 0],
  ["moderate", 1],
  ["heavy", 2],
  ["trapping", 3],
  ["sleeping", 4],
]);

/** Thermal pressure; a word that is on no known scale is not guessed. */
export function putThermal(draft: ReadingDraft, words: string | undefined): void {
  if (words === undefined) return;
  const level = THERMAL_LEVELS.get(words.trim().toLowerCase());
  if (level === undefined) {
    draft.note(`thermal pressure "${words.trim()}" is on no scale that mtr knows: not imported`);
  } else draft.put("thermal_level", level);
}
