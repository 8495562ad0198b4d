/** One sentence a metric: how much, and when. */
import { quantityText } from "../model/mod.ts";
import type { AnalysisReport, MetricReport } from "../analysis/mod.ts";
import { busyClause } from "./busy_clause.ts";
import { loadLevel } from "./load_levels.ts";
import { swapBeginning } from "./swap_beginning.ts";

/** Shares of time above 90 % worth a word. */
const NOTABLE_ABOVE_90_PCT = 0.5;

/** The sentence that fits the metric's kind. */
export function metricSentence(report: AnalysisReport, metric: MetricReport): string {
  switch (metric.metric.id) {
    case "ram_pct":
      return memorySentence(metric);
    case "swap_pressure_pct":
      return swapSentence(report, metric);
    default:
      return metric.metric.unit === "%" && metric.metric.worse === "higher"
        ? loadSentence(report, metric)
        : quantitySentence(report, metric);
  }
}

function loadSentence(report: AnalysisReport, load: MetricReport): string {
  const { metric, statistics, sufficiency } = load;
  const above90Pct = sufficiency?.above90Pct ?? 0;
  const when = hasPattern(report) ? busyClause(load, "busy") : null;
  const { p50, max } = statistics;
  const evidence = [
    p50 < max ? `half of the time ${p50 > 0 ? "at most " : ""}${amount(load, p50)}` : null,
    above90Pct >= NOTABLE_ABOVE_90_PCT ? `above 90 % for ${amount(load, above90Pct)} of it` : null,
    when ?? `never above ${amount(load, max)}`,
  ];
  const soFar = hasPattern(report) ? "" : " so far";
  return `${metric.title} load is ${loadLevel(statistics.mean)}${soFar}: ${listed(evidence)}.`;
}

/** Memory in use is not a load: a full memory may be a well used one. Only the verdict's rule judges it. */
function memorySentence(memory: MetricReport): string {
  const { metric, statistics, sufficiency } = memory;
  const { p50, p95, max } = statistics;
  if (!sufficiency || sufficiency.verdict === "not enough data") {
    return `${metric.title} in use: half of the time at most ${amount(memory, p50)}, ` +
      `never above ${amount(memory, max)}.`;
  }
  const word = sufficiency.verdict;
  return word === "tight" || word === "insufficient"
    ? `${metric.title} is ${word}: at or above ${amount(memory, p95)} for 5 % of the time.`
    : `${metric.title} is ${word}: below ${amount(memory, p95)} for 95 % of the time.`;
}

function swapSentence(report: AnalysisReport, swap: MetricReport): string {
  const { metric, statistics } = swap;
  if (statistics.max === 0) return `${metric.title} was not used: 0 % throughout.`;
  const size = `${metric.title} took up to ${amount(swap, statistics.max)} of the memory's size`;
  const beginning = swapBeginning(report, swap);
  return beginning ? `${size}; swapping began ${beginning}.` : `${size}.`;
}

function quantitySentence(report: AnalysisReport, quantity: MetricReport): string {
  const { metric, statistics } = quantity;
  const extreme = metric.worse === "lower"
    ? `never below ${amount(quantity, statistics.min)}`
    : `at most ${amount(quantity, statistics.max)}`;
  const when = hasPattern(report) ? busyClause(quantity, "higher") : null;
  const evidence = [`${amount(quantity, statistics.mean)} on average`, extreme, when];
  return `${metric.title}: ${listed(evidence)}.`;
}

/** Below a day of data nothing is said about times of day. */
export function hasPattern({ missingForPatternS }: AnalysisReport): boolean {
  return missingForPatternS <= 0;
}

function amount({ metric }: MetricReport, value: number): string {
  return value === 0 && metric.unit === "%" ? "0 %" : quantityText(metric.unit, value);
}

function listed(clauses: readonly (string | null)[]): string {
  return clauses.filter((clause) => clause !== null).join(", ");
}
