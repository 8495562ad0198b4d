/** When, in the course of a day, a metric is clearly above or below its mean. Hours are local. */
import type { HeatmapCell, MetricReport } from "../analysis/mod.ts";

const HOURS = 24;
/** "Clearly": by this share of the mean, and for percentages by points too, so that 0.4 % is not "busy" beside 0.3 %. */
const ABOVE_SHARE = 0.25;
const BELOW_SHARE = 0.4;
const POINTS = 2;
const SHORTEST_RUN_H = 2;

/** Contiguous hours, `from` up to but not including `to`; may run past midnight (22–2). */
export interface HourRun {
  readonly from: number;
  readonly to: number;
  readonly hours: number;
  /** Mean of the metric over these hours. */
  readonly mean: number;
}

/** Mean by hour over the given weekdays; null for hours without data. */
export function hourProfile(
  cells: readonly HeatmapCell[],
  weekdays: readonly number[],
): (number | null)[] {
  return Array.from(
    { length: HOURS },
    (_, hour) =>
      weightedMean(cells.filter((cell) => cell.hour === hour && weekdays.includes(cell.weekday))),
  );
}

/** Mean of cells, each by its number of samples; null for none. */
export function weightedMean(cells: readonly HeatmapCell[]): number | null {
  const count = cells.reduce((sum, cell) => sum + cell.count, 0);
  if (count === 0) return null;
  return cells.reduce((sum, cell) => sum + cell.mean * cell.count, 0) / count;
}

/** The longest stretch clearly above the metric's mean; an hour's dip (lunch) does not end it while above the mean. */
export function busyRun(profile: readonly (number | null)[], report: MetricReport): HourRun | null {
  const { mean } = report.statistics;
  const threshold = mean + Math.max(mean * ABOVE_SHARE, points(report));
  return longestRun(profile, {
    belongs: (value) => value >= threshold,
    bridges: (value) => value >= mean,
  });
}

/** The longest stretch clearly below the metric's mean. */
export function quietRun(
  profile: readonly (number | null)[],
  report: MetricReport,
): HourRun | null {
  const { mean } = report.statistics;
  const threshold = mean - Math.max(mean * BELOW_SHARE, points(report));
  return longestRun(profile, { belongs: (value) => value <= threshold, bridges: () => false });
}

/** Whether a value is far enough from another one to speak of it. */
export function isClearlyAbove(value: number, other: number, report: MetricReport): boolean {
  return value >= other + Math.max(other * ABOVE_SHARE, points(report));
}

function points({ metric }: MetricReport): number {
  return metric.unit === "%" ? POINTS : 0;
}

interface RunRule {
  readonly belongs: (value: number) => boolean;
  readonly bridges: (value: number) => boolean;
}

function longestRun(profile: readonly (number | null)[], rule: RunRule): HourRun | null {
  const isIn = profile.map((value, hour) => value !== null && belongs(profile, hour, rule));
  // All day long is no time of day.
  if (isIn.every((isInRun) => isInRun)) return null;
  let best: HourRun | null = null;
  for (let from = 0; from < HOURS; from++) {
    if (!isIn[from] || isIn[(from + HOURS - 1) % HOURS]) continue;
    let hours = 1;
    while (isIn[(from + hours) % HOURS]) hours++;
    if (hours < SHORTEST_RUN_H || hours <= (best?.hours ?? 0)) continue;
    best = {
      from,
      hours,
      to: (from + hours) % HOURS || HOURS,
      mean: runMean(profile, from, hours),
    };
  }
  return best;
}

function belongs(profile: readonly (number | null)[], hour: number, rule: RunRule): boolean {
  const at = (h: number) => profile[(h + HOURS) % HOURS] ?? null;
  const value = at(hour);
  if (value === null) return false;
  if (rule.belongs(value)) return true;
  const [before, after] = [at(hour - 1), at(hour + 1)];
  return rule.bridges(value) && before !== null && after !== null && rule.belongs(before) &&
    rule.belongs(after);
}

function runMean(profile: readonly (number | null)[], from: number, hours: number): number {
  let sum = 0;
  for (let i = 0; i < hours; i++) sum += profile[(from + i) % HOURS] ?? 0;
  return sum / hours;
}
