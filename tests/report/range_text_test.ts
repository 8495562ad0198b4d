import { equal } from "node:assert/strict";
import { rangeText } from "../../src/report/mod.ts";

Deno.test("ranges are told in local dates, as short as they can be", () => {
  const cases: [from: string, to: string, text: string][] = [
    ["2026-11-16T00:00+01:00", "2026-11-23T00:00+01:00", "Mon 16 Nov – Sun 22 Nov 2026"],
    ["2026-11-22T00:00+01:00", "2026-11-23T00:00+01:00", "Sun 22 Nov 2026"],
    ["2026-12-28T00:00+01:00", "2027-01-04T00:00+01:00", "Mon 28 Dec 2026 – Sun 3 Jan 2027"],
    ["2026-11-22T14:02+01:00", "2026-11-22T14:12+01:00", "14:02 – 14:12, Sun 22 Nov 2026"],
    ["2026-11-22T14:02:05+01:00", "2026-11-22T14:02:20+01:00", "14:02, Sun 22 Nov 2026"],
    [
      "2026-11-20T22:00+01:00",
      "2026-11-22T09:30+01:00",
      "Fri 20 Nov 22:00 – Sun 22 Nov 2026 09:30",
    ],
    // Days of 23 and of 25 hours are whole days.
    ["2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00", "Sun 29 Mar 2026"],
    ["2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00", "Sun 25 Oct 2026"],
  ];
  for (const [from, to, text] of cases) {
    const range = { startMs: Date.parse(from), endMs: Date.parse(to), timeZone: "Europe/Berlin" };
    equal(rangeText(range), text);
  }
});
