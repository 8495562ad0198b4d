/** Where a change is: everywhere if that is so, else the region that stands out most and the hours that carry it. */
import type { RegionResult } from "./change_test.ts";
import { effectOf } from "./cliffs_delta.ts";
import type { ChangePlace } from "./compare_report.ts";
import { cellMeans, type Day, DAY_PARTS, HOURS } from "./day_blocks.ts";

/** Hours next to a region belong to it where they differ by this share of what it differs by. */
const ENOUGH_OF_SHIFT = 0.5;
const WHOLE_DAY = 0;

/** "At every hour" may leave out so many, in percent: some hours of a week always go the other way. */
const EVERYWHERE_PCT = 80;

export interface PlaceOptions {
  /** Largest p of a region that counts as found. */
  readonly alpha: number;
  readonly tolerance: number;
  readonly seed: number;
}

/** @param regions by size of the difference, the largest found; needs days with common hours only */
export function changePlace(
  days: readonly Day[],
  regions: readonly RegionResult[],
  { alpha, tolerance, seed }: PlaceOptions,
): ChangePlace | null {
  const all = new Set(days.map(({ stratum }) => stratum)).size;
  const whole = regions.find(({ part, strata }) => part === WHOLE_DAY && strata.length === all);
  const isWhole = whole !== undefined && whole.p <= alpha &&
    sameDirectionPct(days, whole.shift) >= EVERYWHERE_PCT;
  const region = isWhole ? whole : regions[0];
  if (!region) return null;
  const differences = differencesByHour(days, region.strata);
  const { from, to } = region.part === WHOLE_DAY
    ? DAY_PARTS[WHOLE_DAY]
    : hoursThatCarry(differences, region);
  const effect = effectOf(days, {
    strata: region.strata,
    fromHour: from,
    toHour: to,
    tolerance,
    seed,
  });
  return effect && {
    weekdays: region.strata.filter((stratum) => stratum > 0),
    fromHour: from,
    toHour: to,
    isEverywhere: region.strata.length === all && to - from === HOURS,
    sameDirectionPct: sameDirectionPct(days, region.shift),
    shift: meanOf(differences, from, to),
    effect,
  };
}

/** Mean difference of the strata at each hour; NaN where there is none. */
function differencesByHour(days: readonly Day[], strata: readonly number[]): number[] {
  const means = cellMeans(days);
  return Array.from({ length: HOURS }, (_, hour) => {
    const of = strata.flatMap((stratum) => means.get(stratum * HOURS + hour) ?? []);
    return of.reduce((sum, { a, b }) => sum + (b - a) / of.length, of.length > 0 ? 0 : Number.NaN);
  });
}

/** From the region's strongest hour as far as neighbours are like it, also beyond its part of the day, not over midnight. */
function hoursThatCarry(
  differences: readonly number[],
  { part, shift }: RegionResult,
): { from: number; to: number } {
  const { from, to } = DAY_PARTS[part] ?? DAY_PARTS[WHOLE_DAY];
  const along = (hour: number) => (differences[hour] ?? Number.NaN) * Math.sign(shift);
  const carries = (hour: number) => along(hour) >= ENOUGH_OF_SHIFT * Math.abs(shift);
  let peak = from;
  for (let hour = from; hour < to; hour++) {
    if (!(along(hour) <= along(peak))) peak = hour;
  }
  let [first, end] = [peak, peak + 1];
  while (first > 0 && carries(first - 1)) first--;
  while (end < HOURS && carries(end)) end++;
  return { from: first, to: end };
}

function meanOf(differences: readonly number[], from: number, to: number): number {
  const known = differences.slice(from, to).filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

function sameDirectionPct(days: readonly Day[], shift: number): number {
  const means = [...cellMeans(days).values()];
  const same = means.filter(({ a, b }) => (b - a) * shift > 0).length;
  return (100 * same) / means.length;
}
