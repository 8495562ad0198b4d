import { deepEqual } from "node:assert/strict";
import { LocalClock } from "../../src/importers/local_clock.ts";
import { parseTimestamp } from "../../src/importers/timestamp.ts";

/** UTC clock times of wall clocks of one file, in its order. */
function utcTimes(timeZone: string, date: string, times: readonly string[]): string[] {
  const clock = new LocalClock(timeZone);
  return times.map((time) => {
    const parsed = parseTimestamp(`${date} ${time}`);
    return parsed ? new Date(clock.momentOf(parsed).ts).toISOString().slice(11, 19) : "none";
  });
}

Deno.test("in an hour that comes twice the clock's going back begins the second round", () => {
  deepEqual(
    utcTimes("Europe/Berlin", "2025-10-26", [
      "01:30:00",
      "02:10:00",
      // Set right by two seconds: no second round.
      "02:09:58",
      "02:50:00",
      "02:20:00",
      "02:55:00",
      "03:00:00",
    ]),
    ["23:30:00", "00:10:00", "00:09:58", "00:50:00", "01:20:00", "01:55:00", "02:00:00"],
  );
});

Deno.test("a file that begins in the hour that comes twice is taken to begin in the first", () => {
  deepEqual(utcTimes("America/New_York", "2025-11-02", ["01:15:00", "01:16:00"]), [
    "05:15:00",
    "05:16:00",
  ]);
});

Deno.test("a wall clock that was skipped in spring is read by the offset before", () => {
  deepEqual(utcTimes("Europe/Berlin", "2025-03-30", ["01:59:59", "02:30:00", "03:00:00"]), [
    "00:59:59",
    "01:30:00",
    "01:00:00",
  ]);
});

Deno.test("half-hour shifts and offsets with quarter-hours are read as well", () => {
  deepEqual(
    utcTimes("Australia/Lord_Howe", "2025-04-06", ["01:29:00", "01:45:00", "01:35:00", "02:00:00"]),
    ["14:29:00", "14:45:00", "15:05:00", "15:30:00"],
  );
  deepEqual(utcTimes("Asia/Kathmandu", "2025-04-06", ["00:00:00"]), ["18:15:00"]);
});

Deno.test("an offset that is written is the place's; UTC is nobody's, so that the zone's counts", () => {
  const clock = new LocalClock("Asia/Kathmandu");
  const offsets = ["2025-04-06T12:00:00+02:00", "2025-04-06T12:00:00Z", "1743940800"].map(
    (text) => {
      const parsed = parseTimestamp(text);
      return parsed && clock.momentOf(parsed).utcOffsetMin;
    },
  );
  deepEqual(offsets, [120, 345, 345]);
});
