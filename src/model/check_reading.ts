import { toGrid } from "./grid.ts";
import { type MetricId, METRICS } from "./metrics.ts";
import type { Reading, SeriesValue } from "./reading.ts";
import { findSeriesMetric } from "./series_metrics.ts";

/** One source's reading after the catalogue has looked at it. */
export interface CheckedReading {
  readonly values: Partial<Record<MetricId, number>>;
  readonly series: SeriesValue[];
  /** Ids of the values that could not be true. */
  readonly dropped: string[];
}

/** Rounds every value to its metric's grid and drops those that cannot be true. The values are in the catalogue's order. */
export function checkReading(reading: Reading): CheckedReading {
  const checked: CheckedReading = { values: {}, series: [], dropped: [] };
  for (const metric of METRICS) {
    const value = reading.values[metric.id];
    if (value === undefined) continue;
    const kept = toGrid(metric, value);
    if (kept === null) checked.dropped.push(metric.id);
    else checked.values[metric.id] = kept;
  }
  for (const { metric: id, label, value } of reading.series) {
    const metric = findSeriesMetric(id);
    const kept = metric ? toGrid(metric, value) : null;
    if (kept === null) checked.dropped.push(id);
    else checked.series.push({ metric: id, label, value: kept });
  }
  return checked;
}
