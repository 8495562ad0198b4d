/** The records of node_exporter's table that need no memory. Each says whether the exporter has what it needs. */
import { meanOf, sumOf } from "../native/numbers.ts";
import type { MetricText } from "../prometheus_text/parse_metric_text.ts";
import type { ReadingDraft } from "../reading_draft.ts";
import type { GaugeRule, MeanRule } from "./node_exporter_table.ts";

export function putGauge(
  draft: ReadingDraft,
  { samples }: MetricText,
  { id, plus, minus = [] }: GaugeRule,
): boolean {
  const one = (name: string) => samples.get(name)?.[0]?.value;
  const added = sumOf(plus.map(one));
  const subtracted = minus.length === 0 ? 0 : sumOf(minus.map(one));
  if (added === undefined || subtracted === undefined) return false;
  draft.put(id, added - subtracted);
  return true;
}

export function putMean(
  draft: ReadingDraft,
  { samples }: MetricText,
  { id, family, scale }: MeanRule,
): boolean {
  const mean = meanOf((samples.get(family) ?? []).map(({ value }) => value));
  draft.put(id, mean, scale);
  return mean !== undefined;
}
