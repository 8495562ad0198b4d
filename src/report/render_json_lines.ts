import type { AnalysisReport, MetricReport } from "../analysis/mod.ts";
import { jsonLine } from "./json_text.ts";
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

/**
 * A report as one object a metric and line, so that lines of several reports and machines can be put together: the fields of
 * the JSON, with what was asked in every line. A metric that is not there has a line too, with the reason as `absent`.
 */
export function renderJsonLines(
  report: AnalysisReport,
  { chart }: { readonly chart?: ChartKind | null } = {},
): string {
  const about = aboutReport(report);
  const present = report.metrics.map((metric: MetricReport) => ({
    ...about,
    metric: metric.metric.id,
    absent: null,
    ...statisticsOf(metric),
    peak: peakOf(metric),
    sufficiency: sufficiencyOf(metric),
    use_began: useBeganOf(metric),
    heatmap: heatmapOf(metric),
    ...(chart ? { [chartName(chart)]: chartOf(metric, chart) } : {}),
  }));
  const absent = report.absent.map(({ metric, reason }) => ({
    ...about,
    metric: metric.id,
    absent: reason,
  }));
  return [...present, ...absent].map(jsonLine).join("");
}
