import { deepEqual, equal, throws } from "node:assert/strict";
import {
  clockText,
  dateText,
  isMidnight,
  isSameDay,
  localTime,
  zonePeriods,
} from "../../src/model/mod.ts";

const at = (iso: string, zone: string) => localTime(Date.parse(iso), zone);

Deno.test("local time is that of the zone, with minutes of offset", () => {
  deepEqual(at("2026-11-22T18:30:05.250Z", "Asia/Kathmandu"), {
    year: 2026,
    month: 11,
    day: 23,
    weekday: 1,
    hour: 0,
    minute: 15,
    second: 5,
    millisecond: 250,
    offsetMs: (5 * 60 + 45) * 60_000,
  });
});

Deno.test("local time follows daylight saving", () => {
  equal(clockText(at("2026-03-29T00:59:00Z", "Europe/Berlin")), "01:59");
  equal(clockText(at("2026-03-29T01:00:00Z", "Europe/Berlin")), "03:00");
  equal(clockText(at("2026-10-25T00:30:00Z", "Europe/Berlin")), "02:30");
  equal(clockText(at("2026-10-25T01:30:00Z", "Europe/Berlin")), "02:30");
});

Deno.test("dates are written with weekday, and with the year where asked", () => {
  const time = at("2026-11-19T15:05:00Z", "Europe/Berlin");
  equal(dateText(time), "Thu 19 Nov");
  equal(dateText(time, { year: true }), "Thu 19 Nov 2026");
  equal(dateText(at("2026-01-04T00:00:00Z", "UTC")), "Sun 4 Jan");
});

Deno.test("midnight and the same day are those of the zone", () => {
  equal(isMidnight(at("2026-11-21T23:00:00Z", "Europe/Berlin")), true);
  equal(isMidnight(at("2026-11-21T23:00:00.001Z", "Europe/Berlin")), false);
  const late = at("2026-11-21T23:30:00Z", "Europe/Berlin");
  equal(isSameDay(late, at("2026-11-22T22:59:00Z", "Europe/Berlin")), true);
  equal(isSameDay(late, at("2026-11-21T22:59:00Z", "Europe/Berlin")), false);
});

Deno.test("a time is cut where the clock was set, and nowhere else", () => {
  const [year, nextYear] = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)];
  const [spring, autumn] = [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)];
  deepEqual(zonePeriods(year, nextYear, "Europe/Berlin"), [
    { fromMs: year, toMs: spring, offsetMin: 60 },
    { fromMs: spring, toMs: autumn, offsetMin: 120 },
    { fromMs: autumn, toMs: nextYear, offsetMin: 60 },
  ]);
  deepEqual(zonePeriods(year, spring, "Europe/Berlin").length, 1);
  deepEqual(zonePeriods(spring, spring + 1, "Europe/Berlin"), [
    { fromMs: spring, toMs: spring + 1, offsetMin: 120 },
  ]);
  deepEqual(zonePeriods(year, nextYear, "Asia/Kathmandu"), [
    { fromMs: year, toMs: nextYear, offsetMin: 345 },
  ]);
});

Deno.test("an unknown zone is an error", () => {
  throws(() => localTime(0, "Nowhere/Nothing"), RangeError);
});
