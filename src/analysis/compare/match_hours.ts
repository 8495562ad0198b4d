/** Which hours of two periods are alike, and so compared. Pure. */
import type { ReportRange } from "../report.ts";
import { localTime } from "../../model/mod.ts";
import type { Match } from "./compare_report.ts";
import { HOURS, weekdayOf } from "./day_blocks.ts";

const HOUR_MS = 3_600_000;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
/** Below this share of the hours of the week of the shorter period, weekdays have too little in common to insist on them. */
const SHARED_ENOUGH = 0.5;
const WEEK_MS = 7 * 24 * HOUR_MS;

export interface MatchedHours {
  readonly match: Match;
  /** Hours of the week whose rows are compared, as weekday × 24 + hour. */
  readonly cells: readonly number[];
  /** Whether every recorded hour is among them. */
  readonly isAll: boolean;
  /** In units of the match: hours of the week, or of the day. */
  readonly common: number;
  readonly possible: number;
}

export interface PeriodHours {
  readonly range: ReportRange;
  /** Local hours since 1970 that count as recorded. */
  readonly recorded: readonly number[];
  /** All that have a row. */
  readonly touched: readonly number[];
}

/** Days since 1970 → what a day has to share with another one to be like it. */
export function stratumOf(match: Match): (dayNumber: number) => number {
  return match === "weekday-hour" ? weekdayOf : () => 0;
}

/** @param asked what the user wants to be alike; without it, weekdays and hours if the periods share enough of them */
export function matchHours(a: PeriodHours, b: PeriodHours, asked: Match | undefined): MatchedHours {
  const match = asked ?? matchThatFits(a, b);
  const cellOf = (localHour: number) => {
    const day = Math.floor(localHour / HOURS);
    return stratumOf(match)(day) * HOURS + localHour - day * HOURS;
  };
  const cells = (hours: readonly number[]) => new Set(hours.map(cellOf));
  const common = cells(a.recorded).intersection(cells(b.recorded));
  const possible = cells(hoursTouched(a.range)).union(cells(hoursTouched(b.range)));
  const touched = cells(a.touched).union(cells(b.touched));
  return {
    match,
    cells: hoursOfWeek(match, common),
    isAll: match === "all" || touched.size === common.size,
    common: common.size,
    possible: possible.size,
  };
}

function matchThatFits(a: PeriodHours, b: PeriodHours): Match {
  const [ofA, ofB] = [a, b].map(({ recorded }) =>
    new Set(recorded.map((hour) => weekdayOf(Math.floor(hour / HOURS)) * HOURS + hour % HOURS))
  ) as [Set<number>, Set<number>];
  const shared = ofA.intersection(ofB).size;
  return shared > 0 && shared >= SHARED_ENOUGH * Math.min(ofA.size, ofB.size)
    ? "weekday-hour"
    : "hour";
}

function hoursOfWeek(match: Match, cells: ReadonlySet<number>): number[] {
  const numbers = match === "weekday-hour"
    ? [...cells]
    : [...cells].flatMap((hour) => WEEKDAYS.map((weekday) => weekday * HOURS + hour));
  return numbers.sort((a, b) => a - b);
}

/** Local hours since 1970 of the first week of a range: later ones are no new hours of the week. */
function hoursTouched({ startMs, endMs, timeZone }: ReportRange): number[] {
  const hours: number[] = [];
  for (let ms = startMs; ms < Math.min(endMs, startMs + WEEK_MS); ms += HOUR_MS) {
    hours.push(Math.floor((ms + localTime(ms, timeZone).offsetMs) / HOUR_MS));
  }
  return hours;
}
