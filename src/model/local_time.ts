/** Local calendar and clock of a moment, in any zone. Not through `Intl`, whose data takes 18 ms to load. */

/** A moment as a wall calendar and clock in some zone would show it. */
export interface LocalTime {
  readonly year: number;
  /** 1 … 12. */
  readonly month: number;
  readonly day: number;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Milliseconds that local time is ahead of UTC. */
  readonly offsetMs: number;
}

export const WEEKDAY_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

// deno-fmt-ignore
export const MONTH_NAMES = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
] as const;

/**
 * Local time of a moment (epoch milliseconds) in an IANA zone.
 * @throws {RangeError} for an unknown zone or a moment that is not a date.
 */
export function localTime(ms: number, timeZone: string): LocalTime {
  const offsetMs = zoneOffsetMs(ms, timeZone);
  // Shifted by the offset, the UTC getters read the local clock.
  const shifted = new Date(ms + offsetMs);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: (shifted.getUTCDay() + 6) % 7 + 1,
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    millisecond: shifted.getUTCMilliseconds(),
    offsetMs,
  };
}

/** A time in which a zone's clock was not set: `fromMs` ≤ t < `toMs`. */
export interface ZonePeriod {
  readonly fromMs: number;
  readonly toMs: number;
  /** Whole minutes that local time is ahead of UTC. */
  readonly offsetMin: number;
}

/** Cuts a time (`toMs` is not in it) where the clock of an IANA zone was set. In order, without a break; at least one. */
export function zonePeriods(fromMs: number, toMs: number, timeZone: string): ZonePeriod[] {
  const next = Temporal.Instant.fromEpochMilliseconds(Math.floor(fromMs))
    .toZonedDateTimeISO(timeZone).getTimeZoneTransition("next");
  const endMs = next && next.epochMilliseconds < toMs ? next.epochMilliseconds : toMs;
  const period = {
    fromMs,
    toMs: endMs,
    offsetMin: Math.trunc(zoneOffsetMs(fromMs, timeZone) / 60_000),
  };
  return endMs < toMs ? [period, ...zonePeriods(endMs, toMs, timeZone)] : [period];
}

/** `Mon` for 1 … `Sun` for 7. */
export function weekdayName(weekday: number): string {
  return WEEKDAY_NAMES[weekday - 1] ?? "?";
}

/** `16:05`. */
export function clockText({ hour, minute }: LocalTime): string {
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** `Thu 19 Nov`, with the year where asked for. */
export function dateText(time: LocalTime, { year = false }: { year?: boolean } = {}): string {
  const date = `${weekdayName(time.weekday)} ${time.day} ${MONTH_NAMES[time.month - 1]}`;
  return year ? `${date} ${time.year}` : date;
}

/** Whether two local times fall on the same calendar day. */
export function isSameDay(a: LocalTime, b: LocalTime): boolean {
  return a.year === b.year && a.month === b.month && a.day === b.day;
}

/** Whether this is the first moment of a local day. */
export function isMidnight({ hour, minute, second, millisecond }: LocalTime): boolean {
  return hour === 0 && minute === 0 && second === 0 && millisecond === 0;
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

function zoneOffsetMs(ms: number, timeZone: string): number {
  const moment = Temporal.Instant.fromEpochMilliseconds(Math.floor(ms));
  return moment.toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6;
}
