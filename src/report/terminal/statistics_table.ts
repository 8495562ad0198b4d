/** The left pane's table: statistics as rows, metrics as columns, decimals under one another, the unit once in the head. */
import { stringWidth } from "../string_width.ts";
import type { AnalysisReport, MetricReport } from "../../analysis/mod.ts";
import { metricScale } from "../metric_scale.ts";
import { type Lines, padEnd, padStart } from "./block.ts";
import { type Column, type Row, statisticsRows } from "./statistics_rows.ts";
import type { Theme } from "./theme.ts";

/** Blanks before a number, at least; words need only one. */
const GAP = 2;
const NARROWEST_COLUMN = 7;
/** Columns of one width are easier to compare, unless one of them would stretch the others by more than this. */
const MOST_STRETCH = 4;

/** One table, or several where not all metrics fit side by side, each at most `maxWidth` columns wide. */
export function statisticsTables(report: AnalysisReport, theme: Theme, maxWidth: number): Lines[] {
  const rows = statisticsRows(report, theme);
  const labelWidth = Math.max(...rows.filter((row) => row.cell).map((row) => row.label.length));
  const columns = report.metrics.map((metric) =>
    cellsOf({ report: metric, scale: metricScale(metric) }, rows, theme)
  );
  return groupsThatFit(columns, maxWidth - labelWidth)
    .map((group) => tableLines(rows, group, { labelWidth, theme }));
}

interface ColumnCells {
  readonly report: MetricReport;
  readonly texts: readonly string[];
  /** With the blanks before it. */
  readonly width: number;
}

function cellsOf(column: Column, rows: readonly Row[], theme: Theme): ColumnCells {
  const texts = rows.map((row) => (row.cell ? row.cell(column) ?? theme.glyphs.missing : ""));
  const widths = texts.map((text, i) => stringWidth(text) + (rows[i]?.isWord ? 1 : GAP));
  return { report: column.report, texts, width: Math.max(NARROWEST_COLUMN, ...widths) };
}

/** As few tables as possible, about equally many metrics in each. */
function groupsThatFit(columns: readonly ColumnCells[], width: number): ColumnCells[][] {
  const natural = grouped(columns, width);
  if (natural.length === 0) return [];
  const size = Math.ceil(columns.length / natural.length);
  const balanced = chunked(columns, size);
  const groups = balanced.every((group) => totalWidth(group) <= width) ? balanced : natural;
  return groups.map((group) => evened(group, width));
}

/** Columns of one width where that fits and stretches none too far. */
function evened(group: readonly ColumnCells[], width: number): ColumnCells[] {
  const widest = Math.max(...group.map((column) => column.width));
  const narrowest = Math.min(...group.map((column) => column.width));
  const even = group.map((column) => ({ ...column, width: widest }));
  return widest - narrowest <= MOST_STRETCH && totalWidth(even) <= width ? even : [...group];
}

function totalWidth(group: readonly ColumnCells[]): number {
  return group.reduce((sum, { width }) => sum + width, 0);
}

function chunked<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let i = 0; i < items.length; i += size) chunks.push(items.slice(i, i + size));
  return chunks;
}

function grouped(columns: readonly ColumnCells[], width: number): ColumnCells[][] {
  const groups: ColumnCells[][] = [];
  let left = 0;
  for (const column of columns) {
    const group = groups.at(-1);
    if (group && column.width <= left) {
      group.push(column);
      left -= column.width;
    } else {
      groups.push([column]);
      left = width - column.width;
    }
  }
  return groups;
}

function tableLines(
  rows: readonly Row[],
  columns: readonly ColumnCells[],
  { labelWidth, theme }: { labelWidth: number; theme: Theme },
): string[] {
  return rows.flatMap(({ label, cell, isFor }, i) => {
    if (isFor && !columns.some(({ report }) => isFor(report))) return [];
    if (!cell) return [label === "" ? "" : theme.chalk.bold(label)];
    const cells = columns.map(({ texts, width }) => padStart(texts[i] ?? "", width));
    return [padEnd(label, labelWidth) + cells.join("")];
  });
}
