import { deepEqual, equal, match } from "node:assert/strict";
import { reportableMetric } from "../../src/model/mod.ts";
import type { Evidence } from "../../src/analysis/sufficiency/evidence.ts";
import { judge } from "../../src/analysis/sufficiency/judge.ts";
import { LIMITS } from "../../src/analysis/sufficiency/rules.ts";

const cpu = reportableMetric("cpu_pct");
const ram = reportableMetric("ram_pct");
const HOUR_MS = 3_600_000;

const CALM = {
  count: 10_000,
  min: 1,
  max: 40,
  mean: 8,
  p50: 5,
  p75: 10,
  p95: 30,
  p99: 38,
  stddev: 9,
  variance: 81,
};
const NO_SWAP = { ...CALM, max: 0, mean: 0, p50: 0, p75: 0, p95: 0, p99: 0, min: 0 };

function evidence(changes: Partial<Evidence> = {}): Evidence {
  return {
    statistics: CALM,
    above90Pct: 0,
    longestAbove90: null,
    recordedS: 7 * 86_400,
    unseenPct: 0,
    swap: NO_SWAP,
    memoryPressure: null,
    throttledPct: null,
    ramTotalBytes: 16 * 2 ** 30,
    ...changes,
  };
}

const stretch = (ms: number) => ({ startMs: 0, endMs: ms });

Deno.test("a processor is judged by p95, by its time above 90 % and by its longest stretch, whichever is worst", () => {
  const verdict = (changes: Partial<Evidence>) => judge(cpu, evidence(changes))?.verdict;
  equal(verdict({}), "roomy");
  equal(verdict({ statistics: { ...CALM, p95: 50 } }), "adequate");
  equal(verdict({ statistics: { ...CALM, p95: 84.99 } }), "adequate");
  equal(verdict({ statistics: { ...CALM, p95: 85 } }), "tight");
  equal(verdict({ statistics: { ...CALM, p95: 95 } }), "insufficient");
  equal(verdict({ above90Pct: 0.5 }), "adequate");
  equal(verdict({ above90Pct: 10 }), "insufficient");
  equal(verdict({ longestAbove90: stretch(5 * 60_000) }), "adequate");
  equal(verdict({ longestAbove90: stretch(HOUR_MS) }), "tight");
  equal(
    verdict({ longestAbove90: stretch(2 * HOUR_MS), statistics: { ...CALM, p95: 60 } }),
    "insufficient",
  );
  equal(verdict({ throttledPct: 10 }), "tight");
});

Deno.test("memory is judged by its maximum, and swap and pressure overrule it", () => {
  const verdict = (changes: Partial<Evidence>) => judge(ram, evidence(changes))?.verdict;
  equal(verdict({ statistics: { ...CALM, max: 69.9 } }), "roomy");
  equal(verdict({ statistics: { ...CALM, max: 70 } }), "adequate");
  equal(verdict({ statistics: { ...CALM, max: 90 } }), "tight");
  equal(verdict({ swap: { ...NO_SWAP, max: 6 } }), "tight");
  equal(verdict({ swap: { ...NO_SWAP, max: 20, p95: 10 } }), "insufficient");
  equal(verdict({ memoryPressure: { ...NO_SWAP, p95: 20 } }), "insufficient");
  // A processor's measures do not count for memory: a memory above 90 % for hours may be well used.
  equal(verdict({ above90Pct: 60 }), "roomy");
});

Deno.test("the rule names what decided, with figures and limits", () => {
  const tight = judge(cpu, evidence({ statistics: { ...CALM, p95: 88.25 }, above90Pct: 6 }));
  equal(tight?.rule, "p95 88.3 % ≥ 85 % and above 90 % for 6 % of the time ≥ 5 %");
  const roomy = judge(cpu, evidence({ above90Pct: 0.1 }));
  equal(roomy?.rule, "p95 30 % < 50 % and above 90 % for 0.1 % of the time < 0.5 %");
});

Deno.test("what would change a verdict is said with its size", () => {
  const short = judge(
    ram,
    evidence({ statistics: { ...CALM, max: 95 }, swap: { ...NO_SWAP, max: 10 } }),
  );
  // (95 % · 1.15 + 10 % − 100 %) of 16 GiB = 3.08 GiB
  equal(short?.advice, "add ≥ 4 GiB");
  equal(judge(ram, evidence())?.advice, "nothing to gain");
  match(
    judge(cpu, evidence({ above90Pct: 10 }))?.advice ?? "",
    /a faster CPU would shorten the 16 h 48 min above 90 %/,
  );
  equal(
    judge(ram, evidence({ statistics: { ...CALM, max: 95 }, ramTotalBytes: null }))?.advice,
    null,
  );
});

Deno.test("a verdict is withheld below three hours or a hundred samples, and says what is missing", () => {
  const early = judge(cpu, evidence({ recordedS: 3600 }));
  deepEqual([early?.verdict, early?.rule], ["not enough data", "needs 2 more hours of data"]);
  const few = judge(cpu, evidence({ statistics: { ...CALM, count: 90 } }));
  deepEqual([few?.verdict, few?.rule], ["not enough data", "needs 10 more samples"]);
});

Deno.test("good news is withheld where a peak could hide, bad news is not", () => {
  const hidden = judge(cpu, evidence({ unseenPct: 34 }));
  deepEqual([hidden?.verdict, hidden?.advice], ["not enough data", null]);
  match(hidden?.rule ?? "", /34 % of the period was not recorded/);
  equal(judge(cpu, evidence({ unseenPct: 34, above90Pct: 12 }))?.verdict, "insufficient");
  equal(judge(cpu, evidence({ unseenPct: 25 }))?.verdict, "roomy");
});

Deno.test("limits grow with the verdict, so that a worse figure never gives a better verdict", () => {
  for (const limits of Object.values(LIMITS)) {
    for (const { limits: of } of limits) {
      const known = [of.adequate, of.tight, of.insufficient].filter((limit) => limit !== undefined);
      deepEqual(known, known.toSorted((a, b) => a - b));
    }
  }
});

Deno.test("metrics that are no share of a capacity get no verdict", () => {
  equal(judge(reportableMetric("total_watts"), evidence()), null);
});
