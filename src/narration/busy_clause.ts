import { quantityText, weekdayName } from "../model/mod.ts";
import type { MetricReport } from "../analysis/mod.ts";
import { busyRun, hourProfile, type HourRun } from "./daily_pattern.ts";

const WEEKDAYS = [1, 2, 3, 4, 5];
const WEEKEND = [6, 7];
/** Fewer days are named one by one: two of them make no habit. */
const FEWEST_WEEKDAYS = 3;
/** Two runs that share so much of their hours are the same habit. */
const SAME_SHARE = 0.7;

/**
 * When a metric is busy, as the end of a sentence: `busy on weekdays 9–18 h (mean 38.0 %)`; null when no time of day
 * stands out or too few days were recorded to tell.
 * @param word what to call it: `busy` for loads, `higher` for plain quantities
 */
export function busyClause(report: MetricReport, word: string): string | null {
  const days = recordedDays(report);
  const weekdays = days.filter((day) => WEEKDAYS.includes(day));
  const weekend = days.filter((day) => WEEKEND.includes(day));
  if (days.length === 1) return clause(report, days, `${word} ${weekdayName(days[0] ?? 0)}`);
  if (weekdays.length < FEWEST_WEEKDAYS || weekend.length === 0) return clause(report, days, word);
  const onWeekdays = busyRun(hourProfile(report.heatmap, weekdays), report);
  const atWeekends = busyRun(hourProfile(report.heatmap, weekend), report);
  if (onWeekdays && atWeekends && isSameHabit(onWeekdays, atWeekends)) {
    return clause(report, days, `${word} every day`);
  }
  const parts = [
    ...(onWeekdays ? [`on weekdays ${runText(report, onWeekdays)}`] : []),
    ...(atWeekends ? [`at weekends ${runText(report, atWeekends)}`] : []),
  ];
  return parts.length > 0 ? `${word} ${parts.join(" and ")}` : null;
}

/** `9–18 h`. */
export function hoursText({ from, to }: Pick<HourRun, "from" | "to">): string {
  return `${from}–${to} h`;
}

/** Weekdays with data, 1 = Monday. */
export function recordedDays({ heatmap }: MetricReport): number[] {
  return [...new Set(heatmap.map(({ weekday }) => weekday))].sort();
}

function clause(report: MetricReport, days: readonly number[], words: string): string | null {
  const run = busyRun(hourProfile(report.heatmap, days), report);
  return run && `${words} ${runText(report, run)}`;
}

function runText({ metric }: MetricReport, run: HourRun): string {
  return `${hoursText(run)} (mean ${quantityText(metric.unit, run.mean)})`;
}

function isSameHabit(a: HourRun, b: HourRun): boolean {
  const hoursOf = (run: HourRun) =>
    Array.from({ length: run.hours }, (_, i) => (run.from + i) % 24);
  const shared = hoursOf(a).filter((hour) => hoursOf(b).includes(hour)).length;
  return shared / Math.max(a.hours, b.hours) >= SAME_SHARE;
}
