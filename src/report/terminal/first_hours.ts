/** The screen for less than a day of data: a line a metric with its course, no patterns. */
import {
  clockText,
  durationText,
  isSameDay,
  localTime,
  MONTH_NAMES,
  weekdayName,
} from "../../model/mod.ts";
import type { AnalysisReport } from "../../analysis/mod.ts";
import { above, beside, indented, widthOf } from "./block.ts";
import { firstHoursTable } from "./first_hours_table.ts";
import { gapList } from "./gap_list.ts";
import { rampLegend } from "./heatmap_grid.ts";
import { baseColor } from "./load_color.ts";
import { sentenceLines, TEXT_WIDTH } from "./sentence_lines.ts";
import { fitted, sparkline } from "./sparkline.ts";
import type { Theme } from "./theme.ts";
import { wrapText } from "./wrap_text.ts";

const MARGIN = 1;
const GAP = "   ";
/** Sparklines get this much before statistics do, as far as there are bins. */
const SPARKLINE_SHARE = 0.34;
const NARROWEST_SPARKLINE = 13;
const WEEK_MS = 7 * 86_400_000;

interface Screen {
  readonly report: AnalysisReport;
  readonly sentences: readonly string[];
  readonly theme: Theme;
  readonly width: number;
  readonly now: number;
}

export function firstHours({ report, sentences, theme, width, now }: Screen): string[] {
  const room = width - MARGIN;
  const gaps = gapList(report, theme);
  const lines = above(
    metricLines({ report, theme, room, lastHead: lastHead(report, now) }),
    sentenceLines(sentences, theme, Math.min(room, TEXT_WIDTH)),
    widthOf(gaps) <= room ? gaps : gaps.flatMap((line) => wrapText(line, room)),
  );
  return indented(lines, MARGIN);
}

interface Place {
  readonly report: AnalysisReport;
  readonly theme: Theme;
  readonly room: number;
  readonly lastHead: string;
}

/** Sparklines beside the table, or below it where there is no room; then what they show. */
function metricLines({ report, theme, room, lastHead }: Place): string[] {
  const bins = binCount(report);
  if (report.metrics.length === 0) return [];
  if (bins === 0) return firstHoursTable(report, { theme, width: room, lastHead }).lines;
  const [from, to] = windowEnds(report);
  const narrowest = Math.max(`${from} … ${to}`.length + 2, NARROWEST_SPARKLINE);
  const wanted = Math.max(narrowest, Math.min(bins, Math.floor(room * SPARKLINE_SHARE)));
  const tableRoom = room - GAP.length - wanted;
  const { lines, isComplete } = firstHoursTable(report, { theme, width: tableRoom, lastHead });
  if (isComplete) {
    const sparklines = sparklineLines(report, theme, room - GAP.length - widthOf(lines));
    return above(
      beside([lines, sparklines], { gap: GAP }),
      legend(report, theme, { room, sparklines }),
    );
  }
  const table = firstHoursTable(report, { theme, width: room, lastHead }).lines;
  const titles = ["", ...titlesOf(report, theme)];
  const sparklines = sparklineLines(report, theme, room - GAP.length - widthOf(titles));
  return above(
    table,
    beside([titles, sparklines], { gap: GAP }),
    legend(report, theme, { room, sparklines }),
  );
}

function titlesOf({ metrics }: AnalysisReport, theme: Theme): string[] {
  return metrics.map(({ metric }) => baseColor(theme, metric).bold(theme.text(metric.title)));
}

/** The window's begin and end above the courses of the metrics. */
function sparklineLines(report: AnalysisReport, theme: Theme, width: number): string[] {
  const [from, to] = windowEnds(report);
  const columns = Math.min(width, binCount(report));
  const room = columns - from.length - to.length;
  const both = room >= 2 ? from + " ".repeat(room) + to : theme.text(`${from} … ${to}`);
  // Where there is no room for both ends, the beginning says enough.
  const head = from === to || both.length > width ? from : both;
  return [
    theme.chalk.dim(head),
    ...report.metrics.map((metric) => sparkline(metric, theme, width)),
  ];
}

function legend(
  report: AnalysisReport,
  theme: Theme,
  { room, sparklines }: { room: number; sparklines: readonly string[] },
): string[] {
  const timeline = report.metrics.find(({ timeline }) => timeline.length > 0)?.timeline ?? [];
  const columns = Math.min(timeline.length, widthOf(sparklines));
  const [first, second] = fitted(timeline, columns);
  if (!first || !second) return [];
  const of = `mean per ${durationText((second.startMs - first.startMs) / 1000)}`;
  return rampLegend(report, theme, { of, width: room, isPainted: false });
}

function binCount({ metrics }: AnalysisReport): number {
  return Math.max(0, ...metrics.map(({ timeline }) => timeline.length));
}

/** Clock times, with their days where there are several. */
function windowEnds({ window, range }: AnalysisReport): [from: string, to: string] {
  const from = localTime(window.startMs, range.timeZone);
  const to = localTime(window.endMs, range.timeZone);
  if (isSameDay(from, to)) return [clockText(from), clockText(to)];
  const isLong = window.endMs - window.startMs > WEEK_MS;
  const day = (time: typeof from) =>
    isLong ? `${time.day} ${MONTH_NAMES[time.month - 1]}` : weekdayName(time.weekday);
  return [`${day(from)} ${clockText(from)}`, `${day(to)} ${clockText(to)}`];
}

/** The newest value is "now" while the recording is no more than a few rows (or a minute) behind. */
function lastHead({ window, intervalS }: AnalysisReport, now: number): string {
  return now - window.endMs <= Math.max(3 * intervalS, 60) * 1000 ? "now" : "last";
}
