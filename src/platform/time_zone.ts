/** The machine's time zone, which can change while a program runs (a laptop that travels), and its offsets. */

/**
 * IANA name of the zone the machine is in now. Deno asks once, at its start; this looks at what the system would be
 * asked: $TZ, else the target of /etc/localtime.
 */
export function systemTimeZone(): string {
  const candidates = [Deno.env.get("TZ")?.replace(/^:/, ""), linkedZone()];
  const known = candidates.find((zone) => zone !== undefined && isTimeZone(zone));
  return known ?? Temporal.Now.timeZoneId();
}

export function isTimeZone(name: string): boolean {
  try {
    new Temporal.ZonedDateTime(0n, name);
    return true;
  } catch {
    return false;
  }
}

function linkedZone(): string | undefined {
  try {
    return Deno.realPathSync("/etc/localtime").match(/zoneinfo[^/]*\/(.+)$/)?.[1];
  } catch {
    return undefined;
  }
}

/** Offsets change on UTC quarter-hours only, so one look-up serves fifteen minutes. */
const QUARTER_HOUR_MS = 900_000;

/** Minutes that local time is ahead of UTC in a zone, with the last quarter-hour's answer kept. */
export class ZoneOffsets {
  #quarterHour = Number.NaN;
  #offsetMin = 0;

  constructor(readonly timeZone: string) {}

  offsetMinAt(epochMs: number): number {
    const quarterHour = Math.floor(epochMs / QUARTER_HOUR_MS);
    if (quarterHour !== this.#quarterHour) {
      this.#quarterHour = quarterHour;
      this.#offsetMin = offsetMinAt(quarterHour * QUARTER_HOUR_MS, this.timeZone);
    }
    return this.#offsetMin;
  }
}

/** Seconds of old local mean times are dropped. */
function offsetMinAt(epochMs: number, timeZone: string): number {
  const moment = Temporal.Instant.fromEpochMilliseconds(epochMs);
  return Math.trunc(moment.toZonedDateTimeISO(timeZone).offsetNanoseconds / 60e9);
}

const DAY_MS = 86_400_000;
let lastDay = { day: Number.NaN, date: "" };

/** `2026-11-22`: the calendar day on which a moment falls, at an offset. Asked for every row: the last answer is kept. */
export function localDate(epochMs: number, offsetMin: number): string {
  const day = Math.floor((epochMs + offsetMin * 60_000) / DAY_MS);
  if (day !== lastDay.day) {
    lastDay = { day, date: new Date(day * DAY_MS).toISOString().slice(0, 10) };
  }
  return lastDay.date;
}

/** The calendar day on which a moment falls where the machine is now. */
export function localDateHere(epochMs: number): string {
  return localDate(epochMs, new ZoneOffsets(systemTimeZone()).offsetMinAt(epochMs));
}
