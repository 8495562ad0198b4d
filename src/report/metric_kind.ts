import type { Metric } from "../model/mod.ts";

/** Whether a value is a share of a capacity: such metrics share one fixed scale, 0–100 %, and are coloured by load. */
export function isShare({ unit }: Metric): boolean {
  return unit === "%";
}

/** Whether a value near one end of its scale means trouble. */
export function isLoad(metric: Metric): boolean {
  return isShare(metric) && metric.worse !== "neither";
}

/**
 * How much trouble a value is, 0 … 1: a low battery is the alarm, not a full one.
 * @param share of the capacity, 0 … 1
 */
export function loadOf(metric: Metric, share: number): number {
  return metric.worse === "lower" ? 1 - clamped(share) : clamped(share);
}

/** Between 0 and 1, whatever comes in. */
export function clamped(share: number): number {
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
}
