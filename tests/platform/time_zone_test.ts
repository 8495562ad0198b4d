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
      equal(offsets.offsetMinAt(ms), expected.offsetNanoseconds / 60e9, `${zone} ${expected}`);
      equal(localDate(ms, offsets.offsetMinAt(ms)), expected.toPlainDate().toString());
    }
  }
});

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
