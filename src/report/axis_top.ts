import type { MetricReport } from "../analysis/mod.ts";
import { isShare } from "./metric_kind.ts";
import type { MetricScale } from "./metric_scale.ts";

/** Tops of which a quarter is as short to write as they are. */
const QUARTERED_TOPS = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8];

/** Where an axis from 0 ends: at 100 % for shares, else at the next number (in the unit shown) whose quarters are short to write. */
export function axisTop(
  { metric }: MetricReport,
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
