/**
 * Cliff's delta (Cliff 1993) between hours that are alike, with an interval from resampled days: hours of one day are not
 * independent, days are the blocks (Efron & Tibshirani 1993, ch. 8).
 */
import type { Effect } from "./compare_report.ts";
import { type Day, HOURS } from "./day_blocks.ts";
import { seededRandom } from "./random.ts";

export interface EffectOptions {
  /** Strata and hours to look at. */
  readonly strata: readonly number[];
  readonly fromHour: number;
  readonly toHour: number;
  /** Values that differ by less count as equal. */
  readonly tolerance: number;
  readonly seed: number;
}

const RESAMPLES = 2000;
/** A 99 % interval. */
const TAIL = 0.005;
/** With so many days a side in each stratum, days are resampled within; with fewer, strata are resampled whole. */
const DAYS_WITHIN = 3;
const FEWEST_STRATA = 4;

/** A day of A beside a day of B of the same stratum. */
interface DayPair {
  readonly a: number;
  readonly b: number;
  /** Hours that are higher in B, less those that are lower, and all. */
  readonly balance: number;
  readonly hours: number;
}

/** Needs days with common hours only. Null when no two hours can be compared. */
export function effectOf(days: readonly Day[], options: EffectOptions): Effect | null {
  const inRegion = days.filter(({ stratum }) => options.strata.includes(stratum));
  const pairs = pairsOf(inRegion, options);
  const delta = deltaOf(pairs, new Float64Array(inRegion.length).fill(1));
  if (delta === null) return null;
  const deltas = resampled(inRegion, pairs, options.seed);
  if (!deltas) return { delta, low: null, high: null };
  return { delta, low: quantile(deltas, TAIL), high: quantile(deltas, 1 - TAIL) };
}

function pairsOf(days: readonly Day[], options: EffectOptions): DayPair[] {
  return days.flatMap((a, i) =>
    a.period === 1 ? [] : days.flatMap((b, j) => {
      if (b.period === 0 || b.stratum !== a.stratum) return [];
      return [{ a: i, b: j, ...balanceOf(a, b, options) }];
    })
  ).filter(({ hours }) => hours > 0);
}

function balanceOf(a: Day, b: Day, { fromHour, toHour, tolerance }: EffectOptions) {
  let [balance, hours] = [0, 0];
  for (let hour = fromHour; hour < toHour; hour++) {
    const i = hour % HOURS;
    const difference = (b.hours[i] ?? Number.NaN) - (a.hours[i] ?? Number.NaN);
    if (Number.isNaN(difference)) continue;
    hours++;
    if (Math.abs(difference) >= tolerance) balance += Math.sign(difference);
  }
  return { balance, hours };
}

/** @param times how often each day counts */
function deltaOf(pairs: readonly DayPair[], times: Float64Array): number | null {
  let [balance, hours] = [0, 0];
  for (const pair of pairs) {
    const n = (times[pair.a] ?? 0) * (times[pair.b] ?? 0);
    balance += n * pair.balance;
    hours += n * pair.hours;
  }
  return hours > 0 ? balance / hours : null;
}

/** Deltas of resampled days in order; null where there are too few days. */
function resampled(
  days: readonly Day[],
  pairs: readonly DayPair[],
  seed: number,
): number[] | null {
  const random = seededRandom(seed);
  const rowsOf = (
    key: (day: Day) => unknown,
  ) => [...Map.groupBy(days.keys(), (row) => key(days[row] as Day)).values()];
  const groups = rowsOf(({ stratum, period }) => `${stratum} ${period}`);
  const strata = rowsOf(({ stratum }) => stratum);
  const isWithin = groups.every((rows) => rows.length >= DAYS_WITHIN);
  if (!isWithin && strata.length < FEWEST_STRATA) return null;
  const times = new Float64Array(days.length);
  const deltas = Array.from({ length: RESAMPLES }, () => {
    times.fill(0);
    if (isWithin) { for (const rows of groups) drawDays(rows, times, random); }
    else drawStrata(strata, times, random);
    return deltaOf(pairs, times);
  });
  return deltas.filter((delta) => delta !== null).sort((x, y) => x - y);
}

/** As many days of a group as it has, with replacement. */
function drawDays(rows: readonly number[], times: Float64Array, random: () => number): void {
  for (let n = 0; n < rows.length; n++) {
    const row = rows[Math.floor(random() * rows.length)] ?? 0;
    times[row] = (times[row] ?? 0) + 1;
  }
}

/** A weekday is drawn with its days of both periods; √n each, so that a pair counts n times. */
function drawStrata(
  strata: readonly (readonly number[])[],
  times: Float64Array,
  random: () => number,
): void {
  for (let n = 0; n < strata.length; n++) {
    const rows = strata[Math.floor(random() * strata.length)] ?? [];
    for (const row of rows) times[row] = Math.sqrt((times[row] ?? 0) ** 2 + 1);
  }
}

function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.round(share * (sorted.length - 1))] ?? null;
}
