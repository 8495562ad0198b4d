import type { AnalysisReport } from "../analysis/mod.ts";
import { gapSentence } from "./gap_sentence.ts";
import { hoursSentence, weekendSentence } from "./hours_sentence.ts";
import { hasPattern, metricSentence } from "./metric_sentence.ts";
import { peakSentence } from "./peak_sentence.ts";
import { verdictSentence } from "./verdict_sentence.ts";

/** A panel of sentences, not a chapter: the metrics after these are left to the tables. */
const MOST_METRICS = 4;

/**
 * What the report says, in plain sentences, each with the number that makes it true. Deterministic; local times in the
 * report's zone. With less than a day of data nothing is said about times of day.
 */
export function narrate(report: AnalysisReport): string[] {
  const metrics = report.metrics
    .filter(({ statistics }) => statistics.count > 0 && Number.isFinite(statistics.mean))
    .slice(0, MOST_METRICS);
  // The first metric leads: of the primary ones that is the CPU, which follows what people do.
  const [lead] = metrics;
  const sentences = [
    ...metrics.map((metric) => metricSentence(report, metric)),
    ...metrics.map((metric) => verdictSentence(report, metric)),
    ...(lead && hasPattern(report) ? [hoursSentence(lead), weekendSentence(lead)] : []),
    peakSentence(report, metrics),
    gapSentence(report),
  ];
  return sentences.filter((sentence) => sentence !== null);
}
