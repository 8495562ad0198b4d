/** What `mtr compare` finds out: the shape that analysis makes and report/ and narration/ show. Times are epoch milliseconds. */
import type { Metric } from "../../model/mod.ts";
import type { ReportRange, Statistics } from "../report.ts";

/** What makes two hours alike: weekday and hour of the day, the hour alone, or nothing (all hours are compared). */
export const MATCHES = ["weekday-hour", "hour", "all"] as const;
export type Match = (typeof MATCHES)[number];

export type ChangeVerdict = "changed" | "new" | "gone" | "no change" | "not enough data";

/** One of the two periods. */
export interface ComparedPeriod {
  readonly range: ReportRange;
  /** Rows and seconds recorded in it, compared or not. */
  readonly samples: number;
  readonly recordedS: number;
  /** Local hours of which at least half was recorded. */
  readonly hours: number;
}

/**
 * Cliff's delta, −1 … 1: how much more likely an hour of B is above an hour of A that it is like than below it.
 * The interval is a 99 % one, from resampled days; null where there are too few to resample.
 */
export interface Effect {
  readonly delta: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Where a change is largest. */
export interface ChangePlace {
  /** 1 = Monday; empty where weekdays are not told apart. */
  readonly weekdays: readonly number[];
  /** Hours of the day, `toHour` exclusive. */
  readonly fromHour: number;
  readonly toHour: number;
  /** The change is found over all days and hours together. */
  readonly isEverywhere: boolean;
  /** Share of the compared hours of the week, in percent, that moved in the change's direction. */
  readonly sameDirectionPct: number;
  /** Mean of B less that of A there, in the metric's unit. */
  readonly shift: number;
  readonly effect: Effect;
}

/** One hour of the week that both periods know. */
export interface DifferenceCell {
  /** 1 = Monday … 7 = Sunday; 0 where weekdays are not told apart. */
  readonly weekday: number;
  readonly hour: number;
  /** Means of the periods' hours. */
  readonly a: number;
  readonly b: number;
}

export interface ComparedMetric {
  readonly metric: Metric;
  /** Of the hours that are compared. */
  readonly a: Statistics;
  readonly b: Statistics;
  readonly verdict: ChangeVerdict;
  /** Of a change; null otherwise. */
  readonly direction: "higher" | "lower" | null;
  /** Why there is no verdict, or what a verdict rests on, in words. */
  readonly reason: string;
  /** That chance alone makes such a difference, after Holm's correction over all metrics; null where it was not tested. */
  readonly p: number | null;
  /** Over all compared hours. */
  readonly effect: Effect | null;
  readonly where: ChangePlace | null;
  /** When a new metric was first above zero, or one that is gone was so for the last time. */
  readonly sinceMs: number | null;
  /** Of hours compared, in order. */
  readonly cells: readonly DifferenceCell[];
}

/** A metric that was asked for and can't be compared. */
export interface NotCompared {
  readonly metric: Metric;
  readonly reason: string;
}

export interface CompareReport {
  readonly generatedAtMs: number;
  readonly a: ComparedPeriod;
  readonly b: ComparedPeriod;
  readonly host: string;
  /** True for data that `mtr demo` made. */
  readonly demo: boolean;
  readonly match: Match;
  /** Hours of the week (or of the day) that both periods know, of those that either touches. */
  readonly commonCells: number;
  readonly possibleCells: number;
  /** Family-wise chance of calling noise a change, over all metrics. */
  readonly alpha: number;
  /** How the figures were made. */
  readonly method: string;
  readonly metrics: readonly ComparedMetric[];
  readonly absent: readonly NotCompared[];
  readonly notes: readonly string[];
}
