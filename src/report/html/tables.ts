/** Figures in rows and columns: statistics, and what was not recorded. */
import { durationText, type Metric, shareText } from "../../model/mod.ts";
import type { AnalysisReport, MetricReport } from "../../analysis/mod.ts";
import { longestGaps } from "../longest_gaps.ts";
import { metricHue } from "../metric_hue.ts";
import { metricScale, varianceText } from "../metric_scale.ts";
import { type Markup, markup } from "./markup.ts";

const GAPS_SHOWN = 20;
const STATISTICS = ["mean", "min", "p50", "p75", "p95", "p99", "max", "stddev"] as const;
const HEADS = [...STATISTICS.slice(0, -1), "std dev", "variance"];

/** A section with a table: a metric and its unit, then a figure a column. */
export function figuresSection(
  { id, title, heads, rows }: {
    readonly id: string;
    readonly title: string;
    readonly heads: readonly string[];
    readonly rows: readonly Markup[];
  },
): Markup | null {
  if (rows.length === 0) return null;
  return markup`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<div class="wide-table" role="region" aria-labelledby="${id}" tabindex="0"><table class="figures">
<thead><tr><th scope="col">metric</th><th scope="col">unit</th>${
    heads.map((head) => markup`<th scope="col" class="number">${head}</th>`)
  }</tr></thead>
<tbody>
${rows}</tbody>
</table></div>
</section>
`;
}

/** A row of it. */
export function figuresRow(metric: Metric, unit: string, figures: readonly Markup[]): Markup {
  return markup`<tr class="hue-${
    metricHue(metric)
  }"><th scope="row">${metric.title}</th><td>${unit}</td>${
    figures.map((figure) => markup`<td class="number">${figure}</td>`)
  }</tr>
`;
}

export function statisticsSection({ metrics }: AnalysisReport): Markup | null {
  return figuresSection({
    id: "statistics",
    title: "Statistics",
    heads: HEADS,
    rows: metrics.map(statisticsRow),
  });
}

function statisticsRow(report: MetricReport): Markup {
  const { format, unit } = metricScale(report);
  const { metric, statistics } = report;
  const numbers = [
    ...STATISTICS.map((name) => format(statistics[name])),
    varianceText(statistics.variance, unit),
  ];
  return figuresRow(metric, unit.label, numbers.map((number) => markup`${number ?? "–"}`));
}

/** Also said when nothing is missing: that is worth knowing. */
export function gapsSection(report: AnalysisReport): Markup {
  const { longest, totalS, others, othersS } = longestGaps(report, GAPS_SHOWN);
  const rows = longest.map(({ from, duration, reason }) =>
    markup`<tr><th scope="row">${from}</th><td class="number">${duration}</td><td>${reason}</td></tr>
`
  );
  const rest = others > 0
    ? markup`<tr><th scope="row">${others} shorter</th><td class="number">${
      durationText(othersS)
    }</td><td></td></tr>
`
    : null;
  const table =
    markup`<div class="wide-table" role="region" aria-labelledby="gaps" tabindex="0"><table class="figures gaps">
<thead><tr><th scope="col">from</th><th scope="col" class="number">for</th><th scope="col">reason</th></tr></thead>
<tbody>
${rows}${rest}</tbody>
</table></div>
`;
  return markup`<section aria-labelledby="gaps">
<h2 id="gaps">Not recorded</h2>
${
    longest.length === 0
      ? markup`<p>No gaps: ${shareText(report.coveragePct)} recorded.</p>
`
      : markup`<p>${durationText(totalS)} in all; ${shareText(report.coveragePct)} recorded.</p>
${table}`
  }</section>
`;
}
