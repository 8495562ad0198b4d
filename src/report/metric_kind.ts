import type { Metric } from "../model/mod.ts";

/** Whether a value is a share of a capacity: such metrics share one fixed scale, 0–100 %, and are coloured by load. */
export function isShare({ unit }: Metric): boolean {
  return unit === "%";
}

/** Whether a value near one end of its scale means trouble. */
export function isLoad(metric: Metric): boolean {
  return isShare(metric) && metric.worse !== "neither";
}
