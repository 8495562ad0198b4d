import type { ComparedMetric, ComparedPeriod, CompareReport, Effect } from "../../analysis/mod.ts";
import { isoTime, jsonDocument, jsonLine } from "../json_text.ts";
import { STATISTICS } from "./compared_numbers.ts";

const SCHEMA_VERSION = 1;

/**
 * A comparison for programs: stable ids, numbers in base units, times in ISO 8601 UTC, null for what does not exist. Fields are
 * only ever added; anything else raises `schema_version`. Weekday 1 is Monday; 0 = weekdays are not told apart.
 */
export function renderCompareJson(report: CompareReport): string {
  return jsonDocument({
    ...aboutComparison(report),
    metrics: Object.fromEntries(report.metrics.map((one) => [one.metric.id, metricOf(one)])),
    absent: report.absent.map(({ metric, reason }) => ({ metric: metric.id, reason })),
    notes: report.notes,
  });
}

/** One object a metric and line, each with what was compared. A metric that is not compared says why as `absent`. */
export function renderCompareJsonLines(report: CompareReport): string {
  const about = aboutComparison(report);
  const compared = report.metrics.map((one) => ({
    ...about,
    metric: one.metric.id,
    absent: null,
    ...metricOf(one),
  }));
  const absent = report.absent.map(({ metric, reason }) => ({
    ...about,
    metric: metric.id,
    absent: reason,
  }));
  return [...compared, ...absent].map(jsonLine).join("");
}

function aboutComparison(report: CompareReport) {
  return {
    schema_version: SCHEMA_VERSION,
    generated_at: isoTime(report.generatedAtMs),
    host: report.host,
    demo: report.demo,
    a: periodOf(report.a),
    b: periodOf(report.b),
    match: report.match,
    common_hours: report.commonCells,
    possible_hours: report.possibleCells,
    alpha: report.alpha,
    method: report.method,
  };
}

function periodOf({ range, samples, recordedS, hours }: ComparedPeriod) {
  return {
    start: isoTime(range.startMs),
    end: isoTime(range.endMs),
    time_zone: range.timeZone,
    resolved_from: range.resolvedFrom,
    samples,
    recorded_s: recordedS,
    recorded_hours: hours,
  };
}

function metricOf(compared: ComparedMetric) {
  const { metric, a, b, verdict, direction, reason, p, effect, where, sinceMs, cells } = compared;
  return {
    unit: metric.unit,
    verdict,
    direction,
    reason,
    p,
    ...Object.fromEntries(STATISTICS.map((name) => [name, {
      a: a[name],
      b: b[name],
      shift: b[name] - a[name],
      // PCP's pmdiff compares ratios of means; null where A is zero.
      ratio: a[name] === 0 ? null : b[name] / a[name],
    }])),
    count: { a: a.count, b: b.count },
    effect: effectOf(effect),
    where: where && {
      weekdays: where.weekdays,
      from_hour: where.fromHour,
      to_hour: where.toHour,
      everywhere: where.isEverywhere,
      same_direction_pct: where.sameDirectionPct,
      shift: where.shift,
      effect: effectOf(where.effect),
    },
    since: sinceMs === null ? null : isoTime(sinceMs),
    heatmap: cells.map((cell) => ({
      weekday: cell.weekday,
      hour: cell.hour,
      a: cell.a,
      b: cell.b,
      difference: cell.b - cell.a,
    })),
  };
}

function effectOf(effect: Effect | null) {
  return effect && { cliffs_delta: effect.delta, low: effect.low, high: effect.high };
}
