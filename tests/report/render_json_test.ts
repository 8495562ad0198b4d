import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { AnalysisReport } from "../../src/analysis/mod.ts";
import { reportableMetric } from "../../src/model/mod.ts";
import { renderCsv, renderJson, renderJsonLines } from "../../src/report/data.ts";
import { renderHtml, renderMarkdown } from "../../src/report/mod.ts";
import { renderTerminal } from "../../src/report/screen.ts";
import { SAMPLE_REPORTS } from "./sample_reports.ts";

const REPORT: AnalysisReport = {
  generatedAtMs: Date.parse("2026-11-22T14:12:08Z"),
  range: {
    startMs: Date.parse("2026-11-21T23:00:00Z"),
    endMs: Date.parse("2026-11-22T23:00:00Z"),
    timeZone: "Europe/Berlin",
    resolvedFrom: "today",
  },
  window: { startMs: 0, endMs: 1 },
  host: "mbp14",
  source: "mactop 2.1.5",
  intervalS: 1,
  demo: false,
  samples: 600,
  recordedS: 600,
  coveragePct: 97.4,
  method: "exact, from rows",
  heatStatistic: "mean",
  metrics: [{
    metric: reportableMetric("cpu_pct"),
    statistics: {
      count: 1,
      min: 1,
      max: 9,
      mean: 4,
      p50: 3,
      p75: 5,
      p95: 8,
      p99: Number.NaN,
      stddev: null,
      variance: null,
    },
    last: 3,
    heatmap: [{ weekday: 7, hour: 14, mean: 4, p95: null, max: 9, count: 600 }],
    peak: {
      startMs: Date.parse("2026-11-22T13:02:00Z"),
      endMs: Date.parse("2026-11-22T13:17:00Z"),
      mean: 5,
    },
    sufficiency: {
      gapP95P75: 3,
      headroom: 92,
      above90Pct: 0,
      verdict: "roomy",
      rule: "p95 8.0 < 40 → roomy",
      longestAbove90: null,
      advice: "nothing to gain",
    },
    useBegan: {
      afterMs: Date.parse("2026-11-22T01:29:59Z"),
      byMs: Date.parse("2026-11-22T01:45:00Z"),
    },
    timeline: [],
  }],
  absent: [{ metric: reportableMetric("gpu_pct"), reason: "no values recorded" }],
  gaps: [{
    startMs: Date.parse("2026-11-22T01:12:00Z"),
    endMs: Date.parse("2026-11-22T01:13:00Z"),
    reason: "asleep",
  }],
  missingForPatternS: 0,
  missingForVerdictS: 0,
  recorderPid: null,
  notes: ["1 of 31 files could not be read"],
};

Deno.test("the JSON has ids, numbers and UTC times; what is not a number is null", () => {
  deepEqual(JSON.parse(renderJson(REPORT)), {
    schema_version: 1,
    generated_at: "2026-11-22T14:12:08.000Z",
    range: {
      start: "2026-11-21T23:00:00.000Z",
      end: "2026-11-22T23:00:00.000Z",
      time_zone: "Europe/Berlin",
      resolved_from: "today",
    },
    host: "mbp14",
    source: "mactop 2.1.5",
    demo: false,
    samples: 600,
    coverage_pct: 97.4,
    method: "exact, from rows",
    metrics: {
      cpu_pct: {
        unit: "%",
        count: 1,
        min: 1,
        max: 9,
        mean: 4,
        median: 3,
        p50: 3,
        p75: 5,
        p95: 8,
        p99: null,
        stddev: null,
        variance: null,
        last: 3,
      },
    },
    heatmaps: { cpu_pct: [{ weekday: 7, hour: 14, mean: 4, p95: null, max: 9, count: 600 }] },
    peaks: {
      cpu_pct: { start: "2026-11-22T13:02:00.000Z", end: "2026-11-22T13:17:00.000Z", mean: 5 },
    },
    sufficiency: {
      cpu_pct: {
        gap_p95_p75: 3,
        headroom: 92,
        above_90_pct: 0,
        verdict: "roomy",
        rule: "p95 8.0 < 40 → roomy",
        advice: "nothing to gain",
        longest_above_90: null,
      },
    },
    use_began: {
      cpu_pct: { after: "2026-11-22T01:29:59.000Z", by: "2026-11-22T01:45:00.000Z" },
    },
    gaps: [{
      start: "2026-11-22T01:12:00.000Z",
      end: "2026-11-22T01:13:00.000Z",
      reason: "asleep",
    }],
    absent: [{ metric: "gpu_pct", reason: "no values recorded" }],
    notes: ["1 of 31 files could not be read"],
  });
});

Deno.test("a heatmap's cell is one line of JSON", () => {
  match(renderJson(REPORT), /^ +\{ "weekday": 7, "hour": 14, "mean": 4, .*"count": 600 \}$/m);
});

Deno.test("a host's name cannot break the JSON", () => {
  const host = '{\n "weekday": 1,\n x }"\\';
  equal(JSON.parse(renderJson({ ...REPORT, host })).host, host);
});

Deno.test("demo data says so", () => {
  const demo = SAMPLE_REPORTS["demo_week"];
  equal(demo && JSON.parse(renderJson(demo)).demo, true);
});

Deno.test("a newest value that is not known is null, an empty cell, or a dash; never NaN", () => {
  const [metric] = REPORT.metrics;
  const report = { ...REPORT, metrics: metric ? [{ ...metric, last: null }] : [] };
  equal(JSON.parse(renderJson(report)).metrics.cpu_pct.last, null);
  const [head = "", row = ""] = renderCsv(report).split("\n");
  equal(row.split(",")[head.split(",").indexOf("last")], "");
  match(renderHtml(report, []), /<dt>newest<\/dt><dd>–<\/dd>/);
  const early = { ...report, missingForPatternS: 60 };
  const screen = renderTerminal(early, [], { width: 120, now: 0 });
  match(screen, /^ CPU +– /m);
  ok(!/NaN/.test(screen + renderMarkdown(report, [])));
});

Deno.test("lines of JSON have a metric each, with its parts of the JSON and what was asked", () => {
  const { metrics, heatmaps, peaks, sufficiency, use_began, ...about } = JSON.parse(
    renderJson(REPORT),
  );
  const [cpu, gpu, ...more] = renderJsonLines(REPORT).split("\n");
  deepEqual(more, [""]);
  const { absent: _absent, gaps: _gaps, notes: _notes, ...asked } = about;
  deepEqual(JSON.parse(cpu ?? ""), {
    ...asked,
    metric: "cpu_pct",
    absent: null,
    ...metrics.cpu_pct,
    peak: peaks.cpu_pct,
    sufficiency: sufficiency.cpu_pct,
    use_began: use_began.cpu_pct,
    heatmap: heatmaps.cpu_pct,
  });
  deepEqual(JSON.parse(gpu ?? ""), { ...asked, metric: "gpu_pct", absent: "no values recorded" });
});

Deno.test("with a chart the JSON has its numbers, each bin and list on a line, and else has none", () => {
  const [metric] = REPORT.metrics;
  ok(metric);
  const bin = { startMs: REPORT.range.startMs, mean: 4, min: 1, max: null };
  const valueBins = { top: 100, sharesPct: [60, 40] };
  const report = { ...REPORT, metrics: [{ ...metric, timeline: [bin], valueBins }] };
  const line = renderJson(report, { chart: "line" });
  deepEqual(JSON.parse(line).timelines.cpu_pct, [
    { start: "2026-11-21T23:00:00.000Z", mean: 4, min: 1, max: null },
  ]);
  match(line, /^ +\{ "start": "2026-11-21T23:00:00\.000Z", "mean": 4, "min": 1, "max": null \}$/m);
  const spread = renderJson(report, { chart: "cdf" });
  const distribution = { from: 0, to: 100, shares_pct: [60, 40] };
  deepEqual(JSON.parse(spread).distributions.cpu_pct, distribution);
  match(spread, /"shares_pct": \[ 60, 40 \]$/m);
  deepEqual(
    JSON.parse(
      renderJsonLines(report, { chart: "histogram" })
        .split("\n")[0] ?? "",
    ).distribution,
    distribution,
  );
  const plain = JSON.parse(renderJson(report));
  deepEqual([plain.timelines, plain.distributions], [undefined, undefined]);
});
