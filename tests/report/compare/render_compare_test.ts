import { deepEqual, equal, match, ok } from "node:assert/strict";
import stringWidth from "fast-string-width";
import type { CompareReport } from "../../../src/analysis/mod.ts";
import { narrateComparison } from "../../../src/narration/mod.ts";
import {
  type CompareScreen,
  renderCompareCsv,
  renderCompareHtml,
  renderCompareJson,
  renderCompareJsonLines,
  renderCompareMarkdown,
  renderCompareTerminal,
} from "../../../src/report/mod.ts";
import { assertConforms } from "../assert_conforms.ts";
import { matchesGolden } from "../golden.ts";
import { elementsOf, textOf } from "../xml.ts";
import { SAMPLE_COMPARISONS } from "./sample_comparisons.ts";

function sample(name: string): CompareReport {
  const report = SAMPLE_COMPARISONS[name];
  if (!report) throw new Error(`no sample comparison called ${name}`);
  return report;
}

function screenOf(name: string, screen: CompareScreen): string {
  return renderCompareTerminal(sample(name), narrateComparison(sample(name)), screen);
}

const GOLDENS: readonly (readonly [report: string, ...screens: CompareScreen[]])[] = [
  ["weeks", { width: 60 }, { width: 80 }, { width: 120 }, { width: 120, ascii: true }],
  ["weeks", { width: 120, color: "16" }, { width: 120, color: "truecolor" }],
  ["demo_weeks", { width: 120 }],
  ["other_units", { width: 100 }],
  ["two_days", { width: 80 }],
  ["hostile_words", { width: 80, ascii: true }],
  ["nothing_compared", { width: 80 }],
];

for (const [name, ...screens] of GOLDENS) {
  for (const screen of screens) {
    const { width, color, ascii } = screen;
    const suffix = [width, ascii && "ascii", color].filter(Boolean).join("_");
    Deno.test(`the comparison of ${name} looks as it did (${suffix})`, () => {
      matchesGolden(`compare_${name}_${suffix}.txt`, screenOf(name, screen));
    });
  }
}

for (const name of ["weeks", "two_days", "hostile_words"]) {
  Deno.test(`the comparison of ${name} reads as it did, as a document and as data`, () => {
    const report = sample(name);
    matchesGolden(
      `compare_${name}.md`,
      renderCompareMarkdown(report, narrateComparison(report)),
    );
    matchesGolden(`compare_${name}.csv`, renderCompareCsv(report));
  });
}

for (const name of Object.keys(SAMPLE_COMPARISONS)) {
  Deno.test(`the comparison of ${name} fits every screen, and ASCII is ASCII`, () => {
    for (const width of [40, 60, 80, 105, 120, 200]) {
      for (const color of ["none", "16", "256", "truecolor"] as const) {
        for (const line of screenOf(name, { width, color }).split("\n")) {
          ok(stringWidth(line) <= width, `${stringWidth(line)} > ${width}: ${line}`);
        }
      }
      match(screenOf(name, { width, ascii: true }), /^[\x20-\x7e\n]*$/);
    }
  });
}

Deno.test("every number of the table is on the screen at every width", () => {
  for (const width of [40, 60, 80, 200]) {
    const text = screenOf("weeks", { width });
    for (
      const pair of ["14.1 → 18.4", "7.9 →  9.2", "22.4 → 26.9", "48.0 → 64.3", "99.8 → 100.0"]
    ) {
      ok(text.includes(pair), `${pair} at ${width}`);
    }
  }
});

Deno.test("a cell that is not in both periods is blank, one that is equal is not", () => {
  const text = screenOf("weeks", { width: 60, ascii: true });
  const rows = (name: string) => text.split("\n").filter((line) => line.startsWith(` ${name}`));
  deepEqual(rows("Sun"), Array.from({ length: 4 }, () => " Sun"));
  // CPU, the first of the maps that stand one below the other: 8–20 h.
  equal(rows("Mon ")[1], " Mon          ------------");
  equal(rows("Tue ")[0], " Tue          ......####..");
});

Deno.test("what is worse and what is better have different colours, whichever way is up", () => {
  const [cpu] = sample("weeks").metrics;
  ok(cpu);
  const painted = (worse: "higher" | "lower") => {
    const metrics = [{ ...cpu, metric: { ...cpu.metric, worse } }];
    const report = { ...sample("weeks"), metrics };
    return renderCompareTerminal(report, narrateComparison(report), {
      width: 80,
      color: "truecolor",
    });
  };
  ok(painted("higher") !== painted("lower"));
});

const pageOf = (report: CompareReport) => renderCompareHtml(report, narrateComparison(report));

Deno.test("the page of a comparison looks as it did", () => {
  matchesGolden("compare_weeks.html", pageOf(sample("weeks")));
});

for (const [name, report] of Object.entries(SAMPLE_COMPARISONS)) {
  Deno.test(`the page of the comparison of ${name} conforms`, () => {
    assertConforms(pageOf(report));
  });
}

Deno.test("a page's map of differences holds each figure, painted by which way is worse", () => {
  const [cpu] = sample("weeks").metrics;
  ok(cpu);
  const cellsOf = (worse: "higher" | "lower") => {
    const metrics = [{ ...cpu, metric: { ...cpu.metric, worse } }];
    const elements = elementsOf(assertConforms(pageOf({ ...sample("weeks"), metrics })));
    return elements.filter(({ name, attributes }) =>
      name === "td" && /^Tue (7|8|14)–/.test(attributes.title ?? "")
    ).map((cell) => [cell.attributes.class, textOf(cell), cell.attributes.title]);
  };
  deepEqual(cellsOf("higher"), [
    [undefined, "", "Tue 7–8 h: not in both"],
    ["d0", "0.0", "Tue 8–9 h: 20.0 → 20.0 % (0.0)"],
    ["w6", "+11.2", "Tue 14–15 h: 20.0 → 31.2 % (+11.2)"],
  ]);
  equal(cellsOf("lower")[2]?.[0], "b6");
});

Deno.test("lines of JSON are the metrics of the JSON, each with what was compared", () => {
  const report = sample("weeks");
  const { metrics, a, b, host } = JSON.parse(renderCompareJson(report));
  const lines = renderCompareJsonLines(report).trimEnd().split("\n").map((line) =>
    JSON.parse(line)
  );
  deepEqual(lines.map(({ metric }) => metric), Object.keys(metrics));
  for (const line of lines) {
    deepEqual({ ...line, ...metrics[line.metric], a, b, host, absent: null }, line);
  }
  const [gone] = renderCompareJsonLines(sample("nothing_compared")).split("\n");
  match(JSON.parse(gone ?? "{}").absent, /recorded/);
});

Deno.test("JSON has a version, ids and numbers", () => {
  const json = JSON.parse(renderCompareJson(sample("weeks")));
  equal(json.schema_version, 1);
  deepEqual(Object.keys(json.metrics), ["cpu_pct", "gpu_pct", "ram_pct", "swap_pressure_pct"]);
  const { cpu_pct: cpu, swap_pressure_pct: swap, gpu_pct: gpu } = json.metrics;
  deepEqual(cpu.mean, { a: 14.1, b: 18.4, shift: 18.4 - 14.1, ratio: 18.4 / 14.1 });
  equal(cpu.verdict, "changed");
  deepEqual(cpu.where.weekdays, [2, 3, 4]);
  deepEqual(cpu.where.effect, { cliffs_delta: 0.31, low: 0.18, high: 0.43 });
  deepEqual([swap.mean.ratio, swap.since], [null, "2026-11-19T15:05:00.000Z"]);
  deepEqual([gpu.where, gpu.since], [null, null]);
  deepEqual(json.a, {
    start: "2026-11-08T23:00:00.000Z",
    end: "2026-11-15T23:00:00.000Z",
    time_zone: "Europe/Berlin",
    resolved_from: "last-week",
    samples: 604_800,
    recorded_s: 590_000,
    recorded_hours: 164,
  });
  equal(cpu.heatmap.length, 72);
  deepEqual(cpu.heatmap[0], { weekday: 1, hour: 8, a: 20, b: 17, difference: -3 });
});
