import { clockText, localTime, quantityText } from "../model/mod.ts";
import type { AnalysisReport, MetricReport } from "../analysis/mod.ts";
import { dayText } from "./moment_text.ts";

interface Peaked {
  readonly report: MetricReport;
  readonly startMs: number;
  readonly endMs: number;
  readonly mean: number;
}

/** When the busiest 15 minutes were: of several metrics at once if their windows overlap, else of the first metric. */
export function peakSentence(
  report: AnalysisReport,
  metrics: readonly MetricReport[],
): string | null {
  const peaks = metrics.flatMap((metric): Peaked[] =>
    metric.peak && metric.peak.mean > 0 ? [{ report: metric, ...metric.peak }] : []
  );
  const [first] = peaks;
  if (!first) return null;
  const together = peaks
    .map((peak) => peaks.filter((other) => overlap(peak, other)))
    .reduce((most, group) => (group.length > most.length ? group : most));
  if (together.length < 2) {
    return `${first.report.metric.title} peaked ${momentOf(report, first)}: ` +
      `${meanOf(first)} over 15 minutes.`;
  }
  const begin = together.reduce((a, b) => (a.startMs <= b.startMs ? a : b));
  const figures = together.map((peak) => `${peak.report.metric.title} ${meanOf(peak)}`);
  return `Peaks fell together ${momentOf(report, begin)}: ${figures.join(", ")} over 15 minutes.`;
}

function overlap(a: Peaked, b: Peaked): boolean {
  return a.startMs < b.endMs && b.startMs < a.endMs;
}

function momentOf(report: AnalysisReport, { startMs }: Peaked): string {
  const time = localTime(startMs, report.range.timeZone);
  return `${dayText(report, time)} ${clockText(time)}`;
}

function meanOf({ report, mean }: Peaked): string {
  return quantityText(report.metric.unit, mean);
}
