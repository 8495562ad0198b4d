import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { AnalysisReport, HeatmapCell, MetricReport } from "../../src/analysis/mod.ts";
import { LOAD_LEVELS, loadLevel, narrate } from "../../src/narration/mod.ts";
import { SAMPLE_REPORTS } from "../report/sample_reports.ts";

function sample(name: string): AnalysisReport {
  const report = SAMPLE_REPORTS[name];
  if (!report) throw new Error(`no sample report called ${name}`);
  return report;
}

/** The week's report with one metric changed, and nothing else in it. */
function withMetric(id: string, change: (metric: MetricReport) => Partial<MetricReport>) {
  const week = sample("week");
  const metrics = week.metrics.filter(({ metric }) => metric.id === id)
    .map((metric) => ({ ...metric, ...change(metric) }));
  return { ...week, metrics, gaps: [] };
}

/** A week of cells with the mean that `meanAt` gives. */
function cells(meanAt: (weekday: number, hour: number) => number): HeatmapCell[] {
  return Array.from({ length: 7 * 24 }, (_, i) => {
    const [weekday, hour] = [Math.floor(i / 24) + 1, i % 24];
    const mean = meanAt(weekday, hour);
    return { weekday, hour, mean, p95: null, max: mean, count: 60 };
  });
}

const cpuWith = (meanAt: (weekday: number, hour: number) => number) => {
  const heatmap = cells(meanAt);
  const mean = heatmap.reduce((sum, cell) => sum + cell.mean, 0) / heatmap.length;
  return withMetric("cpu_pct", ({ statistics }) => ({
    heatmap,
    peak: null,
    statistics: { ...statistics, mean },
  }));
};

Deno.test("a week is told in full", () => {
  deepEqual(narrate(sample("week")), [
    "CPU load is moderate: half of the time at most 9.0 %, busy on weekdays 9–18 h (mean 34.5 %).",
    "GPU load is next to nothing: half of the time at most 0.8 %, busy on weekdays 9–18 h (mean 5.3 %).",
    "RAM is tight: at or above 85.8 % for 5 % of the time.",
    "SWAP took up to 10.7 % of the memory's size; swapping began Thu 20:25.",
    "RAM is called tight because of: p95 85.8 → tight. To change it: add ≥ 4 GiB.",
    "CPU is busiest Wed 16–17 h (mean 39.4 %) and quietest at night, 23–9 h (mean 3.6 %).",
    "CPU is busier on weekdays than at weekends: 17.3 % against 8.5 %.",
    "CPU peaked Fri 14:47: 46.4 % over 15 minutes.",
    "Not recorded: Sun 15–24 h.",
  ]);
});

Deno.test("with less than a day nothing is said about times of day", () => {
  for (const name of ["ten_minutes", "fifteen_hours", "hours_of_other_units", "one_row"]) {
    for (const sentence of narrate(sample(name))) {
      ok(!/busy|busiest|quietest|weekday|weekend|higher/.test(sentence), sentence);
    }
  }
});

Deno.test("load levels cover every mean, in order", () => {
  const limits = LOAD_LEVELS.map(({ belowPct }) => belowPct);
  deepEqual(limits, [...limits].sort((a, b) => a - b));
  equal(loadLevel(0), "next to nothing");
  equal(loadLevel(18.4), "moderate");
  equal(loadLevel(64.9), "high");
  equal(loadLevel(100), "very high");
});

Deno.test("hours that are busy every day are not called weekdays'", () => {
  const [cpu = ""] = narrate(cpuWith((_, hour) => (hour >= 9 && hour < 17 ? 60 : 5)));
  match(cpu, /busy every day 9–17 h \(mean 60\.0 %\)/);
});

Deno.test("a lunch break does not end the busy hours", () => {
  const [cpu = ""] = narrate(
    cpuWith((_, hour) => hour === 12 ? 30 : hour >= 9 && hour < 17 ? 60 : 5),
  );
  match(cpu, /9–17 h/);
});

Deno.test("busy hours may run past midnight", () => {
  const [cpu = ""] = narrate(cpuWith((_, hour) => (hour >= 22 || hour < 3 ? 60 : 5)));
  match(cpu, /busy every day 22–3 h/);
});

Deno.test("weekdays and weekends with different hours are both told", () => {
  const [cpu = ""] = narrate(cpuWith((weekday, hour) => {
    const isBusy = weekday <= 5 ? hour >= 9 && hour < 17 : hour >= 20 && hour < 23;
    return isBusy ? 60 : 5;
  }));
  match(cpu, /busy on weekdays 9–17 h \(mean 60\.0 %\) and at weekends 20–23 h \(mean 60\.0 %\)/);
});

Deno.test("a load that never changes has no busy hours", () => {
  const sentences = narrate(cpuWith(() => 20));
  equal(sentences.length, 1);
  ok(!sentences[0]?.includes("busy"));
});

Deno.test("swap that was never used is said so", () => {
  const report = withMetric("swap_pressure_pct", ({ statistics }) => ({
    statistics: { ...statistics, min: 0, mean: 0, p50: 0, max: 0 },
    heatmap: cells(() => 0),
    peak: null,
  }));
  deepEqual(narrate(report), ["SWAP was not used: 0 % throughout."]);
});

Deno.test("the beginning of swapping is told as exactly as it is known, and no more", () => {
  const beginning = (after: string | null, by = "") =>
    narrate(withMetric("swap_pressure_pct", () => ({
      useBegan: after === null ? null : {
        afterMs: Date.parse(`2026-11-${after}+01:00`),
        byMs: Date.parse(`2026-11-${by}+01:00`),
      },
    })))[0]?.replace(/.*; /, "");
  const oneSecondRows = beginning("19T16:04:59", "19T16:06:00");
  const usedThroughout = beginning("19T16:04:59", "19T16:05:01");
  const oneMinuteRows = beginning("19T16:04:00", "19T16:06:00");
  for (const text of [oneSecondRows, usedThroughout, oneMinuteRows]) {
    equal(text, "swapping began Thu 16:05.");
  }
  equal(
    beginning("19T16:59:59", "19T18:00:00"),
    "swapping began Thu between 17:00 and 18:00.",
  );
  equal(
    beginning("19T21:14:59", "20T08:30:00"),
    "swapping began between Thu 21:15 and Fri 08:30.",
  );
  ok(!beginning(null)?.includes("began"));
});

Deno.test("memory is judged by its verdict only", () => {
  const ram = (verdict: string) =>
    narrate(withMetric("ram_pct", ({ sufficiency }) => ({
      peak: null,
      heatmap: [],
      sufficiency: sufficiency && { ...sufficiency, verdict: verdict as "roomy" },
    })))[0];
  equal(ram("insufficient"), "RAM is insufficient: at or above 85.8 % for 5 % of the time.");
  equal(ram("roomy"), "RAM is roomy: below 85.8 % for 95 % of the time.");
  equal(ram("not enough data"), "RAM in use: half of the time at most 61.2 %, never above 86.6 %.");
});

Deno.test("time above 90 % is told when it is notable", () => {
  const cpu = (above90Pct: number) =>
    narrate(withMetric("cpu_pct", ({ sufficiency }) => ({
      sufficiency: sufficiency && { ...sufficiency, above90Pct },
    })))[0] ?? "";
  match(cpu(6.24), /above 90 % for 6\.2 % of it/);
  ok(!cpu(0.1).includes("90 %"));
});

Deno.test("peaks that overlap are told together", () => {
  const week = sample("week");
  const startMs = Date.parse("2026-11-19T15:05:00Z");
  const metrics = week.metrics.slice(0, 3).map((metric, i) => ({
    ...metric,
    peak: {
      startMs: startMs + i * 5 * 60_000,
      endMs: startMs + (i * 5 + 15) * 60_000,
      mean: 90 + i,
    },
  }));
  ok(
    narrate({ ...week, metrics }).includes(
      "Peaks fell together Thu 16:05: CPU 90.0 %, GPU 91.0 %, RAM 92.0 % over 15 minutes.",
    ),
  );
});

const gapOf = (from: string, to: string, reason: "asleep" | "machine off" | "not recording") => ({
  startMs: Date.parse(from),
  endMs: Date.parse(to),
  reason,
});

Deno.test("gaps are told with their reasons; of many, the sum and the longest", () => {
  const lastOf = (gaps: AnalysisReport["gaps"]) => narrate({ ...sample("week"), gaps }).at(-1);
  const sunday = gapOf("2026-11-22T15:00:00+01:00", "2026-11-23T00:00:00+01:00", "not recording");
  const noon = gapOf("2026-11-18T12:10:00+01:00", "2026-11-18T16:12:00+01:00", "asleep");
  const night = gapOf("2026-11-19T22:00:00+01:00", "2026-11-20T08:00:00+01:00", "machine off");
  equal(lastOf([noon, sunday]), "Not recorded: Wed 12:10–16:12 (asleep), Sun 15–24 h.");
  equal(lastOf([night]), "Not recorded: Thu 22:00 – Fri 08:00 (machine off).");
  equal(
    lastOf([noon, night, sunday]),
    "Not recorded: 23 h 2 min in 3 stretches, the longest Thu 22:00 – Fri 08:00 (machine off).",
  );
  ok(!lastOf([])?.includes("Not recorded"));
});

Deno.test("over more than a week, days carry their date", () => {
  const sentences = narrate(sample("four_weeks_with_gaps"));
  ok(sentences.includes("CPU peaked Tue 3 Nov 16:10: 69.7 % over 15 minutes."));
});

Deno.test("every sentence holds a number and ends with a full stop", () => {
  for (const report of Object.values(SAMPLE_REPORTS)) {
    for (const sentence of narrate(report)) match(sentence, /\d.*\.$/);
  }
});

Deno.test("metrics without values are not spoken of", () => {
  deepEqual(narrate(sample("no_metrics")), []);
  const report = withMetric("cpu_pct", ({ statistics }) => ({
    statistics: { ...statistics, count: 0, mean: Number.NaN },
  }));
  deepEqual(narrate(report), []);
});
