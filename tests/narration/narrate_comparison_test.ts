import { deepEqual, equal, ok } from "node:assert/strict";
import type { ComparedMetric } from "../../src/analysis/mod.ts";
import { narrateComparison } from "../../src/narration/mod.ts";
import { SAMPLE_COMPARISONS } from "../report/compare/sample_comparisons.ts";

const clausesOf = (name: string) => {
  const report = SAMPLE_COMPARISONS[name];
  ok(report);
  return narrateComparison(report);
};

Deno.test("each verdict has its clause, with the figures that make it true", () => {
  deepEqual(clausesOf("weeks").clauses, [
    "yes: higher, mostly Tue–Thu 14–18 h (+11.2 points there, effect 0.31, 99 % interval 0.18 … 0.43)",
    "no",
    "yes: higher at every hour (effect 0.62, 99 % interval 0.51 … 0.72)",
    "yes: new since Thu 19 Nov 16:05",
  ]);
  deepEqual(clausesOf("two_days").clauses, [
    "not enough data: only 14 h are in both, 24 h are needed",
  ]);
  equal(
    clausesOf("other_units").clauses[0],
    "yes: lower, mostly Sat–Sun (−1500.0 kB/s there, effect 0.31, 99 % interval 0.18 … 0.43)",
  );
});

Deno.test("remarks say what a comparison of single weeks can't show, and how to read an effect", () => {
  deepEqual(clausesOf("weeks").remarks, [
    "effect: Cliff's delta, from −1 (every hour lower than those like it) over 0 to 1 (every hour higher).",
    "A change of a single weekday can be told from chance from three weeks of each on.",
  ]);
  deepEqual(clausesOf("two_days").remarks, [
    "Weekdays are not told apart: an hour is compared with the same hour of any day.",
  ]);
});

Deno.test("weekdays are named as people name them", () => {
  const report = SAMPLE_COMPARISONS.weeks;
  const [cpu] = report?.metrics ?? [];
  ok(report && cpu?.where);
  const placed = (where: Partial<ComparedMetric["where"]>) => {
    const metrics = [{ ...cpu, where: { ...cpu.where, ...where } } as ComparedMetric];
    return narrateComparison({ ...report, metrics }).clauses[0]?.split(" (")[0];
  };
  deepEqual(
    [
      placed({ weekdays: [2] }),
      placed({ weekdays: [1, 3], fromHour: 0, toHour: 24 }),
      placed({ weekdays: [1, 2, 3, 4, 5, 6, 7] }),
      placed({ weekdays: [] }),
    ],
    [
      "yes: higher, mostly Tue 14–18 h",
      "yes: higher, mostly Mon, Wed",
      "yes: higher, mostly 14–18 h",
      "yes: higher, mostly 14–18 h",
    ],
  );
});
