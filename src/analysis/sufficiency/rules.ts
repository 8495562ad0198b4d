/**
 * The limits that decide a verdict. A limit is met when its figure reaches it; the worst verdict with a limit that is met
 * stands. Sources: CPU by a high percentile with headroom, memory by its maximum (KRR's and Kruize's split); the figures
 * are judgements, printed with every verdict so that they can be disputed.
 */
import { durationText, type Metric } from "../../model/mod.ts";
import type { Verdict } from "../report.ts";
import type { Evidence } from "./evidence.ts";

/** One figure and the limits from which on it speaks for a verdict. */
export interface Limit {
  /** The figure; null where it is not known, which speaks for nothing. */
  readonly figure: (evidence: Evidence) => number | null;
  /** The figure and its name in words: `p95 64.3`. */
  readonly words: (figure: number) => string;
  /** The limit in the same unit in words. */
  readonly limitWords: (limit: number) => string;
  readonly limits: Readonly<Partial<Record<Verdict, number>>>;
}

const percent = (value: number) => `${Number(value.toFixed(1))} %`;
const minutes = (ms: number) => durationText(ms / 1000);
const MINUTE_MS = 60_000;

const P95: Limit = {
  figure: ({ statistics }) => statistics.p95,
  words: (figure) => `p95 ${percent(figure)}`,
  limitWords: percent,
  limits: { insufficient: 95, tight: 85, adequate: 50 },
};

const TIME_ABOVE_90: Limit = {
  figure: ({ above90Pct }) => above90Pct,
  words: (figure) => `above 90 % for ${percent(figure)} of the time`,
  limitWords: percent,
  limits: { insufficient: 10, tight: 5, adequate: 0.5 },
};

const LONGEST_ABOVE_90: Limit = {
  figure: ({ longestAbove90: stretch }) => stretch && stretch.endMs - stretch.startMs,
  words: (figure) => `${minutes(figure)} above 90 % at a stretch`,
  limitWords: minutes,
  limits: { insufficient: 120 * MINUTE_MS, tight: 30 * MINUTE_MS, adequate: 5 * MINUTE_MS },
};

const THROTTLED: Limit = {
  figure: ({ throttledPct }) => throttledPct,
  words: (figure) => `slowed down by heat for ${percent(figure)} of the time`,
  limitWords: percent,
  limits: { tight: 10, adequate: 1 },
};

const MEMORY_MAXIMUM: Limit = {
  figure: ({ statistics }) => statistics.max,
  words: (figure) => `maximum ${percent(figure)}`,
  limitWords: percent,
  limits: { tight: 90, adequate: 70 },
};

const SWAP_MOSTLY: Limit = {
  figure: ({ swap }) => swap && swap.p95,
  words: (figure) => `swap p95 ${percent(figure)} of RAM`,
  limitWords: percent,
  limits: { insufficient: 10, tight: 2 },
};

const SWAP_EVER: Limit = {
  figure: ({ swap }) => swap && swap.max,
  words: (figure) => `swap up to ${percent(figure)} of RAM`,
  limitWords: percent,
  limits: { tight: 5, adequate: 0.5 },
};

const MEMORY_PRESSURE: Limit = {
  figure: ({ memoryPressure }) => memoryPressure && memoryPressure.p95,
  words: (figure) => `tasks waited for memory, p95 ${percent(figure)} of the time`,
  limitWords: percent,
  limits: { insufficient: 20, tight: 5, adequate: 1 },
};

/** Swap is no capacity but a symptom: how much of RAM had to be put elsewhere. */
const SWAP_ITSELF: Limit = {
  figure: ({ statistics }) => statistics.p95,
  words: (figure) => `p95 ${percent(figure)} of RAM`,
  limitWords: percent,
  limits: { insufficient: 25, tight: 10, adequate: 1 },
};

const PROCESSOR: readonly Limit[] = [P95, TIME_ABOVE_90, LONGEST_ABOVE_90];

/** By metric id; a metric that is not here is not a share of a capacity. */
export const LIMITS: Readonly<Record<string, readonly Limit[]>> = {
  cpu_pct: [...PROCESSOR, THROTTLED],
  ecpu_pct: PROCESSOR,
  pcpu_pct: PROCESSOR,
  scpu_pct: PROCESSOR,
  gpu_pct: PROCESSOR,
  ram_pct: [MEMORY_MAXIMUM, SWAP_MOSTLY, SWAP_EVER, MEMORY_PRESSURE],
  swap_pressure_pct: [SWAP_ITSELF],
};

/** Metrics whose statistics a verdict on another one needs. */
export const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = {
  cpu_pct: ["thermal_level"],
  ram_pct: ["swap_pressure_pct", "mem_pressure_pct"],
};

export function isJudged({ id }: Metric): boolean {
  return id in LIMITS;
}
