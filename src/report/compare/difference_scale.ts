/** How large a difference of two periods is, and whether it is for the worse. */
import type { Metric } from "../../model/mod.ts";
import type { ComparedMetric } from "../../analysis/mod.ts";
import { isShare } from "../metric_kind.ts";

/** Percentages share one scale, in points; other metrics go to their largest difference. */
export const FULL_POINTS = 20;

/** The difference of means that is drawn in full colour, in the metric's unit. */
export function fullDifference({ metric, cells }: ComparedMetric): number {
  if (isShare(metric)) return FULL_POINTS;
  return cells.reduce((largest, { a, b }) => Math.max(largest, Math.abs(b - a)), 0) || 1;
}

export function isWorse({ worse }: Metric, difference: number): boolean {
  return worse === "lower" ? difference < 0 : difference > 0;
}

/** Rows of a map of differences: the week's days, or 0 for all of them together. */
export function weekdaysOfCells({ cells }: ComparedMetric): readonly number[] {
  return cells.some(({ weekday }) => weekday === 0) ? [0] : [1, 2, 3, 4, 5, 6, 7];
}
