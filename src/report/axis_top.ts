import type { Metric } from "../model/mod.ts";
import type { MetricReport, Statistics } from "../analysis/mod.ts";
import { isShare } from "./metric_kind.ts";
import { type MetricScale, metricScale } from "./metric_scale.ts";

/** Tops of which a quarter is as short to write as they are. */
const QUARTERED_TOPS = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8];

/** Where an axis from 0 ends: at 100 % for shares, else at the next number (in the unit shown) whose quarters are short to write. */
export function axisTop(
  { metric }: Pick<MetricReport, "metric">,
  { unit, full }: MetricScale,
  largestValue: number,
): number {
  const largest = largestValue / unit.factor;
  if (isShare(metric) && largestValue <= full) return full;
  // Too small to be written: an axis made for it would show zeros only.
  if (largest < 1e-6) return unit.factor;
  const magnitude = 10 ** Math.floor(Math.log10(largest));
  const step = QUARTERED_TOPS.find((step) => step * magnitude >= largest) ?? 10;
  return step * magnitude * unit.factor;
}

/** The same for an axis that all values of a metric find room on: what to ask analysis for. */
export function valueAxisTop(metric: Metric, statistics: Statistics): number {
  const scale = metricScale({ metric, statistics });
  return axisTop({ metric }, scale, Number.isFinite(statistics.max) ? statistics.max : 0);
}
