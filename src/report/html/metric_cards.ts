/** A card a metric: how hard it worked, whether that is much, and what would change it. */
import {
  clockText,
  durationText,
  localTime,
  MONTH_NAMES,
  shareText,
  weekdayName,
} from "../../model/mod.ts";
import type { AnalysisReport, MetricReport, Sufficiency } from "../../analysis/mod.ts";
import { metricHue } from "../metric_hue.ts";
import { type MetricScale, metricScale } from "../metric_scale.ts";
import { withWholeQuantities } from "../terminal/wrap_text.ts";
import { type Markup, markup } from "./markup.ts";
import { percentileStrip, STRIP_PERCENTILES } from "./percentile_strip.ts";

const WEEK_MS = 7 * 86_400_000;

export function metricCards(report: AnalysisReport): Markup | null {
  const { metrics, range, window } = report;
  if (metrics.length === 0) return null;
  // Within a week the weekday says when.
  const isLong = window.endMs - window.startMs > WEEK_MS;
  const whenText = (ms: number) => {
    const time = localTime(ms, range.timeZone);
    const day = isLong ? `${time.day} ${MONTH_NAMES[time.month - 1]}` : weekdayName(time.weekday);
    return `${day} ${clockText(time)}`;
  };
  return markup`<section class="cards" aria-label="Metrics">
${metrics.map((metric) => card(metric, whenText))}</section>
`;
}

/** @param whenText a moment, as short as is clear within the range */
function card(report: MetricReport, whenText: (ms: number) => string): Markup {
  const { metric, statistics, sufficiency } = report;
  const scale = metricScale(report);
  const { label } = scale.unit;
  return markup`<article class="card hue-${metricHue(metric)}">
<header><h2>${metric.title}</h2>${sufficiency && verdictPill(sufficiency)}</header>
<p class="help">${metric.help}</p>
<p class="big"><b>${
    scale.format(statistics.p50) ?? "–"
  }</b> ${label} <span>half of the time at most</span></p>
${
    percentileStrip(report, scale, {
      id: `strip-${metric.id}`,
      title: `Percentiles of ${metric.title}`,
    })
  }<dl class="percentiles">${
    STRIP_PERCENTILES.map((name) =>
      markup`<div><dt>${name}</dt><dd>${scale.format(statistics[name]) ?? "–"}</dd></div>`
    )
  }</dl>
${sufficiency && reasons(sufficiency)}<dl class="facts">${
    factsOf(report, scale, whenText).map(([name, fact]) =>
      markup`<div><dt>${name}</dt><dd>${fact}</dd></div>`
    )
  }</dl>
</article>
`;
}

function verdictPill({ verdict }: Sufficiency): Markup {
  return markup`<span class="pill v-${verdict.replaceAll(" ", "-")}">${verdict}</span>`;
}

function reasons({ rule, advice }: Sufficiency): Markup {
  return markup`<p class="rule"><b>Because</b> ${withWholeQuantities(rule)}</p>${
    advice === null ? null : markup`<p class="advice">→ ${withWholeQuantities(advice)}</p>`
  }
`;
}

function factsOf(
  { peak, sufficiency, statistics, last }: MetricReport,
  scale: MetricScale,
  whenText: (ms: number) => string,
): [name: string, fact: string][] {
  const quantity = (value: number | null) => {
    const number = scale.format(value);
    return number === null ? "–" : `${number} ${scale.unit.label}`.trimEnd();
  };
  const facts: [string, string][] = [["mean", quantity(statistics.mean)]];
  facts.push(["newest", quantity(last)]);
  if (peak) facts.push(["busiest 15 min", `${quantity(peak.mean)}, ${whenText(peak.startMs)}`]);
  if (!sufficiency) return facts;
  const { gapP95P75, headroom, above90Pct, longestAbove90: longest } = sufficiency;
  facts.push(["p95 − p75", quantity(gapP95P75)], ["headroom, 100 − p95", quantity(headroom)]);
  facts.push(["time above 90 %", shareText(above90Pct)]);
  if (longest) {
    const lengthS = (longest.endMs - longest.startMs) / 1000;
    facts.push([
      "longest above 90 %",
      `${durationText(lengthS)}, ${whenText(longest.startMs)}`,
    ]);
  }
  return facts;
}
