import asciichart from "asciichart";
import type { AnalysisReport, MetricReport, TimelineBin } from "../../analysis/mod.ts";
import { axisTop } from "../axis_top.ts";
import { type MetricScale, metricScale } from "../metric_scale.ts";
import { baseColor } from "./load_color.ts";
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
  const means = report.timeline.flatMap(({ mean }) =>
    mean !== null && Number.isFinite(mean) ? [mean] : []
  );
  const top = axisTop(report, scale, Math.max(0, ...means));
  const labelWidth = Math.max(LABEL_WIDTH, (scale.format(top) ?? "").length + 1);
  const bins = fitted(report.timeline, width - labelWidth - 1);
  const title = [report.metric.title, scale.unit.label].filter((text) => text !== "").join(" ");
  const color = baseColor(theme, report.metric);
  const rows = plotRows(bins, { scale, top, labelWidth, theme });
  return [
    " ".repeat(labelWidth + 1) + color.bold(theme.text(title)),
    ...rows.map(({ axis, line }) => `${axis}${color(line)}`),
    ...axisLines(bins, { theme, timeZone, labelWidth }),
  ];
}

/**
 * asciichart knows neither gaps (a NaN makes it throw) nor one point a column (n points take n − 1 columns). So gaps are filled
 * with the value that comes after them and wiped from the drawing, and the first value is given twice.
 */
function plotRows(
  bins: readonly TimelineBin[],
  { scale, top, labelWidth, theme }: {
    scale: MetricScale;
    top: number;
    labelWidth: number;
    theme: Theme;
  },
): { axis: string; line: string }[] {
  const values = bins.map(({ mean }) => (mean !== null && Number.isFinite(mean) ? mean : null));
  const filled = filledBackwards(values);
  const drawing: string = asciichart.plot([filled[0] ?? 0, ...filled], {
    min: 0,
    max: top,
    height: ROWS,
    // With two columns for the axis, a label is printed whole and the axis right after it.
    offset: 2,
    symbols: [...theme.glyphs.chart],
    format: (value: number, row: number) => axisLabel(value, row, { scale, labelWidth }),
  });
  return drawing.split("\n").map((row) => ({
    axis: row.slice(0, labelWidth + 1),
    line: [...row.slice(labelWidth + 1)]
      .map((glyph, column) => (values[column] === null ? " " : glyph)).join("").trimEnd(),
  }));
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
