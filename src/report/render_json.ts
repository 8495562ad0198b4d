import type { AnalysisReport, MetricReport } from "../analysis/mod.ts";

const SCHEMA_VERSION = 1;

/** A paragraph that somebody else wrote about the report, and what is to be known of it. */
export interface ReportSummary {
  readonly sentences: readonly string[];
  readonly note: string;
}

/**
 * A report for programs: stable ids, numbers in base units, times in ISO 8601 UTC, null for what does not exist. Fields are only
 * ever added; anything else raises `schema_version`. `range.end` is exclusive; weekday 1 is Monday, in the range's zone.
 */
export function renderJson(report: AnalysisReport, summary?: ReportSummary): string {
  const json = { ...jsonOf(report), ...(summary ? { summary } : {}) };
  const indented = JSON.stringify(json, notANumberAsNull, 2);
  return `${indented.replace(HEATMAP_CELL_REGEXP, onOneLine)}\n`;
}

/** Texts cannot hold a bare line break, so this matches nothing but the layout of a heatmap's cell. */
const HEATMAP_CELL_REGEXP = /\{\n\s+"weekday":[^{}]*\n\s+\}/g;

/** 168 cells a metric are read better as a table than as 1,300 lines. */
function onOneLine(cell: string): string {
  return cell.replace(/\n\s+/g, " ");
}

function jsonOf(report: AnalysisReport): Record<string, unknown> {
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
    metrics: byMetric(report, statisticsOf),
    heatmaps: byMetric(
      report,
      ({ heatmap }) =>
        heatmap.map(({ weekday, hour, mean, p95, max, count }) => (
          { weekday, hour, mean, p95, max, count }
        )),
    ),
    peaks: byMetric(report, peakOf),
    sufficiency: byMetric(report, sufficiencyOf),
    gaps: report.gaps.map(({ startMs, endMs, reason }) => (
      { start: isoTime(startMs), end: isoTime(endMs), reason }
    )),
    absent: report.absent.map(({ metric, reason }) => ({ metric: metric.id, reason })),
    notes: report.notes,
  };
}

/** Null for metrics of which there is nothing to say: a consumer finds every metric under the same id everywhere. */
function byMetric(
  { metrics }: AnalysisReport,
  value: (metric: MetricReport) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(metrics.map((metric) => [metric.metric.id, value(metric)]));
}

function statisticsOf({ metric, statistics, last }: MetricReport) {
  const { count, min, max, mean, p50, p75, p95, p99, stddev, variance } = statistics;
  const { unit } = metric;
  return { unit, count, min, max, mean, median: p50, p50, p75, p95, p99, stddev, variance, last };
}

function peakOf({ peak }: MetricReport) {
  return peak && { start: isoTime(peak.startMs), end: isoTime(peak.endMs), mean: peak.mean };
}

function sufficiencyOf({ sufficiency }: MetricReport) {
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

/** Also what JSON.stringify does by itself; said here because the schema promises it. */
function notANumberAsNull(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}

function isoTime(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
