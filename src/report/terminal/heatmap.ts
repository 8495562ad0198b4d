import { localTime, WEEKDAY_NAMES } from "../../model/mod.ts";
import type {
  AnalysisReport,
  HeatmapCell,
  HeatStatistic,
  MetricReport,
} from "../../analysis/mod.ts";
import { isShare } from "../metric_kind.ts";
import { type MetricScale, metricScale } from "../metric_scale.ts";
import { baseColor, cellColor, valueColor } from "./load_color.ts";
import type { Theme } from "./theme.ts";

const HOURS = 24;
const LABEL_WIDTH = 5;
const DAY_MS = 86_400_000;

/** Columns of one heatmap with cells so many columns wide. */
export function heatmapWidth(cellWidth: number): number {
  return LABEL_WIDTH + HOURS * cellWidth;
}

export interface HeatmapOptions {
  readonly theme: Theme;
  readonly cellWidth: number;
  readonly statistic: HeatStatistic;
  /** Weekdays to show, 1 = Monday. */
  readonly weekdays: readonly number[];
}

/** A metric's week by hour: a title, the hours' heads, one line a weekday. Blank = not recorded. */
export function heatmapLines(report: MetricReport, options: HeatmapOptions): string[] {
  const scale = heatScale(report, options.statistic);
  const cells = new Map(report.heatmap.map((cell) => [cell.weekday * HOURS + cell.hour, cell]));
  const week = options.weekdays.map((weekday) => {
    const hours = Array.from({ length: HOURS }, (_, hour) => {
      const cell = cells.get(weekday * HOURS + hour);
      return cellText(cell ? cell[options.statistic] : null, { report, scale, ...options });
    });
    return `${WEEKDAY_NAMES[weekday - 1]}  ${hours.join("")}`;
  });
  return [titleLine(report, scale, options.theme), hoursLine(options), ...week];
}

/** The weekdays that the recorded window touches: all seven from a week on. */
export function weekdaysOf({ window, range }: AnalysisReport): number[] {
  const weekdays = new Set<number>();
  const last = Math.min(window.endMs - 1, window.startMs + 7 * DAY_MS);
  for (let ms = window.startMs; ms < last; ms += DAY_MS / 2) {
    weekdays.add(localTime(ms, range.timeZone).weekday);
  }
  weekdays.add(localTime(last, range.timeZone).weekday);
  return [...weekdays].sort();
}

/** Glyph of a share of the scale: the lowest one already for zero, since blank means "not recorded". */
export function rampGlyph(share: number, { glyphs }: Theme): string {
  const index = Math.min(glyphs.ramp.length - 1, Math.floor(share * glyphs.ramp.length));
  return glyphs.ramp[index] ?? "";
}

/** Percentages share 0–100; other metrics go from zero to the largest value on their map. */
export function heatScale(report: MetricReport, statistic: HeatStatistic): MetricScale {
  const scale = metricScale(report);
  if (isShare(report.metric)) return scale;
  const full = largestOf(report.heatmap, statistic);
  return { ...scale, full, share: (value) => (full > 0 ? Math.max(0, value / full) : 0) };
}

function largestOf(cells: readonly HeatmapCell[], statistic: HeatStatistic): number {
  return cells.reduce((largest, cell) => Math.max(largest, cell[statistic] ?? 0), 0);
}

function cellText(
  value: number | null,
  { report, scale, theme, cellWidth }: HeatmapOptions & {
    report: MetricReport;
    scale: MetricScale;
  },
): string {
  if (value === null || !Number.isFinite(value)) return " ".repeat(cellWidth);
  const share = scale.share(value);
  if (theme.paintsCells) return cellColor(theme, report.metric, share)(" ".repeat(cellWidth));
  return valueColor(theme, report.metric, share)(rampGlyph(share, theme).repeat(cellWidth));
}

function titleLine({ metric }: MetricReport, { unit, full, format }: MetricScale, theme: Theme) {
  const title = baseColor(theme, metric).bold(theme.text(metric.title));
  if (isShare(metric)) return title;
  const range = `0–${format(full) ?? "?"} ${unit.label}`.trimEnd();
  return `${title}  ${theme.chalk.dim(theme.text(range))}`;
}

/** Six hours apart, or three where cells are wide enough for two digits and a space. */
function hoursLine({ cellWidth, theme }: HeatmapOptions): string {
  const step = cellWidth > 1 ? 3 : 6;
  let line = " ".repeat(LABEL_WIDTH);
  for (let hour = 0; hour < HOURS; hour += step) {
    line += String(hour).padEnd(step * cellWidth);
  }
  return theme.chalk.dim(line.trimEnd());
}
