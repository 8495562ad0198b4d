/** What a language model may know of a report: figures and names of metrics. No process names, no host name unless allowed. */
import {
  clockText,
  dateText,
  durationText,
  type LocalTime,
  localTime,
  weekdayName,
} from "../../model/mod.ts";
import type { AnalysisReport, HeatmapCell, MetricReport } from "../../analysis/mod.ts";

/** Facts about one metric; every number in it may be repeated. */
export interface MetricFacts {
  readonly name: string;
  readonly unit: string;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly busiest_15_minutes?: { readonly when: string; readonly mean: number };
  readonly busiest_hours?: readonly { readonly when: string; readonly mean: number }[];
  readonly share_of_time_above_90_pct?: number;
  readonly verdict?: string;
  readonly because?: string;
  readonly would_help?: string;
}

export interface SummaryFacts {
  readonly range: string;
  readonly time_zone: string;
  readonly recorded: string;
  readonly recorded_share_pct: number;
  readonly not_recorded: readonly {
    readonly when: string;
    readonly length: string;
    readonly reason: string;
  }[];
  readonly metrics: readonly MetricFacts[];
  readonly machine?: string;
}

/** Enough for a paragraph. */
const MOST_GAPS = 3;
const MOST_HOURS = 3;

export function factsOf(
  report: AnalysisReport,
  { allowHostName }: { readonly allowHostName: boolean },
): SummaryFacts {
  const { range, gaps } = report;
  const longest = gaps.toSorted((a, b) => length(b) - length(a)).slice(0, MOST_GAPS);
  return {
    range: `${dayOf(range.startMs, report)} – ${dayOf(range.endMs - 1, report)}`,
    time_zone: range.timeZone,
    recorded: durationText(report.recordedS),
    recorded_share_pct: rounded(report.coveragePct),
    not_recorded: longest.map((gap) => ({
      when: momentOf(gap.startMs, report),
      length: durationText(length(gap)),
      reason: gap.reason,
    })),
    metrics: report.metrics.map((metric) => metricFacts(metric, report)),
    ...(allowHostName ? { machine: report.host } : {}),
  };
}

function metricFacts(of: MetricReport, report: AnalysisReport): MetricFacts {
  const { metric, statistics, peak, heatmap, sufficiency } = of;
  const { mean, p50, p95, p99, max } = statistics;
  return {
    name: metric.title,
    unit: metric.unit,
    mean: rounded(mean),
    p50: rounded(p50),
    p95: rounded(p95),
    p99: rounded(p99),
    max: rounded(max),
    ...(peak
      ? { busiest_15_minutes: { when: momentOf(peak.startMs, report), mean: rounded(peak.mean) } }
      : {}),
    ...(report.missingForPatternS <= 0 ? { busiest_hours: busiestHours(heatmap) } : {}),
    ...(sufficiency
      ? {
        share_of_time_above_90_pct: rounded(sufficiency.above90Pct),
        verdict: sufficiency.verdict,
        because: sufficiency.rule,
        ...(sufficiency.advice ? { would_help: sufficiency.advice } : {}),
      }
      : {}),
  };
}

function busiestHours(cells: readonly HeatmapCell[]): { when: string; mean: number }[] {
  return cells.toSorted((a, b) => b.mean - a.mean).slice(0, MOST_HOURS).map((cell) => ({
    when: `${weekdayName(cell.weekday)} ${cell.hour}:00–${cell.hour + 1}:00`,
    mean: rounded(cell.mean),
  }));
}

function momentOf(ms: number, { range }: AnalysisReport): string {
  const time: LocalTime = localTime(ms, range.timeZone);
  return `${dateText(time)} ${clockText(time)}`;
}

function dayOf(ms: number, { range }: AnalysisReport): string {
  return dateText(localTime(ms, range.timeZone), { year: true });
}

function length({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }): number {
  return (endMs - startMs) / 1000;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
