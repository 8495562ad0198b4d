import {
  findMetric,
  findSeriesMetric,
  type MetricId,
  type Reading,
  type SeriesValue,
  toGrid,
} from "../model/mod.ts";

/** One source's reading after the catalogue has looked at it. */
export interface CheckedReading {
  readonly values: Partial<Record<MetricId, number>>;
  readonly series: SeriesValue[];
  /** Ids of the values that could not be true. */
  readonly dropped: string[];
}

/** Rounds every value to its metric's grid and drops those that cannot be true. */
export function checkReading(reading: Reading): CheckedReading {
  const checked: CheckedReading = { values: {}, series: [], dropped: [] };
  for (const [id, value] of Object.entries(reading.values)) {
    const metric = findMetric(id);
    const kept = metric && value !== undefined ? toGrid(metric, value) : null;
    if (kept === null) checked.dropped.push(id);
    else checked.values[id as MetricId] = kept;
  }
  for (const { metric: id, label, value } of reading.series) {
    const metric = findSeriesMetric(id);
    const kept = metric ? toGrid(metric, value) : null;
    if (kept === null) checked.dropped.push(id);
    else checked.series.push({ metric: id, label, value: kept });
  }
  return checked;
}

/** One reading of several: for each metric the first source that knows it, in the order the sources were named. */
export function mergeReadings(readings: readonly CheckedReading[]): CheckedReading {
  const [only] = readings;
  if (only && readings.length === 1) return only;
  const merged: CheckedReading = { values: {}, series: [], dropped: [] };
  const seen = new Set<string>();
  for (const { values, series } of readings) {
    Object.assign(merged.values, { ...values, ...merged.values });
    const fresh = series.filter(({ metric, label }) => !seen.has(`${metric}\0${label}`));
    for (const { metric, label } of fresh) seen.add(`${metric}\0${label}`);
    merged.series.push(...fresh);
  }
  return merged;
}
