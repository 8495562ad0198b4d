import { deepEqual } from "node:assert/strict";
import { timeAxis } from "../../../src/report/terminal/time_axis.ts";

/** The labels of an axis over so many columns, as `column text`. */
function labels(from: string, to: string, columns: number, zone = "Europe/Berlin"): string[] {
  const [startMs, endMs] = [Date.parse(from), Date.parse(to)];
  const starts = Array.from(
    { length: columns },
    (_, i) => startMs + i * (endMs - startMs) / columns,
  );
  return timeAxis(starts, zone).map(({ column, text }) => `${column} ${text}`);
}

Deno.test("minutes are labelled on the clock", () => {
  deepEqual(
    labels("2026-11-22T14:02+01:00", "2026-11-22T14:12+01:00", 60),
    ["0 14:02", "12 14:04", "24 14:06", "36 14:08", "48 14:10"],
  );
});

Deno.test("midnight is labelled with the day that begins", () => {
  deepEqual(
    labels("2026-11-21T20:00+01:00", "2026-11-22T08:00+01:00", 48),
    ["0 20:00", "8 22:00", "16 Sun 22", "24 02:00", "32 04:00", "40 06:00"],
  );
});

Deno.test("weeks begin on Mondays, months on the first", () => {
  deepEqual(
    labels("2026-10-26T00:00+01:00", "2026-11-23T00:00+01:00", 56),
    ["0 26 Oct", "14 2 Nov", "28 9 Nov", "42 16 Nov"],
  );
  deepEqual(
    labels("2026-01-01T00:00+01:00", "2027-01-01T00:00+01:00", 73),
    ["0 Jan", "6 Feb", "11 Mar", "17 Apr", "23 May", "30 Jun", "36 Jul", "42 Aug", "48 Sep"]
      .concat(["54 Oct", "60 Nov", "66 Dec"]),
  );
});

Deno.test("days keep their midnights across daylight saving", () => {
  deepEqual(
    labels("2026-03-27T00:00+01:00", "2026-03-31T00:00+02:00", 95),
    ["0 Fri 27", "12 12:00", "24 Sat 28", "36 12:00", "48 Sun 29", "59 12:00", "71 Mon 30"]
      .concat(["83 12:00"]),
  );
});

Deno.test("zones that are off by quarter-hours have round local labels", () => {
  deepEqual(
    labels("2026-11-22T00:00+05:45", "2026-11-22T06:00+05:45", 36, "Asia/Kathmandu"),
    ["0 Sun 22", "12 02:00", "24 04:00"],
  );
});

Deno.test("where nothing round lies within, there are no labels", () => {
  deepEqual(labels("2026-11-22T14:02:10+01:00", "2026-11-22T14:02:20+01:00", 30), []);
});
