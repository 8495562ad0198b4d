/** What pictures show, in words: for people who hear a page, and for tooltips. */
import {
  clockText,
  dateText,
  isSameDay,
  localTime,
  quantityText,
  weekdayName,
} from "../../model/mod.ts";
import type { HeatStatistic, MetricReport } from "../../analysis/mod.ts";
import type { MetricScale } from "../metric_scale.ts";
import { gapSpans, type KnownBin, type TimeChart } from "./time_chart.ts";

/** `CPU over time`. */
export function timeChartTitle({ metric }: MetricReport): string {
  return `${metric.title} over time`;
}

/** The course in a few figures: span, extremes, the highest stretch, what is missing. */
export function timeChartWords(report: MetricReport, chart: TimeChart, timeZone: string): string {
  const { metric, statistics: { mean, min, max } } = report;
  const quantity = (value: number) => quantityText(metric.unit, value);
  const bins = chart.runs.flat();
  if (bins.length === 0) return `${metric.title}: nothing was recorded.`;
  const highest = bins.reduce((best, bin) => (bin.mean > best.mean ? bin : best));
  const missing = gapSpans(chart).reduce((sum, { from, to }) => sum + to - from, 0);
  return [
    `${metric.title} from ${momentText(chart.startMs, timeZone)} to ${
      momentText(chart.endMs, timeZone)
    }:`,
    `mean ${quantity(mean)}, between ${quantity(min)} and ${quantity(max)};`,
    `highest ${quantity(highest.mean)} on average in ${binSpanText(highest, chart, timeZone)}.`,
    ...(missing > 0 ? [`Nothing was recorded in ${Math.ceil(missing * 100)} % of the span.`] : []),
  ].join(" ");
}

/** `Wed 18 Nov 09:00–10:00: mean 34.5 %, 12.0 … 77.3`. */
export function binWords(bin: KnownBin, chart: TimeChart, timeZone: string): string {
  const { format, unit } = chart.scale;
  const mean = `${format(bin.mean)} ${unit.label}`.trimEnd();
  return `${binSpanText(bin, chart, timeZone)}: mean ${mean}, ${format(bin.min)} … ${
    format(bin.max)
  }`;
}

/** A heatmap in two figures: when it is highest, and when lowest. */
export function heatmapWords({ metric, heatmap }: MetricReport, statistic: HeatStatistic): string {
  const cells = heatmap.flatMap((cell) => {
    const value = cell[statistic];
    return value !== null && Number.isFinite(value) ? [{ ...cell, value }] : [];
  });
  const [first] = cells;
  if (!first) return `${metric.title}: nothing was recorded.`;
  const highest = cells.reduce((best, cell) => (cell.value > best.value ? cell : best), first);
  const lowest = cells.reduce((best, cell) => (cell.value < best.value ? cell : best), first);
  const text = ({ weekday, hour, value }: typeof first) =>
    `${quantityText(metric.unit, value)} ${hourText(weekday, hour)}`;
  return `${metric.title}, ${statistic} by weekday and hour: highest ${text(highest)}, lowest ${
    text(lowest)
  }.`;
}

/** Where the percentiles lie. */
export function percentileWords(
  { metric, statistics: { p50, p75, p95, p99, max } }: Pick<MetricReport, "metric" | "statistics">,
  { format, unit }: MetricScale,
): string {
  const figures = [["p50", p50], ["p75", p75], ["p95", p95], ["p99", p99], ["max", max]] as const;
  const texts = figures.map(([name, value]) => `${name} ${format(value) ?? "–"}`);
  return `${metric.title}: ${texts.join(", ")} ${unit.label}`.trimEnd();
}

/** `Wed 9–10 h`. */
export function hourText(weekday: number, hour: number): string {
  return `${weekdayName(weekday)} ${hour}–${hour + 1} h`;
}

/** `Wed 18 Nov 09:00`. */
export function momentText(ms: number, timeZone: string): string {
  const time = localTime(ms, timeZone);
  return `${dateText(time)} ${clockText(time)}`;
}

function binSpanText({ startMs }: KnownBin, { binMs }: TimeChart, timeZone: string): string {
  const start = localTime(startMs, timeZone);
  const end = localTime(startMs + binMs, timeZone);
  const to = isSameDay(start, end)
    ? clockText(end)
    : `${weekdayName(end.weekday)} ${clockText(end)}`;
  return `${dateText(start)} ${clockText(start)}–${to}`;
}
