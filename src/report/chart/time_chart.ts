/** A line over time with its min–max band, as geometry: what pages and pictures draw. */
import type { MetricReport, TimelineBin } from "../../analysis/mod.ts";
import { axisTop } from "../axis_top.ts";
import { type MetricScale, metricScale } from "../metric_scale.ts";
import { type AxisLabel, timeAxis } from "../terminal/time_axis.ts";

const FALLBACK_BIN_MS = 60_000;
const QUARTERS = [0, 1, 2, 3, 4] as const;

/** A bin in which something was recorded. */
export interface KnownBin {
  readonly startMs: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

export interface TimeChart {
  readonly startMs: number;
  readonly endMs: number;
  readonly binMs: number;
  readonly bins: readonly TimelineBin[];
  /** Stretches of neighbouring bins without a gap. */
  readonly runs: readonly (readonly KnownBin[])[];
  readonly scale: MetricScale;
  /** The value at the upper end of the axis, which begins at 0. */
  readonly top: number;
}

export function timeChart(report: MetricReport): TimeChart {
  const { timeline: bins } = report;
  const [first, second] = bins;
  const startMs = first?.startMs ?? 0;
  const binMs = second ? second.startMs - startMs : FALLBACK_BIN_MS;
  const runs = runsOf(bins);
  const scale = metricScale(report);
  const largest = Math.max(0, ...runs.flat().map(({ max }) => max));
  const top = axisTop(report, scale, largest);
  return { startMs, endMs: startMs + bins.length * binMs, binMs, bins, runs, scale, top };
}

/** Size of the plot in the units of its picture. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Path of the mean. It holds its value to both ends of a run, so that a lone bin is a dash and not nothing. */
export function linePath(chart: TimeChart, size: Size): string {
  return chart.runs.map((run) => `M${pointsOf(run, "mean", chart, size).join("L")}`).join("");
}

/** Path of the area between the smallest and the largest value. */
export function bandPath(chart: TimeChart, size: Size): string {
  return chart.runs.map((run) => {
    const upper = pointsOf(run, "max", chart, size);
    const lower = pointsOf(run, "min", chart, size).reverse();
    return `M${[...upper, ...lower].join("L")}Z`;
  }).join("");
}

/** Where nothing was recorded, from and to in shares of the width. */
export function gapSpans({ bins }: TimeChart): { readonly from: number; readonly to: number }[] {
  const spans: { from: number; to: number }[] = [];
  bins.forEach((bin, i) => {
    if (knownBin(bin)) return;
    const last = spans.at(-1);
    if (last?.to === i) last.to = i + 1;
    else spans.push({ from: i, to: i + 1 });
  });
  return spans.map(({ from, to }) => ({ from: from / bins.length, to: to / bins.length }));
}

/** Labels of the value axis: a share of the height from below, and the number without its unit. */
export function valueTicks({ scale, top }: TimeChart): { share: number; text: string }[] {
  const texts = QUARTERS.map((quarter) => scale.format(top * quarter / 4) ?? "");
  // `0 25 50 75 100` says as much as `0.0 25.0 …`.
  const areWhole = texts.every((text) => /^\d+(\.0+)?$/.test(text));
  return QUARTERS.map((quarter, i) => ({
    share: quarter / 4,
    text: areWhole ? String(Number(texts[i])) : texts[i] ?? "",
  }));
}

/** Labels at round local times, as many as fit into so many characters; `share` is that of the width. */
export function timeTicks(
  { startMs, endMs }: TimeChart,
  { timeZone, characters }: { readonly timeZone: string; readonly characters: number },
): { share: number; text: string }[] {
  const starts = Array.from(
    { length: characters },
    (_, i) => startMs + i * (endMs - startMs) / characters,
  );
  return timeAxis(starts, timeZone).map(({ ms, text }: AxisLabel) => ({
    share: Math.min(1, Math.max(0, (ms - startMs) / (endMs - startMs))),
    text,
  }));
}

/** The bin, if all of it is known. */
export function knownBin({ startMs, mean, min, max }: TimelineBin): KnownBin | null {
  if (mean === null || min === null || max === null) return null;
  return [mean, min, max].every(Number.isFinite) ? { startMs, mean, min, max } : null;
}

function runsOf(bins: readonly TimelineBin[]): KnownBin[][] {
  const runs: KnownBin[][] = [];
  let isOpen = false;
  for (const bin of bins) {
    const known = knownBin(bin);
    if (known && isOpen) runs.at(-1)?.push(known);
    else if (known) runs.push([known]);
    isOpen = known !== null;
  }
  return runs;
}

/** A bin's value stands in its middle. */
function pointsOf(
  run: readonly KnownBin[],
  key: "mean" | "min" | "max",
  { startMs, endMs, binMs, top }: TimeChart,
  { width, height }: Size,
): string[] {
  const point = (ms: number, value: number) => {
    const x = width * (ms - startMs) / (endMs - startMs);
    const y = height * (1 - Math.min(1, Math.max(0, value / top)));
    return `${short(x)} ${short(y)}`;
  };
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return [];
  return [
    point(first.startMs, first[key]),
    ...run.map((bin) => point(bin.startMs + binMs / 2, bin[key])),
    point(last.startMs + binMs, last[key]),
  ];
}

/** A tenth of a unit is less than anyone sees. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
