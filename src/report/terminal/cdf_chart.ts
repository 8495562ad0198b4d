/** The share of the time at or below each value: where the curve is steep, the metric stays. */
import type { AnalysisReport, MetricReport, ValueBins } from "../../analysis/mod.ts";
import { type MetricScale, metricScale } from "../metric_scale.ts";
import { inRows } from "./chart_grid.ts";
import { chartTitle } from "./chart_title.ts";
import { baseColor } from "./load_color.ts";
import type { Theme } from "./theme.ts";
import { joinWrapped } from "./wrap_text.ts";

const ROWS = 8;
/** `100 ┤` */
const AXIS_WIDTH = 5;
const DOTS = { across: 2, down: 4 };
const PERCENTILES = ["p50", "p75", "p95", "p99", "max"] as const;

export function cdfCharts(report: AnalysisReport, theme: Theme, width: number): string[][] {
  return inRows(report.metrics, width, (metric, columns) => cdfChart(metric, theme, columns));
}

function cdfChart(report: MetricReport, theme: Theme, width: number): string[] {
  const { metric, valueBins } = report;
  if (!valueBins) return [];
  const { glyphs, chalk, text } = theme;
  const scale = metricScale(report);
  const columns = width - AXIS_WIDTH;
  const color = baseColor(theme, metric);
  const margin = " ".repeat(AXIS_WIDTH);
  const rows = curve(valueBins, columns, glyphs.dots).map((row, i) =>
    `${rowLabel(i)} ${chalk.dim(glyphs.vertical)}${color(row.trimEnd())}`
  );
  return [
    margin + chartTitle(report, theme, { legend: "% of the time at or below", width: columns }),
    ...rows,
    ...valueAxis(valueBins.top, scale, { theme, columns }),
    ...joinWrapped(percentiles(report, scale).map(text), { separator: "  ", width: columns })
      .map((line) => chalk.dim(margin + line)),
  ];
}

/** A quarter of the time every second row. */
function rowLabel(row: number): string {
  const share = 100 * (1 - row / ROWS);
  return (row % 2 === 0 ? String(share) : "").padStart(AXIS_WIDTH - 2);
}

/** Lines of a curve, from above; each dot column joins the dot of the one before it. */
function curve(
  bins: ValueBins,
  columns: number,
  glyph: (lit: readonly boolean[]) => string,
): string[] {
  const height = ROWS * DOTS.down;
  const levels = Array.from(
    { length: columns * DOTS.across },
    (_, x) => Math.round((height - 1) * shareBelow(bins, (x + 1) / (columns * DOTS.across))),
  );
  const isLit = (x: number, y: number) => {
    const level = levels[x] ?? 0;
    const before = levels[x - 1] ?? 0;
    return y === level || (y > before && y < level);
  };
  return Array.from({ length: ROWS }, (_, row) =>
    Array.from({ length: columns }, (_, column) => {
      const dots = Array.from({ length: DOTS.across * DOTS.down }, (_, i) => {
        const x = column * DOTS.across + Math.floor(i / DOTS.down);
        return isLit(x, height - 1 - row * DOTS.down - i % DOTS.down);
      });
      return glyph(dots);
    }).join(""));
}

/** The share of the time, 0 … 1, at or below a value that is such a part of the top. Within a bin, evenly spread. */
function shareBelow({ sharesPct }: ValueBins, part: number): number {
  const position = part * sharesPct.length;
  const whole = Math.floor(position);
  const below = sharesPct.slice(0, whole).reduce((sum, share) => sum + share, 0);
  return Math.min(1, (below + (position - whole) * (sharesPct[whole] ?? 0)) / 100);
}

/** The axis of values, labelled at its quarters. */
function valueAxis(
  top: number,
  scale: MetricScale,
  { theme: { glyphs, chalk }, columns }: { theme: Theme; columns: number },
): string[] {
  const margin = " ".repeat(AXIS_WIDTH - 1);
  const line = Array.from({ length: columns }, () => glyphs.horizontal);
  let names = "";
  for (const quarter of [0, 1, 2, 3, 4]) {
    const column = Math.round((columns - 1) * quarter / 4);
    const name = (scale.format(top * quarter / 4) ?? "").replace(/\.0+$/, "");
    line[column] = glyphs.tick;
    // The last one ends with the axis.
    const from = Math.max(0, Math.min(column, columns - name.length));
    if (from > names.length || names === "") names = names.padEnd(from) + name;
  }
  return [`${margin}${glyphs.corner}${line.join("")}`, `${margin} ${names}`].map((text) =>
    chalk.dim(text)
  );
}

function percentiles({ statistics }: MetricReport, { format }: MetricScale): string[] {
  return PERCENTILES.map((name) => `${name} ${format(statistics[name]) ?? "–"}`);
}
