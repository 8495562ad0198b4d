import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import type { AnalysisReport } from "../../src/analysis/mod.ts";
import { NoDataError, plainText } from "../../src/model/mod.ts";
import { narrate } from "../../src/narration/mod.ts";
import { renderHtml, renderSvg } from "../../src/report/mod.ts";
import { propertyRuns } from "../property_runs.ts";
import { anyCharacter, grapheme } from "./any_text.ts";
import { assertConforms } from "./assert_conforms.ts";
import { matchesGolden } from "./golden.ts";
import { SAMPLE_REPORTS } from "./sample_reports.ts";
import { elementsOf, parseXml, textOf } from "./xml.ts";

function sample(name: string): AnalysisReport {
  const report = SAMPLE_REPORTS[name];
  if (!report) throw new Error(`no sample report called ${name}`);
  return report;
}

const pageOf = (report: AnalysisReport) => renderHtml(report, narrate(report));
for (const name of ["week", "ten_minutes", "demo_week"]) {
  Deno.test(`the page of ${name} looks as it did`, () => {
    matchesGolden(`${name}.html`, pageOf(sample(name)));
  });
}

Deno.test("the picture of a metric looks as it did", () => {
  matchesGolden("week_cpu.svg", renderSvg(sample("week"), "cpu_pct"));
  matchesGolden("gaps_ram.svg", renderSvg(sample("four_weeks_with_gaps"), "ram_pct"));
});

for (const [name, report] of Object.entries(SAMPLE_REPORTS)) {
  Deno.test(`the page and the pictures of ${name} conform`, () => {
    assertConforms(pageOf(report));
    for (const { metric } of report.metrics) assertConforms(renderSvg(report, metric.id));
  });
}

Deno.test("the reader that tests rely on is strict", () => {
  for (
    const wrong of [
      "<a><b></a></b>",
      "<a>",
      "<a/><b/>",
      "<a>&</a>",
      "<a b='c'/>",
      '<a b="c" b="d"/>',
      "<a><</a>",
      "<a>\u0000</a>",
      "text",
      "<br>",
    ]
  ) throws(() => parseXml(wrong), SyntaxError, wrong);
  equal(textOf(parseXml('<a b="&#34;">x<c/>&#60;</a>')), "x<");
});

Deno.test("any host, source, note or sentence stays text", () => {
  const nasty = fc.oneof(
    fc.constantFrom(
      "<script>alert(1)</script>",
      '"><img src=x onerror=alert(1)>',
      "' onload='alert(1)",
      "</title></style><b>",
      "]]>&amp;\u0000\u001b[31m\ufffe\ud800",
    ),
    fc.string({ unit: anyCharacter }),
    fc.string({ unit: grapheme }),
  );
  fc.assert(
    fc.property(nasty, nasty, nasty, (host, note, sentence) => {
      const report = { ...sample("one_row"), host, source: host, notes: [note] };
      const root = assertConforms(renderHtml(report, [sentence]));
      const text = textOf(root);
      const shown = (words: string) => plainText(words).replace(/[\ufffe\uffff]/g, "");
      ok(text.includes(shown(host)) && text.includes(shown(note)));
      assertConforms(renderSvg(report, "cpu_pct"));
    }),
    { numRuns: propertyRuns(15, 40), seed: 3 },
  );
});

Deno.test("a heatmap's cells hold their figures, and nothing where nothing was recorded", () => {
  const tables = elementsOf(parseXml(pageOf(sample("week")))).filter(({ name }) =>
    name === "table"
  );
  const [cpu] = tables;
  const sunday = elementsOf(cpu ?? parseXml("<a/>")).filter(({ name }) => name === "tr").at(-1);
  const cells = sunday?.children.flatMap((cell) => typeof cell === "string" ? [] : [textOf(cell)]);
  equal(cells?.length, 25);
  equal(cells?.[0], "Sun");
  for (const cell of cells?.slice(1, 16) ?? []) match(cell, /^\d+\.\d$/);
  deepEqual(cells?.slice(16), Array(9).fill(""));
});

Deno.test("pictures say in words what they show", () => {
  const page = pageOf(sample("week"));
  match(
    page,
    /<desc id="time-cpu_pct-desc">CPU from Mon 16 Nov 00:00 to [^<]*mean 15\.1 %, between/,
  );
  match(
    page,
    /<desc id="strip-cpu_pct-desc">CPU: p50 9\.0, p75 23\.1, p95 45\.7, p99 63\.1, max 97\.9 %/,
  );
});

Deno.test("below a day there is no weekly pattern, and the page says what is missing", () => {
  const page = pageOf(sample("ten_minutes"));
  ok(!page.includes("The week by hour"));
  match(page, /Too early for a weekly pattern/);
});

Deno.test("a gap interrupts the line and is shaded", () => {
  const svg = elementsOf(parseXml(renderSvg(sample("four_weeks_with_gaps"), "cpu_pct")));
  const of = (name: string) => svg.filter(({ attributes }) => attributes.class === name);
  const runs = (of("line")[0]?.attributes.d ?? "").split("M").length - 1;
  ok(of("gap").length >= 2);
  // The first gap begins the range; each other one parts the line in two.
  equal(runs, of("gap").length);
});

Deno.test("a metric without values has no picture, and the reason is told", () => {
  throws(
    () => renderSvg(sample("no_gpu"), "gpu_pct"),
    (error) => error instanceof NoDataError && /no GPU source/.test(error.message),
  );
});

/** Relative luminance (WCAG 2.2) of `#rrggbb` or of three channels. */
function luminance(color: string): number {
  const channels = color.startsWith("#")
    ? [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16))
    : color.split(" ").map(Number);
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

Deno.test("words can be read on their paper, light and dark (WCAG AA)", async () => {
  const css = await Deno.readTextFile(
    new URL("../../src/report/chart/colors.css", import.meta.url),
  );
  const [light = "", dark = ""] = css.split("@media");
  const inks = [
    "ink",
    "muted",
    "cpu",
    "gpu",
    "ram",
    "swap",
    "other0",
    "other1",
    "other2",
    "other3",
  ];
  const pairs = [
    ...inks.map((ink) => [ink, "surface"]),
    ["ink", "page"],
    ["muted", "page"],
    ["warn", "page"],
    ["muted", "track"],
    ...["good", "fair", "warn", "bad"].map((name) => [name, `${name}-paper`]),
  ] as const;
  for (const theme of [light, dark]) {
    const colors = new Map(
      Array.from(
        theme.matchAll(/--([\w-]+): ([^;]+);/g),
        ([, name, value]) => [name, value] as const,
      ),
    );
    for (const [ink = "", paper = ""] of pairs) {
      const [low = 0, high = 0] = [ink, paper]
        .map((name) => luminance(colors.get(name) ?? "")).sort((a, b) => a - b);
      const contrast = (high + 0.05) / (low + 0.05);
      ok(contrast >= 4.5, `${ink} on ${paper}: ${contrast.toFixed(2)}`);
    }
  }
});
