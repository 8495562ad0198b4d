/** Hours of two periods → whether a metric changed. Pure and deterministic: the statistics core of `mtr compare`. */
import { changePlace } from "./change_place.ts";
import { testChange } from "./change_test.ts";
import { effectOf } from "./cliffs_delta.ts";
import type { ChangePlace, ChangeVerdict, DifferenceCell, Effect } from "./compare_report.ts";
import { blockTable, cellMeans, cellsOf, commonHours, type Day, HOURS } from "./day_blocks.ts";
import { degreesOfFreedom } from "./design.ts";
import { slownessOfHours } from "./slowness.ts";

/** Of all metrics together. */
export const ALPHA = 0.01;
const FEWEST_HOURS = 24;
/** Of days − weekdays − 1: five pairs of weekdays. */
const FEWEST_DEGREES = 4;
/** Of nA·nB/(nA+nB) where weekdays are not told apart: with less than 6 days against 6, exchanges are too few for 1 %. */
const FEWEST_DAYS_WEIGHT = 3;
const SEED = 20_261_122;

/** A metric's days of both periods, all hours. */
export interface MetricDays {
  readonly days: readonly Day[];
  /** A difference that means nothing to anybody, in the metric's unit. */
  readonly tolerance: number;
  /** That it changed is known otherwise: nothing is tested, and no other metric pays for it. */
  readonly isKnown?: boolean;
}

export interface Judgement {
  readonly verdict: Exclude<ChangeVerdict, "new" | "gone">;
  readonly reason: string;
  /** After Holm's correction; null where nothing was tested. */
  readonly p: number | null;
  readonly effect: Effect | null;
  readonly where: ChangePlace | null;
  readonly cells: readonly DifferenceCell[];
}

/** Judges metrics together: each one that is looked at makes chance findings likelier. */
export function judgeChanges(metrics: readonly MetricDays[]): Judgement[] {
  const tested = metrics.map(testMetric);
  const corrected = holm(tested.map(({ test }) => test?.p ?? null));
  return tested.map((one, i) => judge(one, corrected[i] ?? null));
}

/** Holm 1979: p values after correction for their number; null ones are not counted. */
export function holm(ps: readonly (number | null)[]): (number | null)[] {
  const ranked = ps.flatMap((p, i) => (p === null ? [] : [{ p, i }])).sort((a, b) => a.p - b.p);
  const corrected: (number | null)[] = ps.map(() => null);
  let largest = 0;
  ranked.forEach(({ p, i }, rank) => {
    largest = Math.max(largest, Math.min(1, p * (ranked.length - rank)));
    corrected[i] = largest;
  });
  return corrected;
}

function testMetric({ days, tolerance, isKnown = false }: MetricDays) {
  const common = commonHours(days);
  const tooLittle = tooLittleData(common);
  const test = tooLittle === null && !isKnown
    ? testChange(blockTable(common), {
      tolerance,
      slowness: slownessOfHours(common),
      seed: SEED,
    })
    : null;
  return { common, tolerance, tooLittle, test };
}

/** Why nothing can be said; null where there is data enough. */
function tooLittleData(days: readonly Day[]): string | null {
  const [a, b] = [0, 1].map((period) => days.filter((day) => day.period === period)) as [
    Day[],
    Day[],
  ];
  const hours = Math.min(hoursOf(a), hoursOf(b));
  if (hours === 0) return "no hour of one is like an hour of the other";
  if (hours < FEWEST_HOURS) return `only ${hours} h are in both, ${FEWEST_HOURS} h are needed`;
  const needed = days.every(({ stratum }) => stratum === 0)
    ? { isMet: (a.length * b.length) / days.length >= FEWEST_DAYS_WEIGHT, words: "6 days" }
    : { isMet: degreesOfFreedom(days) >= FEWEST_DEGREES, words: "5 weekdays" };
  if (needed.isMet) return null;
  const daysText = a.length === b.length
    ? `${a.length} ${a.length === 1 ? "day" : "days"} of each`
    : `${a.length} and ${b.length} days`;
  return `${daysText} can't tell a change from how days differ anyway, ${needed.words} of each can`;
}

function hoursOf(days: readonly Day[]): number {
  return days.reduce((sum, day) => sum + cellsOf(day).length, 0);
}

function judge(
  { common, tolerance, tooLittle, test }: ReturnType<typeof testMetric>,
  p: number | null,
): Judgement {
  const strata = [...new Set(common.map(({ stratum }) => stratum))];
  const all = { strata, fromHour: 0, toHour: HOURS, tolerance, seed: SEED };
  const found = { p, effect: effectOf(common, all), cells: differenceCells(common) };
  if (tooLittle !== null) {
    return { ...found, verdict: "not enough data", reason: tooLittle, where: null };
  }
  const where = test && p !== null && p <= ALPHA
    ? changePlace(common, test.regions, { alpha: ALPHA, tolerance, seed: SEED })
    : null;
  if (!where || Math.abs(where.shift) < tolerance) {
    return {
      ...found,
      verdict: "no change",
      reason: "no more than days differ anyway",
      where: null,
    };
  }
  return { ...found, verdict: "changed", reason: "more than days differ anyway", where };
}

function differenceCells(days: readonly Day[]): DifferenceCell[] {
  return [...cellMeans(days)].sort(([x], [y]) => x - y).map(([cell, { a, b }]) => (
    { weekday: Math.floor(cell / HOURS), hour: cell % HOURS, a, b }
  ));
}
