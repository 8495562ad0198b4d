import type { Metric, Resolution } from "./metric.ts";

/**
 * A value as it is stored: rounded to the metric's resolution (a sensor's noise is not data), or null where it is
 * not a number or outside of what can be true.
 */
export function toGrid(metric: Metric, value: number): number | null {
  if (!isPlausible(metric, value)) return null;
  return roundTo(metric.resolution, value);
}

/** Whether a value can be true of this metric. */
export function isPlausible(metric: Metric, value: number): boolean {
  return value >= metric.range[0] && value <= metric.range[1];
}

/** Rounds to the step, after rounding to significant digits where the resolution limits them. */
export function roundTo({ step, digits }: Resolution, value: number): number {
  const significant = digits === undefined ? value : Number(value.toPrecision(digits));
  // For steps below one, multiplying by the whole inverse gives the double nearest to the decimal (0.1 * 3 does not).
  if (step < 1) {
    const inverse = Math.round(1 / step);
    return Math.round(significant * inverse) / inverse;
  }
  return Math.round(significant / step) * step;
}
