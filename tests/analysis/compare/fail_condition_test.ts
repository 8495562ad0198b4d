import { deepEqual, equal, match, throws } from "node:assert/strict";
import {
  type ComparedMetric,
  type CompareReport,
  conditionMet,
  parseFailCondition,
} from "../../../src/analysis/mod.ts";
import { NoDataError, reportableMetric, UsageError } from "../../../src/model/mod.ts";

/** A comparison of one metric of which only the p95 and the verdict matter. */
function reportOf(
  [a, b]: readonly [number, number],
  verdict: ComparedMetric["verdict"] = "no change",
): CompareReport {
  const metric = {
    metric: reportableMetric("cpu_pct"),
    a: { p95: a },
    b: { p95: b },
    verdict,
    direction: "higher",
  };
  const absent = [{ metric: reportableMetric("gpu_pct"), reason: "recorded in neither period" }];
  return { metrics: [metric], absent } as unknown as CompareReport;
}

const met = (text: string, report: CompareReport) => conditionMet(parseFailCondition(text), report);

Deno.test("a relative limit is in percent of the first period's value", () => {
  equal(
    met("cpu_pct.p95 > +20%", reportOf([48, 64.3])),
    "cpu_pct.p95 went from 48 to 64.3 (+16.30, +34.0 %)",
  );
  equal(met("cpu_pct.p95 > +20%", reportOf([50, 60])), null);
  equal(met("cpu_pct.p95>=20%", reportOf([50, 60])) === null, false);
  equal(met("cpu_pct.p95 < -20%", reportOf([50, 30])) === null, false);
  equal(met("cpu_pct.p95 < -20%", reportOf([50, 45])), null);
});

Deno.test("an absolute limit is in the metric's unit", () => {
  equal(met("cpu_pct.p95 > 10", reportOf([50, 60.5])) === null, false);
  equal(met("cpu_pct.p95 > 10", reportOf([50, 60])), null);
  equal(met("cpu_pct.p95 <= -10", reportOf([50, 40])) === null, false);
});

Deno.test("something where nothing was is more than any percentage, nothing where nothing was is not", () => {
  equal(met("cpu_pct.p95 > 1000%", reportOf([0, 1])), "cpu_pct.p95 went from 0 to 1 (+1.00)");
  equal(met("cpu_pct.p95 > 0%", reportOf([0, 0])), null);
});

Deno.test("`change` is met by any metric that changed, and names it", () => {
  equal(met("change", reportOf([1, 2], "changed")), "cpu_pct is higher");
  equal(met("change", reportOf([1, 2], "new")), "cpu_pct is new");
  equal(met("change", reportOf([1, 2])), null);
  equal(met("change", reportOf([1, 2], "not enough data")), null);
});

Deno.test("a condition that can't be checked is not passed", () => {
  throws(() => met("gpu_pct.max > 5", reportOf([1, 2])), (error) => {
    match(String(error), /gpu_pct was recorded in neither period/);
    return error instanceof NoDataError;
  });
});

Deno.test("what is no condition is wrong usage, with the nearest word and examples", () => {
  const wrong: readonly (readonly [text: string, says: RegExp])[] = [
    ["cpu_pct > 5", /not a condition/],
    ["cpu_pct.p95 > much", /not a condition/],
    ["", /not a condition/],
    ["cpu_pct.p96 > 5", /did you mean p95/],
    ["cpu_percent.p95 > 5", /did you mean cpu_pct/],
  ];
  for (const [text, says] of wrong) {
    throws(() => parseFailCondition(text), (error) => {
      match(String(error), says);
      return error instanceof UsageError;
    });
  }
  deepEqual(parseFailCondition(" cpu_pct.MAX<=-2.5% "), {
    kind: "shift",
    text: "cpu_pct.MAX<=-2.5%",
    metricId: "cpu_pct",
    statistic: "max",
    operator: "<=",
    limit: -2.5,
    isRelative: true,
  });
});
