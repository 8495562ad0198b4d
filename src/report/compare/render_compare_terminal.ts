import { countText } from "../../model/mod.ts";
import type { ComparedMetric, CompareReport } from "../../analysis/mod.ts";
import { above, indented, type Lines, padEnd, padStart, widthOf } from "../terminal/block.ts";
import { baseColor } from "../terminal/load_color.ts";
import { sentenceLines } from "../terminal/sentence_lines.ts";
import { type ColorDepth, makeTheme, type Theme } from "../terminal/theme.ts";
import { joinWrapped, wrapText } from "../terminal/wrap_text.ts";
import {
  askedText,
  matchText,
  type NumberPair,
  pairOf,
  rangesText,
  STATISTICS,
  unitOf,
} from "./compared_numbers.ts";
import { differenceHeatmaps } from "./difference_heatmap.ts";

export interface CompareScreen {
  /** Columns of the terminal. Below 40, lines are made for 40. */
  readonly width: number;
  /** @default "none" */
  readonly color?: ColorDepth;
  /** Not a byte above 127. @default false */
  readonly ascii?: boolean;
}

/** What narration has to say: a clause a metric, and remarks. */
export interface CompareWords {
  readonly clauses: readonly string[];
  readonly remarks: readonly string[];
}

const NARROWEST = 40;
const GAP = "  ";
const COLUMN_GAP = "   ";

/** A comparison as one screen. Lines end with a newline and are at most `width` columns wide; nothing is cut. */
export function renderCompareTerminal(
  report: CompareReport,
  words: CompareWords,
  { width, color = "none", ascii = false }: CompareScreen,
): string {
  const theme = makeTheme({ color, ascii });
  const inner = Math.max(NARROWEST, width) - 1;
  const blocks = above(
    titleLines(report, theme, inner),
    ...shiftTables(report, theme, inner),
    changeLines(report, words, theme, inner),
    differenceHeatmaps(report.metrics, theme, { width: inner, isAscii: ascii }),
    closingLines(report, words, theme, inner),
  );
  return indented(blocks, 1).map((line) => `${line.trimEnd()}\n`).join("");
}

function titleLines(report: CompareReport, theme: Theme, width: number): string[] {
  const { chalk, glyphs } = theme;
  const pieces = [
    ...(report.demo ? [{ text: "[demo data]", style: chalk.bold.yellow.inverse }] : []),
    { text: report.host, style: chalk.bold },
    { text: askedText(report), style: (text: string) => text },
    { text: rangesText(report), style: (text: string) => text },
    { text: matchText(report), style: (text: string) => text },
  ].flatMap(({ text, style }) => wrapText(theme.text(text), width).map((line) => style(line)));
  return joinWrapped(pieces, { separator: chalk.dim(` ${glyphs.separator} `), width });
}

/** Metrics as rows, statistics as columns of `from → to`; where not all fit side by side, several tables. */
function shiftTables({ metrics }: CompareReport, theme: Theme, width: number): Lines[] {
  if (metrics.length === 0) return [];
  const labels = ["", ...metrics.map((one) => labelOf(one, theme))];
  const columns = STATISTICS.map((name) => {
    const pairs = metrics.map((one) => pairOf(one, name));
    return [theme.chalk.dim(name), ...pairLines(pairs, theme)];
  });
  const left = width - widthOf(labels);
  const fitting = Math.floor(left / (Math.max(...columns.map(widthOf)) + COLUMN_GAP.length));
  const across = Math.max(
    1,
    Math.ceil(columns.length / Math.ceil(columns.length / Math.max(1, fitting))),
  );
  const tables: Lines[] = [];
  for (let i = 0; i < columns.length; i += across) {
    const shown = columns.slice(i, i + across);
    tables.push(labels.map((label, row) =>
      padEnd(label, widthOf(labels)) +
      shown.map((column) => COLUMN_GAP + padEnd(column[row] ?? "", widthOf(column))).join("")
    ));
  }
  return tables;
}

function labelOf(compared: ComparedMetric, theme: Theme): string {
  const title = baseColor(theme, compared.metric).bold(theme.text(compared.metric.title));
  return `${title} ${theme.chalk.dim(theme.text(unitOf(compared).label))}`.trimEnd();
}

function pairLines(pairs: readonly NumberPair[], theme: Theme): string[] {
  const widthA = Math.max(...pairs.map(({ a }) => a.length));
  const widthB = Math.max(...pairs.map(({ b }) => b.length));
  return pairs.map(({ a, b }) => {
    const [from, to] = [padStart(theme.text(a), widthA), padStart(theme.text(b), widthB)];
    return `${from} ${theme.chalk.dim(theme.text("→"))} ${a === b ? to : theme.chalk.bold(to)}`;
  });
}

/** `CPU   yes: higher …`, what goes on in the next line under its beginning. */
function changeLines(
  { metrics }: CompareReport,
  { clauses }: CompareWords,
  theme: Theme,
  width: number,
): string[] {
  if (metrics.length === 0) return [];
  const titles = metrics.map(({ metric }) => theme.text(metric.title));
  const indent = Math.max(...titles.map((title) => title.length)) + GAP.length;
  const lines = metrics.flatMap((compared, i) => {
    const [first = "", ...rest] = wrapText(theme.text(clauses[i] ?? ""), width - indent);
    const style = styleOf(compared, theme);
    return [
      padEnd(baseColor(theme, compared.metric).bold(titles[i] ?? ""), indent) + style(first),
      ...rest.map((line) => " ".repeat(indent) + style(line)),
    ];
  });
  return [theme.chalk.dim("changed?"), ...lines];
}

function styleOf({ verdict, direction, metric }: ComparedMetric, { chalk }: Theme) {
  if (verdict === "no change" || verdict === "not enough data") return chalk.dim;
  return direction === metric.worse ? chalk.yellow : chalk.green;
}

function closingLines(
  report: CompareReport,
  { remarks }: CompareWords,
  theme: Theme,
  width: number,
): string[] {
  const lines = (texts: readonly string[]) => sentenceLines(texts, theme, width);
  const dim = (texts: readonly string[]) => lines(texts).map((line) => theme.chalk.dim(line));
  const samples = `${countText(report.a.samples)} and ${countText(report.b.samples)} samples`;
  return [
    ...lines(
      report.absent.map(({ metric, reason }) => `${metric.title} is not compared: ${reason}.`),
    ),
    ...lines(report.notes).map((line) => theme.chalk.yellow(line)),
    ...(report.demo
      ? dim(["Demo data: invented by `mtr demo`, not recorded on any machine."])
      : []),
    ...dim(remarks),
    ...dim([`${samples} · ${report.method}`]),
  ];
}
