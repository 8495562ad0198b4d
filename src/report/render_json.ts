import type { AnalysisReport, MetricReport } from "../analysis/mod.ts";
import { isoTime, jsonDocument } from "./json_text.ts";
import type { ChartKind } from "./render_terminal.ts";
import {
  aboutReport,
  chartName,
  chartOf,
  heatmapOf,
  peakOf,
  statisticsOf,
  sufficiencyOf,
  useBeganOf,
} from "./report_fields.ts";

/** A paragraph that somebody else wrote about the report, and what is to be known of it. */
export interface ReportSummary {
  readonly sentences: readonly string[];
  readonly note: string;
}

export interface JsonOptions {
  readonly summary?: ReportSummary | undefined;
  /** Also the numbers of this chart: `timelines` or `distributions`. */
  readonly chart?: ChartKind | null;
}

/**
 * A report for programs: stable ids, numbers in base units, times in ISO 8601 UTC, null for what does not exist. Fields are only
 * ever added; anything else raises `schema_version`. `range.end` is exclusive; weekday 1 is Monday, by the clock where rows were
 * recorded.
 */
export function renderJson(report: AnalysisReport, { summary, chart }: JsonOptions = {}): string {
  return jsonDocument({
    ...aboutReport(report),
    metrics: byMetric(report, statisticsOf),
    heatmaps: byMetric(report, heatmapOf),
    peaks: byMetric(report, peakOf),
    sufficiency: byMetric(report, sufficiencyOf),
    use_began: byMetric(report, useBeganOf),
    ...(chart
      ? { [`${chartName(chart)}s`]: byMetric(report, (metric) => chartOf(metric, chart)) }
      : {}),
    gaps: report.gaps.map(({ startMs, endMs, reason }) => (
      { start: isoTime(startMs), end: isoTime(endMs), reason }
    )),
    absent: report.absent.map(({ metric, reason }) => ({ metric: metric.id, reason })),
    notes: report.notes,
    ...(summary ? { summary } : {}),
  });
}

/** Null for metrics of which there is nothing to say: a consumer finds every metric under the same id everywhere. */
function byMetric(
  { metrics }: AnalysisReport,
  value: (metric: MetricReport) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(metrics.map((metric) => [metric.metric.id, value(metric)]));
}
