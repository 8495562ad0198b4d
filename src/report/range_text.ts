import {
  clockText,
  dateText,
  isMidnight,
  isSameDay,
  type LocalTime,
  localTime,
} from "../model/mod.ts";
import type { AnalysisReport } from "../analysis/mod.ts";

const MINUTE_MS = 60_000;

/**
 * The range in local dates: `Mon 16 Nov – Sun 22 Nov 2026` for whole days, `Sun 22 Nov 2026` for one,
 * `14:02 – 14:12, Sun 22 Nov 2026` for a part of one.
 */
export function rangeText({ startMs, endMs, timeZone }: {
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
  readonly timeZone: string;
}): string {
  const start = localTime(startMs, timeZone);
  const end = localTime(endMs, timeZone);
  const wholeDays = isMidnight(start) && isMidnight(end) && endMs > startMs;
  if (wholeDays) return daysText(start, localTime(endMs - 1, timeZone));
  if (isSameDay(start, end)) return `${clockSpan(start, end)}, ${withYear(end)}`;
  return `${dayAndClock(start, end)} – ${withYear(end)} ${clockText(end)}`;
}

/** What the title says was looked at: the days asked for, or, while there are only hours of data, those hours. */
export function reportRangeText(
  { range, window, generatedAtMs }: AnalysisReport,
  part: "range" | "window",
) {
  if (part === "window") {
    return rangeText({
      ...window,
      endMs: Math.max(window.endMs, window.startMs + 1),
      timeZone: range.timeZone,
    });
  }
  // "Until now" is the whole of today so far: its clock time would only repeat when the report was made.
  const endsNow = Math.abs(range.endMs - generatedAtMs) < MINUTE_MS;
  return rangeText({
    ...range,
    endMs: endsNow ? nextMidnight(range.endMs, range.timeZone) : range.endMs,
  });
}

/** Seconds of data would else be a span from a minute to itself. */
function clockSpan(start: LocalTime, end: LocalTime): string {
  const [from, to] = [clockText(start), clockText(end)];
  return from === to ? from : `${from} – ${to}`;
}

function daysText(first: LocalTime, last: LocalTime): string {
  if (isSameDay(first, last)) return withYear(first);
  return `${dateText(first, { year: first.year !== last.year })} – ${withYear(last)}`;
}

function dayAndClock(start: LocalTime, end: LocalTime): string {
  return `${dateText(start, { year: start.year !== end.year })} ${clockText(start)}`;
}

function withYear(time: LocalTime): string {
  return dateText(time, { year: true });
}

/** The end of the local day of a moment, also on days of 23 and 25 hours. */
function nextMidnight(ms: number, timeZone: string): number {
  const time = localTime(ms, timeZone);
  if (isMidnight(time)) return ms;
  const sinceMidnight = ((time.hour * 60 + time.minute) * 60 + time.second) * 1000 +
    time.millisecond;
  const guess = ms - sinceMidnight + 86_400_000;
  return guess + time.offsetMs - localTime(guess, timeZone).offsetMs;
}
