import { equal } from "node:assert/strict";
import { median } from "../../../scripts/bench/median.ts";

Deno.test("median is the middle one, or the mean of the middle two, whatever the order", () => {
  equal(median([3, 100, 1]), 3);
  equal(median([4, 1, 3, 100]), 3.5);
  equal(median([7]), 7);
  equal(median([]), Number.NaN);
});
