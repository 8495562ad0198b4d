import asciichart from "asciichart";
import type { ChalkInstance } from "chalk";
import type { AnalysisReport, MetricReport, TimelineBin } from "../../analysis/mod.ts";
import { axisTop } from "../axis_top.ts";
import { type MetricScale, metricScale } from "../metric_scale.ts";
import { baseColor } from "./load_color.ts";
import { chartTitle } from "./chart_title.ts";
import { fitted } from "./sparkline.ts";
import type { Theme } from "./theme.ts";
import { timeAxis } from "./time_axis.ts";

const ROWS = 12;
/** Every third row is labelled: 0, 25, 50, 75, 100. */
const LABELLED_EVERY = 3;
/** Columns for a label and the blank after it, unless a number needs more. */
const LABEL_WIDTH = 7;

/** How many bins of timeline a chart on so wide a screen shows: what to ask the store for. */
export function chartColumns(width: number): number {
  return Math.max(20, width - LABEL_WIDTH - 2);
}

/** A line over time for each metric, with its axis. Where nothing was recorded the line is interrupted. */
export function lineCharts(report: AnalysisReport, theme: Theme, width: number): string[][] {
  return report.metrics
    .filter(({ timeline }) => timeline.length > 0)
    .map((metric) => lineChart(metric, { theme, width, timeZone: report.range.timeZone }));
}

interface ChartOptions {
  readonly theme: Theme;
  readonly width: number;
  readonly timeZone: string;
}

function lineChart(report: MetricReport, { theme, width, timeZone }: ChartOptions): string[] {
  const scale = metricScale(report);
  const all = report.timeline.flatMap(({ max }) => (isKnown(max) ? [max] : []));
  const top = axisTop(report, scale, Math.max(0, ...all));
  const labelWidth = Math.max(LABEL_WIDTH, (scale.format(top) ?? "").length + 1);
  const bins = fitted(report.timeline, width - labelWidth - 1);
  const margin = " ".repeat(labelWidth + 1);
  return [
    margin + chartTitle(report, theme, {
      legend: `line = mean, ${theme.glyphs.band} = min–max`,
      width: width - labelWidth - 1,
    }),
    ...plotRows(bins, { scale, top, labelWidth, theme, color: baseColor(theme, report.metric) }),
    ...axisLines(bins, { theme, timeZone, labelWidth }),
  ];
}

interface PlotOptions {
  readonly scale: MetricScale;
  readonly top: number;
  readonly labelWidth: number;
  readonly theme: Theme;
  readonly color: ChalkInstance;
}

/**
 * asciichart knows neither gaps (a NaN makes it throw) nor one point a column (n points take n − 1 columns). So gaps are filled
 * with the value that comes after them and wiped from the drawing, and the first value is given twice.
 */
function plotRows(bins: readonly TimelineBin[], options: PlotOptions): string[] {
  const { scale, top, labelWidth, theme, color } = options;
  const filled = filledBackwards(bins.map(({ mean }) => (isKnown(mean) ? mean : null)));
  const drawing: string = asciichart.plot([filled[0] ?? 0, ...filled], {
    min: 0,
    max: top,
    height: ROWS,
    // With two columns for the axis, a label is printed whole and the axis right after it.
    offset: 2,
    symbols: [...theme.glyphs.chart],
    format: (value: number, row: number) => axisLabel(value, row, { scale, labelWidth }),
  });
  const isInBand = bins.map((bin) => bandOf(bin, top));
  return drawing.split("\n").map((row, fromTop) => {
    const glyphs = [...row.slice(labelWidth + 1).padEnd(bins.length)];
    const cells = bins.map((bin, column): Cell => {
      if (!isKnown(bin.mean)) return { glyph: " ", isBand: false };
      const glyph = glyphs[column] ?? " ";
      const isBand = glyph === " " && (isInBand[column]?.(ROWS - fromTop) ?? false);
      return { glyph: isBand ? theme.glyphs.band : glyph, isBand };
    });
    return row.slice(0, labelWidth + 1) + painted(cells, color);
  });
}

interface Cell {
  readonly glyph: string;
  readonly isBand: boolean;
}

/** Whether a row, counted from the axis, lies between the smallest and the largest value. */
function bandOf({ min, max }: TimelineBin, top: number): (row: number) => boolean {
  if (!isKnown(min) || !isKnown(max)) return () => false;
  const rowOf = (value: number) => Math.round(ROWS * Math.max(0, value) / top);
  return (row) => row >= rowOf(min) && row <= rowOf(max);
}

/** Neighbours alike are painted at once: an escape a cell would be most of the output. */
function painted(cells: readonly Cell[], color: ChalkInstance): string {
  const last = cells.findLastIndex(({ glyph }) => glyph !== " ");
  const runs: { text: string; isBand: boolean }[] = [];
  for (const { glyph, isBand } of cells.slice(0, last + 1)) {
    const run = runs.at(-1);
    if (run && run.isBand === isBand) run.text += glyph;
    else runs.push({ text: glyph, isBand });
  }
  return runs.map(({ text, isBand }) => (isBand ? color.dim(text) : color(text))).join("");
}

function isKnown(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

/** Each gap gets the value after it; one at the end, the value before. Negative values lie on the axis. */
function filledBackwards(values: readonly (number | null)[]): number[] {
  const filled: number[] = [];
  let next = values.findLast((value) => value !== null) ?? 0;
  for (const value of [...values].reverse()) {
    next = value ?? next;
    filled.push(Math.max(0, next));
  }
  return filled.reverse();
}

function axisLabel(
  value: number,
  row: number,
  { scale, labelWidth }: { scale: MetricScale; labelWidth: number },
): string {
  const label = row % LABELLED_EVERY === 0 ? scale.format(value) ?? "" : "";
  return `${label.padStart(labelWidth - 1)} `;
}

function axisLines(
  bins: readonly TimelineBin[],
  { theme: { glyphs, chalk, text }, timeZone, labelWidth }: {
    theme: Theme;
    timeZone: string;
    labelWidth: number;
  },
): string[] {
  const line = bins.map(() => glyphs.horizontal);
  let names = "";
  for (const label of timeAxis(bins.map(({ startMs }) => startMs), timeZone)) {
    line[label.column] = glyphs.tick;
    names = names.padEnd(label.column) + label.text;
  }
  const margin = " ".repeat(labelWidth);
  return [`${margin}${glyphs.corner}${line.join("")}`, `${margin} ${text(names)}`]
    .map((line) => chalk.dim(line.trimEnd()));
}
