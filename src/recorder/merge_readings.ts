import type { CheckedReading } from "../model/mod.ts";

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
