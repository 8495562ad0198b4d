import { clockText, durationText, localTime, MONTH_NAMES, weekdayName } from "../model/mod.ts";
import type { AnalysisReport, Gap } from "../analysis/mod.ts";

const WEEK_MS = 7 * 86_400_000;

export interface GapLine {
  /** `Wed 12:10`, or `18 Nov 12:10` where a weekday would be ambiguous. */
  readonly from: string;
  readonly duration: string;
  readonly reason: string;
}

export interface GapSummary {
  /** The longest ones, in order of time. */
  readonly longest: readonly GapLine[];
  readonly totalS: number;
  readonly others: number;
  readonly othersS: number;
}

/** What was not recorded, at most `count` stretches of it one by one. */
export function longestGaps({ gaps, range, window }: AnalysisReport, count: number): GapSummary {
  const byLength = [...gaps].sort((a, b) => secondsOf(b) - secondsOf(a) || a.startMs - b.startMs);
  const longest = byLength.slice(0, count).sort((a, b) => a.startMs - b.startMs);
  const others = byLength.slice(count);
  const isLong = window.endMs - window.startMs > WEEK_MS;
  return {
    longest: longest.map((gap) => ({
      from: startText(gap, range.timeZone, isLong),
      duration: durationText(secondsOf(gap)),
      reason: gap.reason,
    })),
    totalS: total(gaps),
    others: others.length,
    othersS: total(others),
  };
}

function startText({ startMs }: Gap, timeZone: string, isLong: boolean): string {
  const time = localTime(startMs, timeZone);
  const day = isLong ? `${time.day} ${MONTH_NAMES[time.month - 1]}` : weekdayName(time.weekday);
  return `${day} ${clockText(time)}`;
}

function secondsOf({ startMs, endMs }: Gap): number {
  return (endMs - startMs) / 1000;
}

function total(gaps: readonly Gap[]): number {
  return gaps.reduce((sum, gap) => sum + secondsOf(gap), 0);
}
