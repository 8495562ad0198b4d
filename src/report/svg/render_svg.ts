import { durationText, type Metric, NoDataError } from "../../model/mod.ts";
import type { AnalysisReport } from "../../analysis/mod.ts";
import colorsCss from "../chart/colors.css" with { type: "text" };
import linesCss from "../chart/lines.css" with { type: "text" };
import { timeChartTitle, timeChartWords } from "../chart/chart_words.ts";
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
import { type Markup, markup, trusted } from "../html/markup.ts";
import { metricHue } from "../metric_hue.ts";
import { reportRangeText } from "../range_text.ts";
import chartCss from "./chart.css" with { type: "text" };

const PICTURE = { width: 960, height: 340 };
const PLOT = { x: 64, y: 72, width: 872, height: 224 };
/** Labels of time that fit below the plot. */
const CHARACTERS = 100;

/**
 * One metric over time as a picture of its own: for READMEs, wikis, slides. Light or dark as the reader's system is.
 * @throws {NoDataError} when the report has no values of the metric
 */
export function renderSvg(report: AnalysisReport, metricId: string): string {
  const found = report.metrics.find(({ metric }) => metric.id === metricId);
  if (!found || found.timeline.length === 0) {
    const reason = report.absent.find(({ metric }) => metric.id === metricId)?.reason;
    throw new NoDataError(`no chart of ${metricId}: ${reason ?? "no values in this range"}`);
  }
  const chart = timeChart(found);
  const { timeZone } = report.range;
  const picture = markup`<svg xmlns="http://www.w3.org/2000/svg" class="hue-${
    metricHue(found.metric)
  }" width="${PICTURE.width}" height="${PICTURE.height}" viewBox="0 0 ${PICTURE.width} ${PICTURE.height}" role="img" aria-labelledby="title desc">
<title id="title">${timeChartTitle(found)}</title>
<desc id="desc">${timeChartWords(found, chart, timeZone)}</desc>
<style>
${trusted(colorsCss)}${trusted(linesCss)}${trusted(chartCss)}</style>
<rect class="paper" width="${PICTURE.width}" height="${PICTURE.height}" rx="12"/>
${heading(report, found.metric, chart)}<g transform="translate(${PLOT.x} ${PLOT.y})">
${gaps(chart)}${grid(chart, timeZone)}<path class="band" d="${bandPath(chart, PLOT)}"/>
<path class="line" d="${linePath(chart, PLOT)}"/>
</g>
</svg>
`;
  return picture.toString();
}

function heading(report: AnalysisReport, metric: Metric, chart: TimeChart): Markup {
  const { host, range, demo } = report;
  const about = [
    ...(demo ? ["demo data"] : []),
    host,
    reportRangeText(report, "window"),
    range.timeZone,
  ];
  const legend = `mean, and min–max as a band, per ${durationText(chart.binMs / 1000)}`;
  return markup`<text class="name" x="${PLOT.x}" y="32">${metric.title} <tspan class="unit">${chart.scale.unit.label}</tspan></text>
<text class="about" x="${PLOT.x}" y="52">${about.join(" · ")}</text>
<text class="about end" x="${PLOT.x + PLOT.width}" y="32">${legend}</text>
`;
}

function gaps(chart: TimeChart): Markup[] {
  return gapSpans(chart).map(({ from, to }) =>
    markup`<rect class="gap" x="${short(from * PLOT.width)}" y="0" width="${
      short((to - from) * PLOT.width)
    }" height="${PLOT.height}"><title>not recorded</title></rect>
`
  );
}

function grid(chart: TimeChart, timeZone: string): Markup {
  const values = valueTicks(chart).map(({ share, text }) => {
    const y = short(PLOT.height * (1 - share));
    return markup`<path class="grid" d="M0 ${y}H${PLOT.width}"/><text class="end" x="-10" y="${y}" dy="4">${text}</text>
`;
  });
  const times = timeTicks(chart, { timeZone, characters: CHARACTERS }).map(({ share, text }) => {
    const x = short(PLOT.width * share);
    return markup`<path class="grid" d="M${x} 0V${PLOT.height}"/><text x="${x}" y="${
      PLOT.height + 20
    }">${text}</text>
`;
  });
  return markup`${values}${times}`;
}
