import { equal } from "node:assert/strict";
import { NominalInterval } from "../../src/importers/nominal_interval.ts";

function nominalOf(...times: number[]): number | null {
  const interval = new NominalInterval();
  for (const ts of times) interval.add(ts);
  return interval.ms;
}

Deno.test("the nominal interval is the median spacing, or the usual one that it is near to", () => {
  equal(nominalOf(0, 1000, 2000, 60_000, 61_000), 1000);
  // powermetrics at 1 s.
  equal(nominalOf(0, 1016, 2030, 3044), 1000);
  equal(nominalOf(0, 108, 216, 324), 108);
  equal(nominalOf(0, 7300, 14_600), 7300);
});

Deno.test("moments that repeat or go back say nothing about the interval", () => {
  equal(nominalOf(5000, 5000, 3000, 5000), 2000);
  equal(nominalOf(5000, 5000, 4000), null);
  equal(nominalOf(5000), null);
});
