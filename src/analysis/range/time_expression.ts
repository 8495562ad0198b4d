/** What people write for a point in time: `now`, `yesterday`, `mon`, `3h ago`, `7d`, ISO dates and times. */
import { UsageError } from "../../model/mod.ts";

/** A moment, or a whole local day: `--since` takes its start, `--until` its end (exclusive). */
export interface TimeSpan {
  readonly start: Temporal.ZonedDateTime;
  readonly end: Temporal.ZonedDateTime;
}

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const AGO = /^((?:\d+(?:\.\d+)?(?:s|m|min|h|d|w))+)( ago)?$/;
const LOCAL_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/i;
const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)$/i;
const CLOCK = /^\d\d?:\d\d$/;

/**
 * Reads a time expression.
 * @param option names the option in the error: `--since`
 * @param now the present, in the zone in which local times are meant
 * @throws {UsageError} for anything it does not know
 */
export function parseTime(text: string, option: string, now: Temporal.ZonedDateTime): TimeSpan {
  try {
    const span = read(text.trim().toLowerCase(), now);
    if (span) return span;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new UsageError(`${option} ${text}: not a time that mtr knows`, [
    "examples: today, yesterday, mon, 3h ago, 7d, 14:30, 2026-11-22, 2026-11-22T14:30, 2026-11-22T14:30:00Z",
  ]);
}

function read(text: string, now: Temporal.ZonedDateTime): TimeSpan | null {
  if (text === "now") return moment(now);
  if (text === "today") return day(now.toPlainDate(), now);
  if (text === "yesterday") return day(now.toPlainDate().subtract({ days: 1 }), now);
  const weekday = WEEKDAYS.findIndex((name) =>
    text.length >= 3 && fullWeekday(name).startsWith(text)
  );
  if (weekday >= 0) return day(lastWeekday(now.toPlainDate(), weekday + 1), now);
  if (AGO.test(text)) return moment(now.subtract(parseAgo(text)));
  if (CLOCK.test(text)) {
    return moment(now.withPlainTime(Temporal.PlainTime.from(text.padStart(5, "0"))));
  }
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return day(Temporal.PlainDate.from(text), now);
  if (LOCAL_TIME.test(text)) {
    return moment(
      Temporal.PlainDateTime.from(text.toUpperCase().replace(" ", "T")).toZonedDateTime(
        now.timeZoneId,
      ),
    );
  }
  if (INSTANT.test(text)) {
    const iso = text.toUpperCase().replace(" ", "T");
    return moment(Temporal.Instant.from(iso).toZonedDateTimeISO(now.timeZoneId));
  }
  return null;
}

function fullWeekday(name: string): string {
  const rest: Record<string, string> = {
    mon: "",
    tue: "s",
    wed: "nes",
    thu: "rs",
    fri: "",
    sat: "ur",
    sun: "",
  };
  return `${name}${rest[name] ?? ""}day`;
}

/** The latest such weekday, today included. */
function lastWeekday(today: Temporal.PlainDate, weekday: number): Temporal.PlainDate {
  return today.subtract({ days: (today.dayOfWeek - weekday + 7) % 7 });
}

/** Days and weeks are calendar days, so that `7d` on a Sunday after the clock change is last Sunday, same time. */
function parseAgo(text: string): Temporal.Duration {
  let duration = new Temporal.Duration();
  for (const [, count, unit] of text.matchAll(/(\d+(?:\.\d+)?)(min|s|m|h|d|w)/g)) {
    const amount = Number(count);
    if (unit === "d" && Number.isInteger(amount)) duration = duration.add({ days: amount });
    else if (unit === "w" && Number.isInteger(amount)) {
      duration = duration.add({ days: 7 * amount });
    } else duration = duration.add({ seconds: Math.round(amount * secondsIn(unit ?? "")) });
  }
  return duration;
}

function secondsIn(unit: string): number {
  return { s: 1, m: 60, min: 60, h: 3600, d: 86_400, w: 604_800 }[unit] ?? 0;
}

function moment(at: Temporal.ZonedDateTime): TimeSpan {
  return { start: at, end: at };
}

function day(date: Temporal.PlainDate, now: Temporal.ZonedDateTime): TimeSpan {
  return {
    start: date.toZonedDateTime(now.timeZoneId),
    end: date.add({ days: 1 }).toZonedDateTime(now.timeZoneId),
  };
}
