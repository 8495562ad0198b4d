/** The week by hour: tables of coloured cells, so that whoever does not see the colours gets the figures. */
import { WEEKDAY_NAMES } from "../../model/mod.ts";
import type { AnalysisReport, HeatStatistic, MetricReport } from "../../analysis/mod.ts";
import { heatmapWords, hourText } from "../chart/chart_words.ts";
import { metricHue } from "../metric_hue.ts";
import { clamped, isLoad, isShare, loadOf } from "../metric_kind.ts";
import type { MetricScale } from "../metric_scale.ts";
import { heatScale, weekdaysOf } from "../terminal/heatmap.ts";
import { type Markup, markup } from "./markup.ts";

export const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Shades between nothing and all. */
const STEPS = 20;
const LABELLED_EVERY = 3;

export function heatSection(report: AnalysisReport): Markup | null {
  if (report.missingForPatternS > 0 || report.metrics.length === 0) return null;
  const weekdays = weekdaysOf(report);
  return markup`<section aria-labelledby="week">
<h2 id="week">The week by hour</h2>
${legend(report)}<div class="maps">
${report.metrics.map((metric) => heatTable(metric, weekdays, report.heatStatistic))}</div>
</section>
`;
}

function heatTable(
  report: MetricReport,
  weekdays: readonly number[],
  statistic: HeatStatistic,
): Markup {
  const scale = heatScale(report, statistic);
  const cells = new Map(report.heatmap.map((cell) => [cell.weekday * 24 + cell.hour, cell]));
  const { metric } = report;
  return markup`<div class="map hue-${metricHue(metric)}"><table>
<caption><b>${metric.title}</b> <span class="unit">${
    scaleText(report, scale)
  }</span><span class="unseen"> ${heatmapWords(report, statistic)}</span></caption>
<thead><tr><td></td>${hourHeads()}</tr></thead>
<tbody>
${
    weekdays.map((weekday) =>
      markup`<tr><th scope="row">${WEEKDAY_NAMES[weekday - 1] ?? ""}</th>${
        HOURS.map((hour) => {
          const value = cells.get(weekday * 24 + hour)?.[statistic] ?? null;
          return heatCell(value, { report, scale, when: hourText(weekday, hour) });
        })
      }</tr>
`
    )
  }</tbody>
</table></div>
`;
}

/** Heads have a size of no meaning to the columns: only every third is seen, all are heard. */
export function hourHeads(): Markup[] {
  return HOURS.map((hour) => {
    const name = hour % LABELLED_EVERY === 0 ? null : markup` class="unseen"`;
    return markup`<th scope="col"><span${name}>${hour}</span></th>`;
  });
}

function heatCell(
  value: number | null,
  { report: { metric }, scale, when }: {
    report: MetricReport;
    scale: MetricScale;
    when: string;
  },
): Markup {
  if (value === null || !Number.isFinite(value)) {
    return markup`<td title="${when}: not recorded"></td>`;
  }
  const share = scale.share(value);
  const kind = isLoad(metric) ? "h" : "s";
  const step = Math.round((kind === "h" ? loadOf(metric, share) : clamped(share)) * STEPS);
  const text = scale.format(value) ?? "";
  return markup`<td class="${kind}${step}" title="${when}: ${
    `${text} ${scale.unit.label}`.trimEnd()
  }"><i>${text}</i></td>`;
}

function scaleText({ metric }: MetricReport, { format, full, unit }: MetricScale): string {
  return isShare(metric) ? "0–100 %" : `0–${format(full) ?? "?"} ${unit.label}`.trimEnd();
}

function legend({ metrics, heatStatistic }: AnalysisReport): Markup {
  const hasLoads = metrics.some(({ metric }) => isLoad(metric));
  const hasOthers = metrics.some(({ metric }) => !isShare(metric));
  const steps = Array.from({ length: STEPS + 1 }, (_, step) => step);
  const ramp = hasLoads
    ? markup`<span>0 <span class="ramp" aria-hidden="true">${
      steps.map((step) => markup`<i class="h${step}"></i>`)
    }</span> 100 %</span>`
    : null;
  return markup`<p class="legend"><span>${heatStatistic} per hour</span>${ramp}${
    hasOthers ? markup`<span>other units: pale to full is 0 to the map’s largest</span>` : null
  }<span><span class="key key-blank"></span>not recorded</span></p>
`;
}
