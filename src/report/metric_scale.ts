import { type DisplayUnit, displayUnit } from "../model/mod.ts";
import type { MetricReport } from "../analysis/mod.ts";
import { isShare } from "./metric_kind.ts";

/** How one metric's values are written and where they lie between nothing and all. */
export interface MetricScale {
  readonly unit: DisplayUnit;
  /** Value that counts as full: 100 for percentages, else the largest one. */
  readonly full: number;
  /** The number without its unit; null for what does not exist. */
  format(value: number | null): string | null;
  /** 0 … 1, for colours and glyphs. */
  share(value: number): number;
}

/** Chosen once a metric, from its largest value, so that all its numbers can be compared by eye. */
export function metricScale(
  { metric, statistics }: Pick<MetricReport, "metric" | "statistics">,
): MetricScale {
  const largest = Math.max(finite(statistics.max), Math.abs(finite(statistics.min)));
  const unit = displayUnit(metric.unit, largest);
  const full = isShare(metric) ? 100 : largest;
  return {
    unit,
    full,
    format: (value) => numberText(value, unit.factor, unit.decimals),
    share: (value) => (full > 0 ? Math.min(1, Math.max(0, value / full)) : 0),
  };
}

/** Squared units: variance has the factor twice. Large ones are written with an exponent, to keep columns narrow. */
export function varianceText(
  value: number | null,
  { factor, decimals }: DisplayUnit,
): string | null {
  const scaled = value === null ? null : value / factor ** 2;
  if (scaled !== null && scaled >= 1e6) return scaled.toExponential(1).replace("+", "");
  return numberText(scaled, 1, decimals);
}

function numberText(value: number | null, factor: number, decimals: number): string | null {
  if (value === null || !Number.isFinite(value)) return null;
  const text = (value / factor).toFixed(decimals);
  // -0.04 rounds to a zero with a sign.
  return Number(text) === 0 ? text.replace("-", "") : text;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
