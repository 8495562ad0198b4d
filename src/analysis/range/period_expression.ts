/** What people write for a period: `last-week`, `yesterday`, `mon`, `7d`, `2026-11`, `2026-11-01..2026-11-07`. */
import { UsageError } from "../../model/mod.ts";
import type { ReportRange } from "../report.ts";
import { parseTime, type TimeSpan } from "./time_expression.ts";

const PERIOD_EXAMPLES =
  "examples: last-week, this-week, last-month, yesterday, today, mon, 7d, 2026-11-22, 2026-11, 2026-11-01..2026-11-07, 14d..7d";

type Calendar = "week" | "month" | "year";

const CALENDAR_REGEXP = /^(this|last)[- ](week|month|year)$/;
const MONTH_REGEXP = /^\d{4}-\d\d$/;

/**
 * Reads a period. A day is meant whole; a moment alone lasts until now; weeks begin on Monday.
 * @throws {UsageError} for anything it does not know, and for empty periods
 */
export function parsePeriod(text: string, nowMs: number, timeZone: string): ReportRange {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone);
  const { start, end } = read(text.trim().toLowerCase(), text, now);
  if (Temporal.ZonedDateTime.compare(start, end) >= 0) {
    throw new UsageError(
      `the period ${text} is empty: it begins at ${start.toPlainDateTime()} and ends at ${end.toPlainDateTime()}`,
      ["the earlier end comes first: 2026-11-01..2026-11-07, 14d..7d"],
    );
  }
  return {
    startMs: start.epochMilliseconds,
    endMs: end.epochMilliseconds,
    timeZone,
    resolvedFrom: text,
  };
}

/** The period of the same length right before: as many days where it is whole days. */
export function periodBefore({ startMs, endMs, timeZone }: ReportRange): ReportRange {
  const [start, end] = [startMs, endMs].map((ms) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
  ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime];
  const before = start.subtract(end.since(start, { largestUnit: "day" }));
  return {
    startMs: before.epochMilliseconds,
    endMs: startMs,
    timeZone,
    resolvedFrom: "previous",
  };
}

/** @throws {UsageError} when two periods share time: what is in both cannot differ */
export function refuseOverlap(a: ReportRange, b: ReportRange): void {
  if (a.startMs >= b.endMs || b.startMs >= a.endMs) return;
  const since = Temporal.Instant.fromEpochMilliseconds(Math.max(a.startMs, b.startMs))
    .toZonedDateTimeISO(a.timeZone).toPlainDateTime().toString({ smallestUnit: "minute" });
  throw new UsageError(
    `the periods ${a.resolvedFrom} and ${b.resolvedFrom} overlap from ${since} on: what is in both can't differ`,
    ["one has to end before the other begins: mtr compare last-week this-week, mtr compare 14d..7d 7d"],
  );
}

function read(text: string, typed: string, now: Temporal.ZonedDateTime): TimeSpan {
  const [, which, unit] = CALENDAR_REGEXP.exec(text) ?? [];
  if (unit) return calendarPeriod(unit as Calendar, which === "last" ? 1 : 0, now);
  if (MONTH_REGEXP.test(text)) return wholeMonth(text, typed, now);
  const [from = "", to, ...more] = text.split("..");
  if (more.length > 0 || from === "" || to === "") throw unknownPeriod(typed);
  const first = parse(from, typed, now);
  if (to === undefined) return isMoment(first) ? { start: first.start, end: now } : first;
  return { start: first.start, end: parse(to, typed, now).end };
}

/** The calendar's week, month or year that now is in, or one before. */
function calendarPeriod(unit: Calendar, back: number, now: Temporal.ZonedDateTime): TimeSpan {
  const today = now.toPlainDate();
  const begin = unit === "week"
    ? today.subtract({ days: today.dayOfWeek - 1 })
    : unit === "month"
    ? today.with({ day: 1 })
    : today.with({ month: 1, day: 1 });
  const first = begin.subtract({ [`${unit}s`]: back });
  return daysBetween(first, first.add({ [`${unit}s`]: 1 }), now);
}

function wholeMonth(text: string, typed: string, now: Temporal.ZonedDateTime): TimeSpan {
  try {
    const first = Temporal.PlainDate.from(`${text}-01`);
    return daysBetween(first, first.add({ months: 1 }), now);
  } catch (error) {
    if (error instanceof RangeError) throw unknownPeriod(typed);
    throw error;
  }
}

function daysBetween(
  first: Temporal.PlainDate,
  end: Temporal.PlainDate,
  { timeZoneId }: Temporal.ZonedDateTime,
): TimeSpan {
  return { start: first.toZonedDateTime(timeZoneId), end: end.toZonedDateTime(timeZoneId) };
}

function parse(text: string, typed: string, now: Temporal.ZonedDateTime): TimeSpan {
  try {
    return parseTime(text, "period", now);
  } catch (error) {
    // Its examples are points in time, here periods are wanted.
    if (error instanceof UsageError) throw unknownPeriod(typed);
    throw error;
  }
}

function isMoment({ start, end }: TimeSpan): boolean {
  return Temporal.ZonedDateTime.compare(start, end) === 0;
}

function unknownPeriod(typed: string): UsageError {
  return new UsageError(`${typed}: not a period that mtr knows`, [PERIOD_EXAMPLES]);
}
