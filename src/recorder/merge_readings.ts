import { type CheckedReading, METRICS } from "../model/mod.ts";

/**
 * One reading of several: for each metric the first source that knows it, in the order the sources were named. The values
 * are in the catalogue's order, so that a line of the journal reads like a row of the file.
 */
export function mergeReadings(readings: readonly CheckedReading[]): CheckedReading {
  const [only] = readings;
  if (only && readings.length === 1) return only;
  const merged: CheckedReading = { values: {}, series: [], dropped: [] };
  for (const { id } of METRICS) {
    const value = readings.find(({ values }) => values[id] !== undefined)?.values[id];
    if (value !== undefined) merged.values[id] = value;
  }
  const seen = new Set<string>();
  for (const { series } of readings) {
    const fresh = series.filter(({ metric, label }) => !seen.has(`${metric}\0${label}`));
    for (const { metric, label } of fresh) seen.add(`${metric}\0${label}`);
    merged.series.push(...fresh);
  }
  return merged;
}
