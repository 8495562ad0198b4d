/** Metrics that are computed from stored ones whenever data is read, and never stored: a formula can be mended later. */
import type { Metric } from "./metric.ts";
import type { MetricId } from "./metrics.ts";

/** A derived metric carries the SQL that computes it from a row of `samples`, on the 0.01 grid. */
export interface DerivedMetric extends Metric {
  /** Columns that the formula reads. */
  readonly inputs: readonly MetricId[];
  readonly sql: string;
  /** The same in hundredths: whole numbers, of which sums are exact. */
  readonly hundredths: string;
}

const RAM = "round(1e4 * ram_used_bytes / nullif(ram_total_bytes, 0))";
const SWAP = "round(1e4 * swap_used_bytes / nullif(ram_total_bytes, 0))";

export const DERIVED_METRICS = [
  {
    id: "ram_pct",
    unit: "%",
    kind: "gauge",
    range: [0, 100],
    resolution: { step: 0.01 },
    worse: "higher",
    title: "RAM",
    sources: ["mactop", "prometheus", "native"],
    help: "memory in use, of the machine's memory",
    inputs: ["ram_used_bytes", "ram_total_bytes"],
    sql: `${RAM} / 100`,
    hundredths: RAM,
  },
  {
    // Of RAM, not of swap: macOS grows swap as it is used, so "of swap" is near 100 % even for a few bytes.
    id: "swap_pressure_pct",
    unit: "%",
    kind: "gauge",
    range: [0, 1000],
    resolution: { step: 0.01 },
    worse: "higher",
    title: "SWAP",
    sources: ["mactop", "prometheus", "native"],
    help: "swap in use, as a share of the machine's memory",
    inputs: ["swap_used_bytes", "ram_total_bytes"],
    sql: `${SWAP} / 100`,
    hundredths: SWAP,
  },
] as const satisfies readonly DerivedMetric[];

export type DerivedMetricId = (typeof DERIVED_METRICS)[number]["id"];

const BY_ID: ReadonlyMap<string, DerivedMetric> = new Map(
  DERIVED_METRICS.map((metric) => [metric.id, metric]),
);

/** The record of a derived metric; undefined for an id that is not one. */
export function findDerivedMetric(id: string): DerivedMetric | undefined {
  return BY_ID.get(id);
}
