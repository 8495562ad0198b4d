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
import { percentileWords } from "../chart/chart_words.ts";
import { short } from "../chart/time_chart.ts";
import { metricHue } from "../metric_hue.ts";
import { clamped } from "../metric_kind.ts";
import { type MetricScale, metricScale } from "../metric_scale.ts";
import { type Markup, markup } from "./markup.ts";

const WEEK_MS = 7 * 86_400_000;
const STRIP = { width: 1000, height: 20 };
const PERCENTILES = ["p50", "p75", "p95", "p99", "max"] as const;

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
${percentileStrip(report, scale)}<dl class="percentiles">${
    PERCENTILES.map((name) =>
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
  return markup`<p class="rule"><b>Because</b> ${rule}</p>${
    advice === null ? null : markup`<p class="advice">→ ${advice}</p>`
  }
`;
}

/** One bar from nothing to all, a shade paler at each percentile. */
function percentileStrip(report: MetricReport, scale: MetricScale): Markup {
  const { metric, statistics } = report;
  const id = `strip-${metric.id}`;
  const ends = PERCENTILES.map((name) => clamped(scale.share(statistics[name])) * STRIP.width);
  const parts = ends.map((end, i) => {
    const from = i === 0 ? 0 : Math.max(0, ...ends.slice(0, i));
    return markup`<rect class="part${i}" x="${short(from)}" y="0" width="${
      short(Math.max(0, end - from))
    }" height="${STRIP.height}"/>`;
  });
  return markup`<svg class="strip" viewBox="0 0 ${STRIP.width} ${STRIP.height}" preserveAspectRatio="none" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">Percentiles of ${metric.title}</title>
<desc id="${id}-desc">${percentileWords(report, scale)}</desc>
<rect class="track" x="0" y="0" width="${STRIP.width}" height="${STRIP.height}"/>${parts}
</svg>
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
