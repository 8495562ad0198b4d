/** Every renderer × every report: none throws, none is wider than it may be, nothing is cut off. */
import { equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import stringWidth from "fast-string-width";
import { plainText, REPORTABLE_METRICS } from "../../src/model/mod.ts";
import type { AnalysisReport, MetricReport, Verdict } from "../../src/analysis/mod.ts";
import { narrate } from "../../src/narration/mod.ts";
import { renderCsv, renderJson } from "../../src/report/data.ts";
import { renderTerminal } from "../../src/report/screen.ts";
import {
  CHART_KINDS,
  type ColorDepth,
  renderHtml,
  renderMarkdown,
  valueAxisTop,
} from "../../src/report/mod.ts";
import { casesToTry } from "../everything.ts";
import { propertyRuns } from "../property_runs.ts";
import { grapheme } from "./any_text.ts";
import { SAMPLE_REPORTS } from "./sample_reports.ts";
import { elementsOf, parseXml } from "./xml.ts";

const DEPTHS: readonly ColorDepth[] = ["none", "16", "256", "truecolor"];
/** Widths without colour and in ASCII, and colours at some of them; charts at the narrowest and the widest. */
const SCREENS = [
  ...casesToTry([40, 60, 80, 105, 120, 200], [40, 80, 200]).flatMap((width) =>
    [true, false].map((ascii) => ({ width, ascii, color: "none" as ColorDepth }))
  ),
  ...casesToTry([80, 120], [120]).flatMap((width) =>
    casesToTry<ColorDepth>(DEPTHS, ["truecolor"]).map((color) => ({ width, ascii: false, color }))
  ),
];

function assertFits(text: string, width: number): void {
  ok(text.endsWith("\n"));
  for (const line of text.split("\n")) {
    ok(stringWidth(line) <= width, `${stringWidth(line)} > ${width}: ${line}`);
  }
}

for (const [name, report] of Object.entries(SAMPLE_REPORTS)) {
  Deno.test(`${name} fits screens of 40 to 200 columns`, () => {
    const sentences = narrate(report);
    for (const { width, color, ascii } of SCREENS) {
      for (const chart of [40, 200].includes(width) ? CHART_KINDS : [null]) {
        const options = { width, color, ascii, chart, now: report.generatedAtMs };
        assertFits(renderTerminal(report, sentences, options), width);
      }
    }
  });

  Deno.test(`${name} is well-formed in every format`, () => {
    const markdown = renderMarkdown(report, narrate(report));
    match(markdown, /^# /);
    const tableRows = markdown.split("\n").filter((line) => line.startsWith("| "));
    const cells = (row: string) => row.replaceAll("\\|", "").split("|").length;
    tableRows.forEach((row, i) => {
      const rule = [tableRows[i - 1], row, tableRows[i + 1]].find((line) => line?.includes("---"));
      if (rule) equal(cells(row), cells(rule), row);
    });

    const json = JSON.parse(renderJson(report));
    equal(json.schema_version, 1);
    equal(json.demo, report.demo);
    equal(Object.keys(json.metrics).length, report.metrics.length);

    const withoutQuoted = renderCsv(report).replaceAll(/"[^"]*"/g, "");
    equal(withoutQuoted.split("\n").length, report.metrics.length + 2);
  });
}

const HOUR_MS = 3_600_000;
const START_MS = Date.parse("2026-03-20T10:00:00Z");
const someNumber = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 0, max: 1000, noNaN: true }) },
  { weight: 2, arbitrary: fc.double({ min: 0, max: 1e15, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -40, Number.NaN, 100) },
);
const maybeNumber = fc.oneof(someNumber, fc.constant(null));
const someMs = fc.integer({ min: START_MS, max: START_MS + 60 * 24 * HOUR_MS });

const someStatistics = fc.record({
  count: fc.nat(),
  min: someNumber,
  max: someNumber,
  mean: someNumber,
  p50: someNumber,
  p75: someNumber,
  p95: someNumber,
  p99: someNumber,
  stddev: maybeNumber,
  variance: fc.oneof(maybeNumber, fc.constant(1e21)),
});

const someMetricReport: fc.Arbitrary<MetricReport> = fc.record({
  metric: fc.constantFrom(...REPORTABLE_METRICS),
  statistics: someStatistics,
  last: maybeNumber,
  heatmap: fc.array(
    fc.record({
      weekday: fc.integer({ min: 1, max: 7 }),
      hour: fc.integer({ min: 0, max: 23 }),
      mean: someNumber,
      p95: maybeNumber,
      max: someNumber,
      count: fc.integer({ min: 1, max: 9999 }),
    }),
    { maxLength: 60 },
  ),
  peak: fc.option(fc.record({ startMs: someMs, endMs: someMs, mean: someNumber })),
  sufficiency: fc.option(fc.record({
    gapP95P75: someNumber,
    headroom: someNumber,
    above90Pct: fc.double({ min: 0, max: 100, noNaN: true }),
    longestAbove90: fc.option(fc.record({ startMs: someMs, endMs: someMs })),
    advice: fc.option(fc.constantFrom("nothing to gain", "add ≥ 4 GiB")),
    verdict: fc.constantFrom<Verdict>(
      "roomy",
      "adequate",
      "tight",
      "insufficient",
      "not enough data",
    ),
    rule: fc.string(),
  })),
  useBegan: fc.option(fc.record({ afterMs: someMs, byMs: someMs })),
  valueBins: fc.option(
    fc.record({
      top: fc.constant(0),
      sharesPct: fc.array(fc.double({ min: 0, max: 100, noNaN: true }), {
        minLength: 200,
        maxLength: 200,
      }),
    }),
    { nil: undefined },
  ),
  timeline: fc.array(fc.record({ mean: maybeNumber, min: maybeNumber, max: maybeNumber }), {
    maxLength: 300,
  }).map((bins) => bins.map((bin, i) => ({ ...bin, startMs: START_MS + i * HOUR_MS }))),
}).map((report) => ({
  ...report,
  valueBins: report.valueBins && {
    ...report.valueBins,
    top: valueAxisTop(report.metric, report.statistics),
  },
}));

const someText = fc.oneof(fc.string(), fc.string({ unit: grapheme, maxLength: 90 }));

const someReport: fc.Arbitrary<AnalysisReport> = fc.record({
  generatedAtMs: someMs,
  range: fc.record({
    startMs: someMs,
    endMs: someMs,
    timeZone: fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"),
    resolvedFrom: fc.constantFrom("today", "last 7 days", "2026-11-01 – 2026-11-07"),
  }),
  window: fc.record({ startMs: someMs, endMs: someMs }),
  host: someText,
  source: someText,
  intervalS: fc.constantFrom(0.1, 1, 10, 3600),
  demo: fc.boolean(),
  samples: fc.nat(),
  recordedS: fc.nat({ max: 1e8 }),
  coveragePct: fc.double({ min: 0, max: 100, noNaN: true }),
  method: fc.constant("exact, from rows"),
  heatStatistic: fc.constantFrom("mean", "p95", "max"),
  metrics: fc.uniqueArray(someMetricReport, {
    maxLength: REPORTABLE_METRICS.length,
    selector: ({ metric }) => metric.id,
  }),
  absent: fc.array(
    fc.record({ metric: fc.constantFrom(...REPORTABLE_METRICS), reason: someText }),
    { maxLength: 2 },
  ),
  gaps: fc.array(
    fc.record({
      startMs: someMs,
      endMs: someMs,
      reason: fc.constantFrom("not recording", "asleep", "machine off", "source failed"),
    }),
    { maxLength: 9 },
  ),
  missingForPatternS: fc.constantFrom(0, 0, 0, 5000),
  missingForVerdictS: fc.constantFrom(0, 0, 700),
  recorderPid: fc.constantFrom(null, 4711),
  notes: fc.array(someText, { maxLength: 2 }),
});

const withoutBlanks = (text: string) => text.replace(/\s/gu, "");

Deno.test("any report fits any screen, and its host is told whole", () => {
  const screens = fc.record({
    width: fc.integer({ min: 40, max: 220 }),
    color: fc.constantFrom(...DEPTHS),
    ascii: fc.boolean(),
    chart: fc.constantFrom(null, ...CHART_KINDS),
  });
  fc.assert(
    fc.property(someReport, screens, (report, screen) => {
      const sentences = narrate(report);
      const text = renderTerminal(report, sentences, { ...screen, now: report.generatedAtMs });
      assertFits(text, screen.width);
      if (screen.ascii || screen.color !== "none") return;
      ok(withoutBlanks(text).includes(withoutBlanks(plainText(report.host))));
    }),
    { numRuns: propertyRuns(25, 80), seed: 1 },
  );
});

Deno.test("any report can be written in any format", () => {
  fc.assert(
    fc.property(someReport, (report) => {
      renderMarkdown(report, narrate(report));
      renderCsv(report);
      const html = renderHtml(report, narrate(report));
      const paths = elementsOf(parseXml(html)).filter(({ name }) => name === "path");
      for (const { attributes: { d = "" } } of paths) match(d, /^[MLHVZ\d. -]*$/);
      ok(!/NaN|Infinity/.test(JSON.stringify(JSON.parse(renderJson(report)).metrics)));
    }),
    { numRuns: propertyRuns(10, 30), seed: 2 },
  );
});
