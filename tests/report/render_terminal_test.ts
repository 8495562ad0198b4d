import { deepEqual, equal, match, ok } from "node:assert/strict";
import stringWidth from "fast-string-width";
import { narrate } from "../../src/narration/mod.ts";
import type { ChartKind, ColorDepth } from "../../src/report/mod.ts";
import { renderTerminal } from "../../src/report/screen.ts";
import { matchesGolden } from "./golden.ts";
import { SAMPLE_REPORTS } from "./sample_reports.ts";

interface Screen {
  readonly width: number;
  readonly color?: ColorDepth;
  readonly ascii?: boolean;
  readonly chart?: ChartKind;
}

function screenOf(name: string, screen: Screen): string {
  const report = SAMPLE_REPORTS[name];
  if (!report) throw new Error(`no sample report called ${name}`);
  return renderTerminal(report, narrate(report), { ...screen, now: report.generatedAtMs });
}

const GOLDENS: readonly (readonly [report: string, ...screens: Screen[]])[] = [
  ["week", { width: 60 }, { width: 80 }, { width: 105 }, { width: 120 }, { width: 200 }],
  ["week", { width: 120, ascii: true }, { width: 80, ascii: true, chart: "line" }],
  ["week", { width: 120, color: "16" }, { width: 120, color: "256" }],
  ["week", { width: 120, color: "truecolor" }, { width: 200, color: "truecolor" }],
  ["one_day", { width: 80 }, { width: 120 }],
  ["ten_minutes", { width: 60 }, { width: 80 }, { width: 120 }, { width: 200 }],
  ["ten_minutes", { width: 120, color: "truecolor" }, { width: 80, ascii: true }],
  ["fifteen_hours", { width: 80 }, { width: 120, chart: "line" }, { width: 200 }],
  ["no_gpu", { width: 120 }],
  ["four_weeks_with_gaps", { width: 60 }, { width: 120 }, { width: 120, chart: "line" }],
  ["demo_week", { width: 120 }, { width: 120, color: "256" }],
  ["one_metric", { width: 60 }, { width: 120, color: "truecolor" }],
  ["other_units", { width: 80 }, { width: 120, chart: "line" }, { width: 120, ascii: true }],
  ["many_metrics", { width: 80 }, { width: 120 }, { width: 200 }],
  ["hours_of_other_units", { width: 60 }, { width: 120 }],
  ["hostile_words", { width: 80 }, { width: 80, ascii: true }],
  ["week", { width: 60, chart: "cdf" }, { width: 120, chart: "cdf" }],
  ["week", { width: 60, chart: "histogram" }, { width: 120, chart: "histogram" }],
  ["week", { width: 80, ascii: true, chart: "cdf" }],
  ["week", { width: 80, ascii: true, chart: "histogram" }],
  ["week", { width: 120, chart: "line", color: "truecolor" }],
  ["other_units", { width: 120, chart: "histogram" }, { width: 120, chart: "cdf" }],
  ["no_metrics", { width: 80 }],
  ["one_row", { width: 80 }],
];

for (const [report, ...screens] of GOLDENS) {
  for (const screen of screens) {
    const { width, color, ascii, chart } = screen;
    const suffix = [width, ascii && "ascii", chart === "line" ? "chart" : chart, color].filter(
      Boolean,
    ).join("_");
    Deno.test(`the screen of ${report} looks as it did (${suffix})`, () => {
      matchesGolden(`${report}_${suffix}.txt`, screenOf(report, screen));
    });
  }
}

const week = (screen: Screen) => screenOf("week", screen);
const linesOf = (text: string) => text.split("\n");

Deno.test("a week has two panes from 105 columns on, and one below", () => {
  match(week({ width: 105 }), /│ CPU/);
  ok(!week({ width: 100 }).includes("│"));
});

Deno.test("stacked heatmaps stand two by two at 80 columns and one by one at 60", () => {
  ok(linesOf(week({ width: 80 })).some((line) => /^ CPU +GPU$/.test(line)));
  ok(!linesOf(week({ width: 60 })).some((line) => /^ CPU +GPU$/.test(line)));
});

Deno.test("decimal points stand under one another", () => {
  const rows = linesOf(week({ width: 80 }))
    .filter((line) => /^ (mean|min|p\d\d|max|std dev|variance) +\d+\.\d/.test(line));
  equal(rows.length, 9);
  const points = rows.map((line) => [...line.matchAll(/\./g)].map(({ index }) => index));
  for (const row of points) deepEqual(row, points[0]);
});

Deno.test("without colour there is not one escape, with colour the words are the same", () => {
  const plain = week({ width: 80 });
  ok(!plain.includes("\u001b"));
  for (const color of ["16", "256", "truecolor"] as const) {
    const colored = week({ width: 80, color });
    ok(colored.includes("\u001b["));
    const words = (text: string) => Array.from(text.matchAll(/[A-Za-z]{3,}/g), ([word]) => word);
    // deno-lint-ignore no-control-regex
    deepEqual(words(colored.replace(/\u001b\[[0-9;]*m/g, "")), words(plain));
  }
});

Deno.test("no colour leaks from one line into the next", () => {
  for (const line of linesOf(week({ width: 120, color: "truecolor" }))) {
    // deno-lint-ignore no-control-regex
    const codes = Array.from(line.matchAll(/\u001b\[([0-9;]*)m/g), ([, code]) => code ?? "");
    const opened = codes.filter((code) => /^(1|2|7|3[0-8]|4[0-8])(;|$)/.test(code)).length;
    const closed = codes.filter((code) => /^(22|27|39|49)$/.test(code)).length;
    equal(opened, closed, line);
  }
});

Deno.test("ASCII screens hold no byte above 127, not even from the host's name", () => {
  for (const name of Object.keys(SAMPLE_REPORTS)) {
    const text = screenOf(name, { width: 80, ascii: true, chart: "line" });
    match(text, /^[\x20-\x7e\n]*$/, name);
  }
});

Deno.test("what was not recorded is blank, what was recorded as zero is not", () => {
  for (const ascii of [false, true]) {
    const lines = linesOf(week({ width: 60, ascii }));
    const sundays = lines.filter((line) => line.startsWith(" Sun  "));
    const mondays = lines.filter((line) => line.startsWith(" Mon  "));
    equal(sundays.length, 4);
    // Sunday's recording ended at 15:00; SWAP was zero all Monday.
    for (const line of sundays) equal(line.length, 6 + 15);
    for (const line of mondays) equal(line.replaceAll(" ", "").length, 3 + 24);
  }
});

Deno.test("below a day of data there is no week grid, and it says what is missing", () => {
  const text = screenOf("ten_minutes", { width: 120 });
  ok(!/^ Mon /m.test(text));
  match(
    text,
    /Too early for a weekly pattern \(24 h needed\) or a verdict \(3 h needed, 2 h 50 min to go\)\. Recording goes on: pid 4711\./,
  );
});

Deno.test("from three hours on there are verdicts", () => {
  const text = screenOf("fifteen_hours", { width: 120 });
  match(text, /verdict/);
  match(text, /Too early for a weekly pattern \(24 h needed, 15 h 10 min to go\)\./);
});

Deno.test("a range that has passed is not told to wait", () => {
  const text = screenOf("hours_of_other_units", { width: 120 });
  match(text, /Too little data for a weekly pattern \(24 h needed\): 4 h 5 min were recorded\./);
  match(text, / last /);
});

Deno.test("an absent metric is named with its reason", () => {
  match(
    screenOf("no_gpu", { width: 120 }),
    /GPU is not shown: no values recorded \(no GPU source\)\./,
  );
});

Deno.test("demo data is marked as such", () => {
  match(screenOf("demo_week", { width: 120 }), /^ \[demo data\] · demo/);
});

Deno.test("gaps stay gaps in charts", () => {
  const lines = linesOf(screenOf("fifteen_hours", { width: 120, chart: "line" }));
  const from = lines.findIndex((line) => line.trim().startsWith("CPU %   line ="));
  const rows = lines.slice(from + 1, from + 14).map((line) => line.padEnd(120));
  const columns = Array.from({ length: 118 }, (_, i) => rows.some((row) => row[i] !== " "));
  // Asleep 01:10–07:40 of 15:20 h: a run of blank columns as long as that share of the chart, after the axis.
  const blank = columns.slice(10).join(",").match(/(false,?)+/)?.[0].split(",").filter(Boolean);
  const expected = 108 * 6.5 / (15 + 1 / 3);
  ok(Math.abs((blank?.length ?? 0) - expected) <= 2, `${blank?.length} of ${expected}`);
});

/** The shares that a histogram's bars are labelled with, of one metric's chart. */
function sharesOf(text: string): number[] {
  return linesOf(text).flatMap((line) => {
    const [, share] = /^ +\S+ - \S+ +<?(\d+(?:\.\d)?) %/.exec(line) ?? [];
    return share === undefined ? [] : [Number(share)];
  });
}

Deno.test("a histogram's shares come to all of the time, and what is not nothing has a bar", () => {
  const text = screenOf("one_metric", { width: 80, chart: "histogram" });
  const shares = sharesOf(text);
  ok(shares.length >= 5);
  ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100) < 0.5, shares.join(" "));
  for (const line of linesOf(text).filter((line) => / [1-9][\d.]* % |<0\.1 % /.test(line))) {
    if (/ - /.test(line)) match(line, /[▏▎▍▌▋▊▉█]$/);
  }
});

Deno.test("a distribution's curve rises to all of the time and never falls", () => {
  const text = screenOf("one_metric", { width: 80, chart: "cdf", ascii: true });
  const rows = linesOf(text).filter((line) => /^ {1,4}\d* {1,5}\|/.test(line))
    .map((line) => line.slice(line.indexOf("|") + 1));
  equal(rows.length, 8);
  const columns = Math.max(...rows.map((row) => row.length));
  // The highest row that a column has a point in: fewer from left to right.
  const tops = Array.from({ length: columns }, (_, i) => rows.findIndex((row) => row[i] === "*"));
  ok(tops.every((top, i) => top >= 0 && (i === 0 || top <= (tops[i - 1] ?? 0))), tops.join(" "));
  equal(tops.at(-1), 0);
});

Deno.test("without value bins there are no charts of distributions, and the rest is there", () => {
  const { week: whole } = SAMPLE_REPORTS;
  if (!whole) throw new Error("no week");
  const report = {
    ...whole,
    metrics: whole.metrics.map((metric) => ({ ...metric, valueBins: undefined })),
  };
  const text = (chart: ChartKind | null) =>
    renderTerminal(report, [], { width: 80, chart, now: report.generatedAtMs });
  equal(text("cdf"), text(null));
});

Deno.test("text from outside cannot control the terminal", () => {
  const text = screenOf("hostile_words", { width: 80 });
  // deno-lint-ignore no-control-regex
  ok(!/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/.test(text));
  ok(stringWidth(linesOf(text)[0] ?? "") <= 80);
});
