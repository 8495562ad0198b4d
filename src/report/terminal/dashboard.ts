/** The screen for a day of data and more: statistics on the left, heatmaps and sentences on the right, or one above the other. */
import type { AnalysisReport } from "../../analysis/mod.ts";
import { above, indented, type Lines, padEnd, widthOf } from "./block.ts";
import { gapList } from "./gap_list.ts";
import { type GridShape, gridWidth, heatmapGrid } from "./heatmap_grid.ts";
import { sentenceLines, TEXT_WIDTH } from "./sentence_lines.ts";
import { statisticsTables } from "./statistics_table.ts";
import type { Theme } from "./theme.ts";
import { wrapText } from "./wrap_text.ts";

const MARGIN = 1;
/** Two panes: a blank, the line between them, a blank. */
const BETWEEN = 3;
/** Below so many columns, sentences beside the statistics would be a ribbon. */
const NARROWEST_RIGHT = 44;
/** The table's first block must hold these before it is worth to put something beside it. */
const LEFT_METRICS = 4;

/** Shapes of the right pane, the preferred first: two by two, with wide cells where there is room. */
const SHAPES: readonly GridShape[] = [
  { across: 2, cellWidth: 2 },
  { across: 2, cellWidth: 1 },
  { across: 3, cellWidth: 1 },
  { across: 4, cellWidth: 1 },
];

/** A preferred shape may be this much taller than the lowest one. */
const TOLERATED_HEIGHT = 1.3;

interface Screen {
  readonly report: AnalysisReport;
  readonly sentences: readonly string[];
  readonly theme: Theme;
  readonly width: number;
}

export function dashboard(screen: Screen): string[] {
  const panes = twoPanes(screen);
  return panes ? withDivider(panes, screen) : stacked(screen);
}

interface Panes {
  readonly left: Lines;
  readonly right: Lines;
}

/** The first of the preferred shapes that is not much taller than the lowest one; undefined where none fits. */
function twoPanes(screen: Screen): Panes | undefined {
  const fitting = shapesFor(screen.report).flatMap((shape) => panesOf(screen, shape) ?? []);
  const heights = fitting.map(({ left, right }) => Math.max(left.length, right.length));
  const lowest = Math.min(...heights);
  return fitting.find((_, i) => (heights[i] ?? 0) <= lowest * TOLERATED_HEIGHT);
}

function shapesFor({ metrics }: AnalysisReport): GridShape[] {
  return SHAPES.map((shape) => ({ ...shape, across: Math.min(shape.across, metrics.length) }));
}

function panesOf({ report, sentences, theme, width }: Screen, shape: GridShape): Panes | undefined {
  const rightWidth = Math.max(gridWidth(shape), NARROWEST_RIGHT);
  const leftWidth = width - MARGIN - BETWEEN - rightWidth;
  const left = above(...statisticsTables(report, theme, leftWidth), gapList(report, theme));
  if (widthOf(left) > leftWidth || !holdsFirstMetrics(report, theme, leftWidth)) return undefined;
  const room = width - MARGIN - BETWEEN - widthOf(left);
  const textWidth = Math.min(room, Math.max(gridWidth(shape), TEXT_WIDTH));
  const right = above(
    heatmapGrid(report, theme, { ...shape, width: textWidth }),
    sentenceLines(sentences, theme, textWidth),
  );
  return { left, right };
}

function holdsFirstMetrics(report: AnalysisReport, theme: Theme, width: number): boolean {
  const first = { ...report, metrics: report.metrics.slice(0, LEFT_METRICS) };
  return statisticsTables(first, theme, width).length === 1;
}

function withDivider({ left, right }: Panes, { theme }: Screen): string[] {
  const { chalk, glyphs } = theme;
  const leftWidth = widthOf(left);
  const rule = (columns: number) => glyphs.horizontal.repeat(columns);
  const height = Math.max(left.length, right.length);
  const lines = Array.from(
    { length: height },
    (_, row) =>
      ` ${padEnd(left[row] ?? "", leftWidth)} ${chalk.dim(glyphs.vertical)} ${right[row] ?? ""}`
        .trimEnd(),
  );
  return [
    ` ${chalk.dim(rule(leftWidth + 1) + glyphs.teeDown + rule(widthOf(right) + 1))}`,
    ...lines,
  ];
}

/** One above the other; heatmaps two by two where they fit, else one by one. */
function stacked({ report, sentences, theme, width }: Screen): string[] {
  const room = width - MARGIN;
  const shape = shapesFor(report).find((shape) => gridWidth(shape) <= room && shape.across <= 2) ??
    { across: 1, cellWidth: 1 };
  const gaps = gapList(report, theme);
  const parts = [
    above(...statisticsTables(report, theme, room)),
    heatmapGrid(report, theme, { ...shape, width: room }),
    above(
      sentenceLines(sentences, theme, Math.min(room, TEXT_WIDTH)),
      widthOf(gaps) <= room ? gaps : gaps.flatMap((line) => wrapText(line, room)),
    ),
  ].filter((lines) => lines.length > 0);
  const rule = theme.chalk.dim(theme.glyphs.horizontal.repeat(Math.max(...parts.map(widthOf))));
  return indented(parts.flatMap((lines) => [rule, ...lines]), MARGIN);
}
