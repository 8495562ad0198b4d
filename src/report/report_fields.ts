/** The parts of a report as JSON has them: stable ids, numbers in base units. */
import type { AnalysisReport, MetricReport } from "../analysis/mod.ts";
import { isoTime } from "./json_text.ts";
import type { ChartKind } from "./render_terminal.ts";

const SCHEMA_VERSION = 1;

/** What was asked, and how complete the answer is. */
export function aboutReport(report: AnalysisReport) {
  const { range } = report;
  return {
    schema_version: SCHEMA_VERSION,
    generated_at: isoTime(report.generatedAtMs),
    range: {
      start: isoTime(range.startMs),
      end: isoTime(range.endMs),
      time_zone: range.timeZone,
      resolved_from: range.resolvedFrom,
    },
    host: report.host,
    source: report.source,
    demo: report.demo,
    samples: report.samples,
    coverage_pct: report.coveragePct,
    method: report.method,
  };
}

export function statisticsOf({ metric, statistics, last }: MetricReport) {
  const { count, min, max, mean, p50, p75, p95, p99, stddev, variance } = statistics;
  const { unit } = metric;
  return { unit, count, min, max, mean, median: p50, p50, p75, p95, p99, stddev, variance, last };
}

export function heatmapOf({ heatmap }: MetricReport) {
  return heatmap.map(({ weekday, hour, mean, p95, max, count }) => (
    { weekday, hour, mean, p95, max, count }
  ));
}

export function peakOf({ peak }: MetricReport) {
  return peak && { start: isoTime(peak.startMs), end: isoTime(peak.endMs), mean: peak.mean };
}

export function useBeganOf({ useBegan }: MetricReport) {
  return useBegan && { after: isoTime(useBegan.afterMs), by: isoTime(useBegan.byMs) };
}

export function sufficiencyOf({ sufficiency }: MetricReport) {
  return sufficiency && {
    gap_p95_p75: sufficiency.gapP95P75,
    headroom: sufficiency.headroom,
    above_90_pct: sufficiency.above90Pct,
    verdict: sufficiency.verdict,
    rule: sufficiency.rule,
    advice: sufficiency.advice,
    longest_above_90: sufficiency.longestAbove90 && {
      start: isoTime(sufficiency.longestAbove90.startMs),
      end: isoTime(sufficiency.longestAbove90.endMs),
    },
  };
}

/** The numbers that `--chart` draws on a screen: the course, or how the time is spread over the values. */
export function chartOf({ timeline, valueBins }: MetricReport, chart: ChartKind) {
  if (chart === "line") {
    return timeline.map(({ startMs, mean, min, max }) => (
      { start: isoTime(startMs), mean, min, max }
    ));
  }
  // Bins are equally wide; the first also holds what is below 0.
  return valueBins ? { from: 0, to: valueBins.top, shares_pct: valueBins.sharesPct } : null;
}

/** What a chart of a metric is called where it stands beside other parts. */
export function chartName(chart: ChartKind): "timeline" | "distribution" {
  return chart === "line" ? "timeline" : "distribution";
}
