/** The table of the first hours: a line a metric, as many statistics as there is room for. */
import { stringWidth } from "../string_width.ts";
import type { AnalysisReport, MetricReport, Statistics } from "../../analysis/mod.ts";
import { metricScale, varianceText } from "../metric_scale.ts";
import { padEnd, padStart } from "./block.ts";
import { baseColor, valueColor } from "./load_color.ts";
import { verdictText } from "./statistics_rows.ts";
import type { Theme } from "./theme.ts";

const GAP = 2;
const NARROWEST_NUMBER = 6;

type StatisticKey = Exclude<keyof Statistics, "count"> | "last";

/** In the order they are shown; `rank` says which to give up first where there is no room. */
const STATISTICS: readonly { key: StatisticKey; head: string; rank: number }[] = [
  { key: "last", head: "now", rank: 1 },
  { key: "mean", head: "mean", rank: 6 },
  { key: "min", head: "min", rank: 5 },
  { key: "p50", head: "p50", rank: 4 },
  { key: "p75", head: "p75", rank: 7 },
  { key: "p95", head: "p95", rank: 3 },
  { key: "p99", head: "p99", rank: 8 },
  { key: "max", head: "max", rank: 2 },
  { key: "stddev", head: "std dev", rank: 9 },
  { key: "variance", head: "variance", rank: 10 },
];
/** What the first minutes are told by; the rest needs hours to mean something. */
const FIRST_MINUTES_RANK = 5;

interface Column {
  readonly head: string;
  readonly cells: readonly string[];
  readonly rank: number;
  readonly pad: typeof padEnd;
  readonly width: number;
  /** Blanks before it. */
  readonly gap: number;
}

export interface TableOptions {
  readonly theme: Theme;
  readonly width: number;
  /** Head of the newest value: `now`, or `last` when it is old. */
  readonly lastHead: string;
}

/**
 * Lines of equal width, the head first, at most `width` wide: statistics that do not fit are left out, the rarer first.
 * `isComplete` tells whether at least those of the first minutes are there.
 */
export function firstHoursTable(
  report: AnalysisReport,
  options: TableOptions,
): { lines: string[]; isComplete: boolean } {
  const columns = columnsOf(report, options);
  const highestFirst = columns.map(({ rank }) => rank).sort((a, b) => b - a);
  const choices = [Infinity, ...highestFirst].map((below) =>
    columns.filter(({ rank }) => rank < below || rank === 0)
  );
  const chosen = choices.find((columns) => tableWidth(columns) <= options.width) ?? [];
  const lines = ["", ...report.metrics].map((_, row) =>
    chosen.map(({ head, cells, pad, width, gap }) =>
      " ".repeat(gap) + pad(row === 0 ? head : cells[row - 1] ?? "", width)
    ).join("")
  );
  const missing = columns.filter(({ rank }) => rank <= FIRST_MINUTES_RANK).length -
    chosen.filter(({ rank }) => rank <= FIRST_MINUTES_RANK).length;
  return { lines, isComplete: missing === 0 };
}

function tableWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, { width, gap }) => sum + gap + width, 0);
}

function columnsOf(report: AnalysisReport, { theme, lastHead }: TableOptions): Column[] {
  const { metrics, missingForVerdictS } = report;
  const shown = STATISTICS.filter(({ rank }) =>
    missingForVerdictS <= 0 || rank <= FIRST_MINUTES_RANK
  );
  const [newest, ...others] = shown.map(({ key, head, rank }) =>
    column(key === "last" ? lastHead : head, numberCells(metrics, key, theme), { rank })
  );
  return [
    column("", metrics.map(({ metric }) => titleCell(metric.title, metric, theme)), {
      rank: 0,
      pad: padEnd,
      gap: 0,
    }),
    ...(newest ? [newest] : []),
    column("", unitCells(metrics, theme), { rank: 0, pad: padEnd, gap: 1 }),
    ...others,
    ...verdictColumn(report, theme),
  ];
}

function titleCell(title: string, metric: MetricReport["metric"], theme: Theme): string {
  return baseColor(theme, metric).bold(theme.text(title));
}

function verdictColumn({ metrics, missingForVerdictS }: AnalysisReport, theme: Theme): Column[] {
  if (missingForVerdictS > 0) return [];
  if (metrics.every(({ sufficiency }) => sufficiency === null)) return [];
  const cells = metrics.map(({ sufficiency }) =>
    sufficiency ? verdictText(sufficiency.verdict, theme) : theme.glyphs.missing
  );
  return [column("verdict", cells, { rank: 2.5, pad: padEnd })];
}

function column(
  head: string,
  cells: readonly string[],
  { rank, pad = padStart, gap = GAP }: { rank: number; pad?: typeof padEnd; gap?: number },
): Column {
  const narrowest = pad === padStart ? NARROWEST_NUMBER : 0;
  const width = Math.max(narrowest, head.length, ...cells.map((cell) => stringWidth(cell)));
  return { head, cells, rank, pad, width, gap };
}

/** The unit stands where it differs from the line above. */
function unitCells(metrics: readonly MetricReport[], theme: Theme): string[] {
  const units = metrics.map((metric) => theme.text(metricScale(metric).unit.label));
  return units.map((unit, i) => (unit === units[i - 1] ? "" : theme.chalk.dim(unit)));
}

/** Numbers of metrics with different decimals, with their points under one another. */
function numberCells(metrics: readonly MetricReport[], key: StatisticKey, theme: Theme): string[] {
  const numbers = metrics.map((metric) => {
    const { unit, format } = metricScale(metric);
    const value = key === "last" ? metric.last : metric.statistics[key];
    return key === "variance" ? varianceText(value, unit) : format(value);
  });
  const widest = Math.max(...numbers.map((number) => decimalsWidth(number ?? "")));
  return numbers.map((number, i) => {
    const metric = metrics[i];
    const padding = " ".repeat(widest - decimalsWidth(number ?? ""));
    if (!metric || number === null) return theme.glyphs.missing + padding;
    return colored(metric, key, theme)(number) + padding;
  });
}

function colored(report: MetricReport, key: StatisticKey, theme: Theme) {
  if (key === "stddev" || key === "variance") return (text: string) => text;
  const value = key === "last" ? report.last : report.statistics[key];
  return valueColor(theme, report.metric, metricScale(report).share(value ?? 0));
}

function decimalsWidth(number: string): number {
  const point = number.search(/[.e]/);
  return point < 0 ? 0 : number.length - point;
}
