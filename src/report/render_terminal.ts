import type { AnalysisReport } from "../analysis/mod.ts";
import { countText } from "../model/mod.ts";
import { outlook } from "./outlook.ts";
import { above, indented } from "./terminal/block.ts";
import { cdfCharts } from "./terminal/cdf_chart.ts";
import { dashboard } from "./terminal/dashboard.ts";
import { firstHours } from "./terminal/first_hours.ts";
import { histograms } from "./terminal/histogram.ts";
import { lineCharts } from "./terminal/line_chart.ts";
import { sentenceLines } from "./terminal/sentence_lines.ts";
import { type ColorDepth, makeTheme, type Theme } from "./terminal/theme.ts";
import { titleLines } from "./terminal/title.ts";

/** A line over time; the share of the time at or below each value; the share of the time in ranges of values. */
export const CHART_KINDS = ["line", "cdf", "histogram"] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

export interface TerminalOptions {
  /** Columns of the terminal. Below 40, lines are made for 40. */
  readonly width: number;
  /** @default "none" */
  readonly color?: ColorDepth;
  /** Not a byte above 127: plain letters instead of block glyphs and box lines. @default false */
  readonly ascii?: boolean;
  /** A chart of each metric, below the rest. @default null */
  readonly chart?: ChartKind | null;
  /** The moment of looking, epoch milliseconds: decides whether the newest value is "now". */
  readonly now: number;
}

const NARROWEST = 40;

/** What `chart` draws, block by block. Those of distributions need reports with value bins. */
const CHARTS: Readonly<
  Record<ChartKind, (report: AnalysisReport, theme: Theme, width: number) => string[][]>
> = { line: lineCharts, cdf: cdfCharts, histogram: histograms };

/**
 * A report as one screen. Lines end with a newline and are at most `width` columns wide; nothing is cut.
 * @param sentences what narration has to say about the report, one sentence each
 */
export function renderTerminal(
  report: AnalysisReport,
  sentences: readonly string[],
  { width, color = "none", ascii = false, chart = null, now }: TerminalOptions,
): string {
  const theme = makeTheme({ color, ascii });
  const columns = Math.max(NARROWEST, width);
  const screen = { report, sentences, theme, width: columns, now };
  const isEarly = report.missingForPatternS > 0;
  const part = isEarly ? "window" : "range";
  const title = indented(titleLines(report, theme, { width: columns - 1, part }), 1);
  const body = isEarly || report.metrics.length === 0
    ? ["", ...firstHours(screen)]
    : dashboard(screen);
  const charts = chart === null ? [] : CHARTS[chart](report, theme, columns - 1);
  const lines = above(
    [...title, ...body],
    ...charts.map((lines) => indented(lines, 1)),
    indented(closingLines(report, theme, columns - 1), 1),
  );
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

/** What is not shown, what is not known yet, and how the figures were made. */
function closingLines(report: AnalysisReport, theme: Theme, width: number): string[] {
  const { absent, notes, samples, method, demo } = report;
  const wrapped = (text: string) => sentenceLines([text], theme, width);
  const dim = (text: string) => wrapped(text).map((line) => theme.chalk.dim(line));
  return [
    ...outlook(report).flatMap(wrapped),
    ...absent.flatMap(({ metric, reason }) => wrapped(`${metric.title} is not shown: ${reason}.`)),
    ...notes.flatMap(wrapped).map((line) => theme.chalk.yellow(line)),
    ...(demo ? dim("Demo data: invented by `mtr demo`, not recorded on any machine.") : []),
    ...dim(`${countText(samples)} ${samples === 1 ? "sample" : "samples"} · ${method}`),
  ];
}
