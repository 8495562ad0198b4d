/** Lines over time, one below the other on the same axis of time, so that they can be read together. */
import { durationText } from "../../model/mod.ts";
import type { AnalysisReport, MetricReport } from "../../analysis/mod.ts";
import { binWords, timeChartTitle, timeChartWords } from "../chart/chart_words.ts";
import {
  bandPath,
  gapSpans,
  linePath,
  short,
  type TimeChart,
  timeChart,
  timeTicks,
  valueTicks,
} from "../chart/time_chart.ts";
import { fitted } from "../terminal/sparkline.ts";
import { metricHue } from "../metric_hue.ts";
import { type Markup, markup } from "./markup.ts";

/** The plot is stretched to the page; its words stand beside it, so that they keep their size. */
const SIZE = { width: 1000, height: 200 };
/** What fits a wide page. On a narrow one, every second label gives way where there are more than a handful. */
const CHARACTERS = 110;
const HANDFUL = 5;
/** More bins than this are no longer told apart, and make a heavy page. */
const MOST_BINS = 240;

export function timeSection(report: AnalysisReport): Markup | null {
  const shown = report.metrics.filter(({ timeline }) => timeline.length > 0);
  const [first] = shown;
  if (!first) return null;
  const { timeZone } = report.range;
  return markup`<section aria-labelledby="time">
<h2 id="time">Over time</h2>
<p class="legend"><span><span class="key key-line"></span>mean</span><span><span class="key key-band"></span>min–max, both per ${
    durationText(chartOf(first).binMs / 1000)
  }</span><span><span class="key key-gap"></span>not recorded</span></p>
${shown.map((metric) => timeFigure(metric, timeZone))}</section>
`;
}

function timeFigure(report: MetricReport, timeZone: string): Markup {
  const chart = chartOf(report);
  const { metric } = report;
  const id = `time-${metric.id}`;
  return markup`<figure class="time hue-${metricHue(metric)}">
<figcaption><b>${metric.title}</b> <span class="unit">${chart.scale.unit.label}</span></figcaption>
<div class="y" aria-hidden="true">${
    valueTicks(chart).map(({ share, text }) =>
      markup`<span style="bottom:${short(share * 100)}%">${text}</span>`
    )
  }</div>
<svg viewBox="0 0 ${SIZE.width} ${SIZE.height}" preserveAspectRatio="none" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${timeChartTitle(report)}</title>
<desc id="${id}-desc">${timeChartWords(report, chart, timeZone)}</desc>
${gapRects(chart)}<path class="grid" d="${gridPath(chart, timeZone)}"/>
<path class="band" d="${bandPath(chart, SIZE)}"/>
<path class="line" d="${linePath(chart, SIZE)}"/>
<g class="hits">${hits(chart, timeZone)}</g>
</svg>
<div class="x" aria-hidden="true">${timeLabels(chart, timeZone)}</div>
</figure>
`;
}

function chartOf(report: MetricReport): TimeChart {
  return timeChart({ ...report, timeline: fitted(report.timeline, MOST_BINS) });
}

function gapRects(chart: TimeChart): Markup[] {
  return gapSpans(chart).map(({ from, to }) =>
    markup`<rect class="gap" x="${short(from * SIZE.width)}" y="0" width="${
      short((to - from) * SIZE.width)
    }" height="${SIZE.height}"/>
`
  );
}

/** Quarters of the scale, and the times that are labelled where there is room. */
function gridPath(chart: TimeChart, timeZone: string): string {
  const levels = valueTicks(chart).map(({ share }) => `M0 ${SIZE.height * share}H${SIZE.width}`);
  const times = timeTicks(chart, { timeZone, characters: CHARACTERS })
    .map(({ share }) => `M${short(share * SIZE.width)} 0V${SIZE.height}`);
  return [...levels, ...times].join("");
}

/** Invisible columns that say their figures when pointed at. */
function hits(chart: TimeChart, timeZone: string): Markup[] {
  const width = SIZE.width * chart.binMs / (chart.endMs - chart.startMs);
  return chart.runs.flat().map((bin) => {
    const x = SIZE.width * (bin.startMs - chart.startMs) / (chart.endMs - chart.startMs);
    return markup`<rect x="${short(x)}" y="0" width="${
      short(width)
    }" height="${SIZE.height}"><title>${binWords(bin, chart, timeZone)}</title></rect>`;
  });
}

function timeLabels(chart: TimeChart, timeZone: string): Markup[] {
  const ticks = timeTicks(chart, { timeZone, characters: CHARACTERS });
  return ticks.map(({ share, text }, i) => {
    const name = ticks.length > HANDFUL && i % 2 > 0 ? markup` class="minor"` : null;
    return markup`<span${name} style="left:${short(share * 100)}%">${text}</span>`;
  });
}
