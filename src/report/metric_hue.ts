import type { Metric } from "../model/mod.ts";

/** Colours by name: each medium has its own shade of them. */
export const HUES = ["cpu", "gpu", "ram", "swap", "other0", "other1", "other2", "other3"] as const;
export type Hue = (typeof HUES)[number];

const KNOWN: Readonly<Record<string, Hue>> = {
  cpu_pct: "cpu",
  gpu_pct: "gpu",
  ram_pct: "ram",
  swap_pressure_pct: "swap",
};
const OTHERS: readonly Hue[] = ["other0", "other1", "other2", "other3"];

/** The colour of a metric. Chosen by name, so that a metric keeps its colour whatever it is shown beside. */
export function metricHue({ id }: Metric): Hue {
  const sum = [...id].reduce((total, character) => total + character.charCodeAt(0), 0);
  return KNOWN[id] ?? OTHERS[sum % OTHERS.length] ?? "other0";
}
