/** What is compared with what: the side of a change test that does not change when days are exchanged. */
import { type BlockTable, type Day, PARTS } from "./day_blocks.ts";

/** Weekdays × part of the day. */
export interface Region {
  /** Strata in it: weekdays, or just 0 where only hours have to agree. */
  readonly strata: readonly number[];
  /** Index into DAY_PARTS. */
  readonly part: number;
}

export interface Design {
  readonly rows: number;
  readonly strata: readonly number[];
  /** Of each row: index of its stratum, and its period. */
  readonly stratum: Int32Array;
  readonly period: Int32Array;
  /** Row of the day before, of the same period; -1 = none. */
  readonly before: Int32Array;
  /** Class of each stratum: days are exchanged within a class, which has a noise of its own. */
  readonly classOf: Int32Array;
  /** Rows of each class. */
  readonly members: readonly Int32Array[];
  readonly regions: readonly Region[];
}

/** Sets of weekdays that are tested together, besides single ones and all. */
const WEEKDAY_SETS = [[1, 2, 3, 4, 5], [6, 7]];
const WEEKEND_FROM = 6;
/** Of the regions' Σ nA·nB/(nA+nB): three pairs of days, or three days against three. Less tells nothing about noise. */
const LEAST_WEIGHT = 1.5;
/** Workdays and weekends have a noise of their own where each has so many degrees of freedom. */
const OWN_CLASS_DF = 6;

/** Residual degrees of freedom, with a mean a stratum and one shift for all: from what it is known how much days differ. */
export function degreesOfFreedom(days: readonly Day[]): number {
  return days.length - new Set(days.map(({ stratum }) => stratum)).size - 1;
}

export function designOf({ days }: BlockTable): Design {
  const strata = [...new Set(days.map(({ stratum }) => stratum))].sort((a, b) => a - b);
  const classes = classesOf(days, strata);
  const rowOf = new Map(days.map(({ number, period }, row) => [`${period} ${number}`, row]));
  const stratum = Int32Array.from(days, (day) => strata.indexOf(day.stratum));
  return {
    rows: days.length,
    strata,
    stratum,
    period: Int32Array.from(days, ({ period }) => period),
    before: Int32Array.from(
      days,
      ({ number, period }) => rowOf.get(`${period} ${number - 1}`) ?? -1,
    ),
    classOf: Int32Array.from(classes),
    members: [...new Set(classes)].map((one) =>
      Int32Array.from(days.keys()).filter((row) => classes[stratum[row] ?? 0] === one)
    ),
    regions: regionsOf(days, strata),
  };
}

function classesOf(days: readonly Day[], strata: readonly number[]): number[] {
  const weekend = days.filter(({ stratum }) => stratum >= WEEKEND_FROM);
  const others = days.filter(({ stratum }) => stratum < WEEKEND_FROM);
  const areOwn = degreesOfFreedom(weekend) >= OWN_CLASS_DF &&
    degreesOfFreedom(others) >= OWN_CLASS_DF;
  return strata.map((stratum) => (areOwn && stratum >= WEEKEND_FROM ? 1 : 0));
}

function regionsOf(days: readonly Day[], strata: readonly number[]): Region[] {
  const sets = [strata, ...WEEKDAY_SETS, ...strata.map((stratum) => [stratum])]
    .map((set) => set.filter((stratum) => strata.includes(stratum)));
  const distinct = [...new Map(sets.map((set) => [set.join(), set])).values()];
  const weights = new Map(strata.map((stratum) => [stratum, weightOf(days, stratum)]));
  return distinct
    .filter((set) => set.reduce((sum, s) => sum + (weights.get(s) ?? 0), 0) >= LEAST_WEIGHT)
    .flatMap((set) => Array.from({ length: PARTS }, (_, part) => ({ strata: set, part })));
}

/** nA·nB/(nA+nB): the inverse of the variance of a difference of two means, in units of a day's variance. */
function weightOf(days: readonly Day[], stratum: number): number {
  const of = days.filter((day) => day.stratum === stratum);
  const inB = of.filter(({ period }) => period === 1).length;
  return (inB * (of.length - inB)) / of.length;
}
