import {
  clockText,
  countText,
  dateText,
  durationText,
  localTime,
  shareText,
} from "../../model/mod.ts";
import type { AnalysisReport } from "../../analysis/mod.ts";
import { outlook } from "../outlook.ts";
import { reportRangeText } from "../range_text.ts";
import { short } from "../chart/time_chart.ts";
import colorsCss from "../chart/colors.css" with { type: "text" };
import { withWholeQuantities } from "../terminal/wrap_text.ts";
import { heatSection } from "./heat_section.ts";
import { type Markup, markup, trusted } from "./markup.ts";
import { metricCards } from "./metric_cards.ts";
import pageCss from "./page.css" with { type: "text" };
import { gapsSection, statisticsSection } from "./tables.ts";
import { timeSection } from "./time_section.ts";

/**
 * A report as one page that needs nothing else: no scripts, no fonts, no network. It is XML and HTML at once, light or
 * dark as the reader's system is, and says each picture in words too.
 * @param sentences what narration has to say about the report, one sentence each
 */
export function renderHtml(report: AnalysisReport, sentences: readonly string[]): string {
  const { host, range } = report;
  const page = markup`<!DOCTYPE html>
<html lang="en" xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<meta name="generator" content="mtr"/>
<title>${host}: ${range.resolvedFrom}</title>
<style>
${trusted(colorsCss)}${trusted(pageCss)}</style>
</head>
<body>
<main>
${pageHead(report)}${metricCards(report)}${inShort(report, sentences)}${timeSection(report)}${
    heatSection(report)
  }${statisticsSection(report)}${gapsSection(report)}${howMade(report)}</main>
</body>
</html>
`;
  return page.toString();
}

function pageHead(report: AnalysisReport): Markup {
  const { host, range, source, intervalS, coveragePct, recordedS, demo } = report;
  const part = report.missingForPatternS > 0 ? "window" : "range";
  const badge = demo ? markup`<span class="pill demo">demo data</span> ` : null;
  return markup`<header class="page">
<p class="asked">${badge}${range.resolvedFrom}</p>
<h1>${host}</h1>
<p class="when">${reportRangeText(report, part)} <span class="unit">${range.timeZone}</span></p>
<p class="source">${source}, every ${durationText(intervalS)} · ${durationText(recordedS)} = ${
    shareText(coveragePct)
  } recorded</p>
<div class="coverage" aria-hidden="true"><i style="width:${short(coveragePct)}%"></i></div>
</header>
`;
}

function inShort(report: AnalysisReport, sentences: readonly string[]): Markup | null {
  const all = [
    ...sentences,
    ...outlook(report),
    ...report.absent.map(({ metric, reason }) => `${metric.title} is not shown: ${reason}.`),
  ];
  if (all.length === 0) return null;
  return markup`<section aria-labelledby="short">
<h2 id="short">In short</h2>
<ul class="sentences">
${
    all.map((sentence) =>
      markup`<li>${withWholeQuantities(sentence)}</li>
`
    )
  }</ul>
</section>
`;
}

function howMade(report: AnalysisReport): Markup {
  const { samples, method, generatedAtMs, range, demo, notes } = report;
  const made = localTime(generatedAtMs, range.timeZone);
  const lines = [
    ...(demo ? ["Demo data: invented by `mtr demo`, not recorded on any machine."] : []),
    `${countText(samples)} ${samples === 1 ? "sample" : "samples"}; figures: ${method}.`,
    "Each sample counts for the time that it stands for. What was not recorded is left blank and counted nowhere.",
    "Percentiles are continuous, with linear interpolation; variance and standard deviation are those of a sample.",
    `Made by mtr on ${dateText(made, { year: true })} at ${clockText(made)} (${range.timeZone}).`,
  ];
  const noteLines = notes.map((note) =>
    markup`<li class="note">${note}</li>
`
  );
  return markup`<footer>
<h2>How the figures were made</h2>
<ul>
${noteLines}${
    lines.map((line) =>
      markup`<li>${line}</li>
`
    )
  }</ul>
</footer>
`;
}
