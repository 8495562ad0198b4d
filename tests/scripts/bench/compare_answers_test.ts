import { deepEqual, equal } from "node:assert/strict";
import { compareAnswers } from "../../../scripts/bench/compare_answers.ts";
import { sidebysideReport } from "../../../scripts/bench/sidebyside_report.ts";

const CPU = { count: 4, min: 1, max: 9, mean: 5, stddev: 2, p50: 4, p75: 6, p95: 8 };
const mtr = (cpu: object, mean = 5) => ({
  metrics: { cpu_pct: { unit: "%", ...CPU, ...cpu } },
  heatmaps: { cpu_pct: [{ weekday: 1, hour: 14, mean }] },
});
const plain = {
  stats: { cpu_pct: [4, 1, 9, 5, 2, 4, 6, 8] },
  cells: { cpu_pct: [[1, 14, 5]] as [number, number, number][] },
};

Deno.test("compareAnswers gives the worst relative error of each kind, in per cent", () => {
  deepEqual(compareAnswers(mtr({}), plain), { basicPct: 0, percentilesPct: 0, cellsPct: 0 });
  deepEqual(compareAnswers(mtr({ mean: 5.5, p95: 8.4 }, 4.9), plain), {
    basicPct: 10,
    percentilesPct: 100 * (8.4 - 8) / 8,
    cellsPct: 100 * (5 - 4.9) / 5,
  });
});

Deno.test("compareAnswers does not take a missing figure or cell for a right one", () => {
  equal(compareAnswers({ metrics: {}, heatmaps: {} }, plain).basicPct, Infinity);
  equal(compareAnswers({ ...mtr({}), heatmaps: {} }, plain).cellsPct, Infinity);
});

Deno.test("sidebysideReport gives what ../shared/bench/sidebyside.py compares", () => {
  const { stats } = sidebysideReport(mtr({})) as { stats: Record<string, unknown[]> };
  deepEqual(stats.cpu, plain.stats.cpu_pct);
  deepEqual(stats.swap, Array(8).fill(null));
});
