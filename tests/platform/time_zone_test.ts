import { equal } from "node:assert/strict";
import { isTimeZone, localDate, systemTimeZone, ZoneOffsets } from "../../src/platform/mod.ts";

const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Pacific/Apia",
  "America/New_York",
];

Deno.test("offsets are those of the calendar, at every quarter-hour around every change of a year", () => {
  for (const zone of ZONES) {
    const offsets = new ZoneOffsets(zone);
    const year = Temporal.ZonedDateTime.from({ year: 2026, month: 1, day: 1, timeZone: zone });
    const moments = [year.epochMilliseconds];
    for (let at = year; moments.length < 8;) {
      const next = at.getTimeZoneTransition("next");
      if (!next || next.year > 2027) break;
      for (let quarter = -8; quarter <= 8; quarter++) {
        moments.push(next.epochMilliseconds + quarter * 900_000 + 1);
      }
      at = next;
    }
    for (const ms of moments) {
      const expected = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
      equal(offsets.offsetMinAt(ms), offsetMinOfIntl(ms, zone), `${zone} ${expected}`);
      equal(localDate(ms, offsets.offsetMinAt(ms)), expected.toPlainDate().toString());
    }
  }
});

/** What ICU's tables say, which are not those of Temporal. `11/22/2026, GMT+05:45` → 345; `GMT` alone is 0. */
function offsetMinOfIntl(ms: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(format.format(ms)) ?? [];
  const offset = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === "-" ? -offset : offset;
}

Deno.test("a zone is one that the system knows", () => {
  for (const zone of ZONES) equal(isTimeZone(zone), true, zone);
  for (const zone of ["", "Nowhere/Nothing", "/etc/localtime", "Europe/"]) {
    equal(isTimeZone(zone), false, zone);
  }
});

Deno.test("$TZ names the zone; what it cannot name is passed over", () => {
  const before = Deno.env.get("TZ");
  try {
    Deno.env.set("TZ", "Asia/Kathmandu");
    equal(systemTimeZone(), "Asia/Kathmandu");
    Deno.env.set("TZ", ":Europe/Berlin");
    equal(systemTimeZone(), "Europe/Berlin");
    Deno.env.set("TZ", "nonsense");
    equal(isTimeZone(systemTimeZone()), true);
  } finally {
    if (before === undefined) Deno.env.delete("TZ");
    else Deno.env.set("TZ", before);
  }
});
