import { deepEqual, equal } from "node:assert/strict";
import { parseTimestamp } from "../../src/importers/timestamp.ts";

const MS = Date.UTC(2026, 10, 22, 14, 30, 5, 250);

Deno.test("numbers are seconds, milliseconds, microseconds or nanoseconds by their size", () => {
  for (
    const text of ["1795357805.25", "1795357805250", "1795357805250000", "1795357805250000000"]
  ) {
    deepEqual(parseTimestamp(text), { ms: MS, offsetMin: null }, text);
  }
});

Deno.test("RFC 3339 keeps the offset that is written, and a time without one is a wall clock", () => {
  deepEqual(parseTimestamp("2026-11-22T14:30:05.25Z"), { ms: MS, offsetMin: null });
  deepEqual(parseTimestamp("2026-11-22T20:15:05.250+05:45"), { ms: MS, offsetMin: 345 });
  deepEqual(parseTimestamp("2026-11-22 10:30:05,25 -0400"), { ms: MS, offsetMin: -240 });
  deepEqual(parseTimestamp(" 2026/11/22 14:30:05.250 "), { wallMs: MS });
  deepEqual(parseTimestamp("2026-11-22 14:30"), { wallMs: Date.UTC(2026, 10, 22, 14, 30) });
});

Deno.test("what is no time is none, and no date is carried over into the next month", () => {
  const texts = ["", "noon", "2026-11-31 10:00:00", "2026-13-01 10:00:00", "2026-11-22 24:00:00"];
  for (const text of [...texts, "22.11.2026 10:00", "11/22/2026 10:00", "2026-11-22"]) {
    equal(parseTimestamp(text), null, text);
  }
});
