import { equal } from "node:assert/strict";
import {
  countText,
  displayUnit,
  durationText,
  quantityText,
  shareText,
} from "../../src/model/mod.ts";

Deno.test("durations are shown in at most two units, rounded before they are split", () => {
  const cases: [number, string][] = [
    [0, "0 s"],
    [0.1, "100 ms"],
    [0.0001, "1 ms"],
    [1, "1 s"],
    [2.5, "2.5 s"],
    [59.96, "1 min"],
    [90, "1 min 30 s"],
    [599.7, "10 min"],
    [3_599, "1 h"],
    [10_200, "2 h 50 min"],
    [86_399, "1 d"],
    [277_200, "3 d 5 h"],
    [-60, "-1 min"],
    [Number.NaN, "–"],
  ];
  for (const [seconds, text] of cases) equal(durationText(seconds), text);
});

Deno.test("a share is shown as all or nothing only when it is", () => {
  const cases: [number, string][] = [
    [100, "100 %"],
    [99.97, "99.9 %"],
    [97.4, "97.4 %"],
    [50, "50 %"],
    [0.02, "<0.1 %"],
    [0, "0 %"],
    [Number.NaN, "–"],
  ];
  for (const [pct, text] of cases) equal(shareText(pct), text);
});

Deno.test("byte quantities get the unit in which they have one to four digits", () => {
  equal(quantityText("bytes", 0), "0 B");
  equal(quantityText("bytes", 18_522_046_464), "17.3 GiB");
  equal(quantityText("bytes", 1023 * 1024), "1.00 MiB");
  equal(quantityText("bytes/s", 900_000), "900.0 kB/s");
  equal(quantityText("bytes/s", 1.2e9), "1200.0 MB/s");
  equal(quantityText("%", 96.08), "96.1 %");
  equal(quantityText("W", 8.204), "8.20 W");
  equal(quantityText("load", 1.5), "1.50");
  equal(quantityText("%", null), "–");
});

Deno.test("a display unit never has a factor of zero", () => {
  for (const unit of ["bytes", "bytes/s", "MHz", "count", "ops/s", "flag"] as const) {
    for (const largest of [0, 1, 999, 1e6, 1e18, 1e30]) {
      equal(displayUnit(unit, largest).factor >= 1, true);
    }
  }
});

Deno.test("whole numbers get thousands separators", () => {
  equal(countText(51021), "51,021");
  equal(countText(999), "999");
  equal(countText(1_000_000), "1,000,000");
});
