import { countText } from "../../model/mod.ts";
import type { ComparedMetric, CompareReport } from "../../analysis/mod.ts";
import {
  askedText,
  matchText,
  pairOf,
  rangesText,
  STATISTICS,
  unitOf,
} from "../compare/compared_numbers.ts";
import type { CompareWords } from "../compare/render_compare_terminal.ts";
import { metricHue } from "../metric_hue.ts";
import { metricScale } from "../metric_scale.ts";
import { withWholeQuantities } from "../terminal/wrap_text.ts";
import compareCss from "./compare.css" with { type: "text" };
import { differenceSection } from "./difference_section.ts";
import { type Markup, markup } from "./markup.ts";
import { htmlPage } from "./page.ts";
import { percentileStrip } from "./percentile_strip.ts";
import { howMade, sentenceSection } from "./prose.ts";
import { figuresRow, figuresSection } from "./tables.ts";

/** A comparison as one page that says each picture in words too. */
export function renderCompareHtml(
  report: CompareReport,
  { clauses, remarks }: CompareWords,
): string {
  const { host, metrics, absent, a, b } = report;
  return htmlPage({
    title: `${host}: ${askedText(report)}`,
    css: compareCss,
    body: [
      pageHead(report),
      metrics.length === 0 ? null : markup`<section class="cards" aria-label="Metrics">
${metrics.map((compared, i) => card(compared, clauses[i] ?? ""))}</section>
`,
      sentenceSection([
        ...absent.map(({ metric, reason }) => `${metric.title} is not compared: ${reason}.`),
        ...remarks,
      ]),
      differenceSection(metrics),
      shiftSection(metrics),
      howMade({
        notes: report.notes,
        demo: report.demo,
        madeMs: report.generatedAtMs,
        timeZone: b.range.timeZone,
        lines: [
          `${countText(a.samples)} and ${countText(b.samples)} samples; ${report.method}.`,
          "Each sample counts for the time that it stands for; hours that are not in both periods are left out.",
        ],
      }),
    ],
  });
}

function pageHead(report: CompareReport): Markup {
  const badge = report.demo ? markup`<span class="pill demo">demo data</span> ` : null;
  return markup`<header class="page">
<p class="asked">${badge}${askedText(report)}</p>
<h1>${report.host}</h1>
<p class="when">${rangesText(report, ["A: ", "B: "])}</p>
<p class="source">${matchText(report)}</p>
</header>
`;
}

function card(compared: ComparedMetric, clause: string): Markup {
  const { metric } = compared;
  const mean = pairOf(compared, "mean");
  return markup`<article class="card hue-${metricHue(metric)}">
<header><h2>${metric.title}</h2>${pill(compared)}</header>
<p class="help">${metric.help}</p>
<p class="big"><b>${mean.a} → ${mean.b}</b> ${unitOf(compared).label} <span>on average</span></p>
${strips(compared)}<p class="rule"><b>Changed?</b> ${withWholeQuantities(clause)}</p>
<dl class="facts">${
    STATISTICS.filter((name) => name !== "mean").map((name) => {
      const { a, b } = pairOf(compared, name);
      return markup`<div><dt>${name}</dt><dd>${a} → ${
        a === b ? b : markup`<b>${b}</b>`
      }</dd></div>`;
    })
  }</dl>
</article>
`;
}

function pill({ verdict, direction, metric }: ComparedMetric): Markup {
  const text = verdict === "changed" ? direction ?? verdict : verdict;
  const name = direction === null || metric.worse === "neither"
    ? "v-plain"
    : direction === metric.worse
    ? "v-worse"
    : "v-better";
  return markup`<span class="pill ${name}">${text}</span>`;
}

/** Both periods' percentiles on one scale, one bar below the other. */
function strips({ metric, a, b }: ComparedMetric): Markup {
  const together = { ...a, min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
  const scale = metricScale({ metric, statistics: together });
  return markup`${
    (["a", "b"] as const).map((name) => {
      const strip = percentileStrip({ metric, statistics: name === "a" ? a : b }, scale, {
        id: `strip-${name}-${metric.id}`,
        title: `Percentiles of ${metric.title} in period ${name.toUpperCase()}`,
      });
      return markup`<div class="pair"><span aria-hidden="true">${name.toUpperCase()}</span>${strip}</div>
`;
    })
  }`;
}

function shiftSection(metrics: readonly ComparedMetric[]): Markup | null {
  return figuresSection({
    id: "shifts",
    title: "Figures",
    heads: STATISTICS,
    rows: metrics.map(shiftRow),
  });
}

function shiftRow(compared: ComparedMetric): Markup {
  const pairs = STATISTICS.map((name) => {
    const { a, b } = pairOf(compared, name);
    return markup`${a} → ${b}`;
  });
  return figuresRow(compared.metric, unitOf(compared).label, pairs);
}
