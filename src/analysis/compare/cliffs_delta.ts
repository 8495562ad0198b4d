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
  const delta = deltaOf(pairs, () => 1);
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

function deltaOf(pairs: readonly DayPair[], times: (pair: DayPair) => number): number | null {
  let [balance, hours] = [0, 0];
  for (const pair of pairs) {
    const n = times(pair);
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
  const groups = Map.groupBy(days.keys(), (i) => `${days[i]?.stratum} ${days[i]?.period}`);
  const strata = [...new Set(days.map(({ stratum }) => stratum))];
  const isWithin = [...groups.values()].every((of) => of.length >= DAYS_WITHIN);
  if (!isWithin && strata.length < FEWEST_STRATA) return null;
  const draw = isWithin
    ? drawDays(days.length, [...groups.values()], random)
    : drawStrata(days, strata, random);
  const deltas = Array.from({ length: RESAMPLES }, () => {
    const count = draw();
    return deltaOf(pairs, ({ a, b }) => count(a) * count(b));
  });
  return deltas.filter((delta) => delta !== null).sort((x, y) => x - y);
}

/** How often each day was drawn. */
type Draw = () => (row: number) => number;

function drawDays(
  rows: number,
  groups: readonly (readonly number[])[],
  random: () => number,
): Draw {
  return () => {
    const counts = new Uint16Array(rows);
    for (const of of groups) {
      for (let n = 0; n < of.length; n++) {
        const row = of[Math.floor(random() * of.length)] ?? 0;
        counts[row] = (counts[row] ?? 0) + 1;
      }
    }
    return (row) => counts[row] ?? 0;
  };
}

/** A weekday is drawn with its days of both periods; √n each, so that a pair counts n times. */
function drawStrata(
  days: readonly Day[],
  strata: readonly number[],
  random: () => number,
): Draw {
  return () => {
    const counts = new Map<number, number>();
    for (let n = 0; n < strata.length; n++) {
      const stratum = strata[Math.floor(random() * strata.length)] ?? 0;
      counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
    }
    return (row) => Math.sqrt(counts.get(days[row]?.stratum ?? -1) ?? 0);
  };
}

function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.round(share * (sorted.length - 1))] ?? null;
}
