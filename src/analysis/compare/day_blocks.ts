/** Hours of two periods → blocks: what each day was, part by part, beside the days that it is like. Pure. */

export const HOURS = 24;

/** The mean of one metric over one local hour. */
export interface HourMean {
  /** Hours since 1970 in local time as recorded. */
  readonly localHour: number;
  readonly mean: number;
}

/** Parts of a day that are tested, besides the whole day: long enough for a habit, few enough to be searched. */
export const DAY_PARTS = [
  { name: "day", from: 0, to: 24 },
  { name: "night", from: 0, to: 6 },
  { name: "morning", from: 6, to: 12 },
  { name: "afternoon", from: 12, to: 18 },
  { name: "evening", from: 18, to: 24 },
] as const;
export const PARTS = DAY_PARTS.length;

/** A part of a day of which less than this share of the compared hours is known stands for nothing. */
const FULL_ENOUGH = 0.5;

/** One local day of one period: its hours, of which those that have no counterpart are already left out. */
export interface Day {
  /** Days since 1970, local. */
  readonly number: number;
  readonly period: 0 | 1;
  /** Days with the same stratum are alike: the weekday (1 = Monday), or 0 where only the hour has to agree. */
  readonly stratum: number;
  /** NaN = not known. */
  readonly hours: Float64Array;
}

/** 1 = Monday … 7 = Sunday of a day since 1970, which began on a Thursday. */
export function weekdayOf(dayNumber: number): number {
  return ((dayNumber + 3) % 7 + 7) % 7 + 1;
}

/** Days of a period in order, with all their hours. */
export function daysOf(
  hours: readonly HourMean[],
  period: 0 | 1,
  stratumOf: (dayNumber: number) => number,
): Day[] {
  const byDay = Map.groupBy(hours, ({ localHour }) => Math.floor(localHour / HOURS));
  return [...byDay].sort(([a], [b]) => a - b).map(([number, of]) => {
    const values = new Float64Array(HOURS).fill(Number.NaN);
    for (const { localHour, mean } of of) values[localHour - number * HOURS] = mean;
    return { number, period, stratum: stratumOf(number), hours: values };
  });
}

/** The days with only those hours that both periods know of the same stratum. Days without such hours are left out. */
export function commonHours(days: readonly Day[]): Day[] {
  const known = [new Set<number>(), new Set<number>()] as const;
  for (const day of days) for (const cell of cellsOf(day)) known[day.period].add(cell);
  const common = known[0].intersection(known[1]);
  return days.map((day) => ({
    ...day,
    hours: day.hours.map((value, hour) =>
      common.has(day.stratum * HOURS + hour) ? value : Number.NaN
    ),
  })).filter(({ hours }) => hours.some((value) => !Number.isNaN(value)));
}

/** `stratum × 24 + hour` of the hours that are known. */
export function cellsOf({ stratum, hours }: Day): number[] {
  return [...hours.keys()].filter((hour) => !Number.isNaN(hours[hour]))
    .map((hour) => stratum * HOURS + hour);
}

/** Mean of a cell in each period; both exist after `commonHours`. */
export interface CellMeans {
  readonly a: number;
  readonly b: number;
}

/** By `stratum × 24 + hour`. */
export function cellMeans(days: readonly Day[]): Map<number, CellMeans> {
  const sums = new Map<number, [number, number, number, number]>();
  for (const day of days) {
    for (const cell of cellsOf(day)) {
      const sum = sums.get(cell) ?? [0, 0, 0, 0];
      sum[day.period] += day.hours[cell % HOURS] ?? 0;
      sum[day.period + 2] = (sum[day.period + 2] ?? 0) + 1;
      sums.set(cell, sum);
    }
  }
  return new Map([...sums].map(([cell, [a, b, countA, countB]]) => [
    cell,
    { a: a / countA, b: b / countB },
  ]));
}

/** Days × parts: how far each part of each day was from what is usual at these hours, as the mean over its hours. */
export interface BlockTable {
  readonly days: readonly Day[];
  /** Row-major, `PARTS` columns; NaN = too little known. */
  readonly values: Float64Array;
}

/** Needs days with common hours only. Usual is the middle between both periods, so that their lengths do not matter. */
export function blockTable(days: readonly Day[]): BlockTable {
  const usual = new Map(
    [...cellMeans(days)].map(([cell, { a, b }]) => [cell, (a + b) / 2] as const),
  );
  const values = new Float64Array(days.length * PARTS);
  days.forEach((day, row) =>
    DAY_PARTS.forEach(({ from, to }, part) => {
      let [sum, known, wanted] = [0, 0, 0];
      for (let hour = from; hour < to; hour++) {
        const center = usual.get(day.stratum * HOURS + hour);
        if (center === undefined) continue;
        wanted++;
        const value = day.hours[hour] ?? Number.NaN;
        if (Number.isNaN(value)) continue;
        known++;
        sum += value - center;
      }
      const isFull = known > 0 && known >= wanted * FULL_ENOUGH;
      values[row * PARTS + part] = isFull ? sum / known : Number.NaN;
    })
  );
  return { days, values };
}
