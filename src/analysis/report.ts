/** What `mtr analyze` finds out: the shape that analysis makes and report/ and narration/ show. Times are epoch milliseconds. */
import type { Metric } from "../model/mod.ts";

/** The range a report is about, as resolved from what the user asked. `endMs` is exclusive. */
export interface ReportRange {
  readonly startMs: number;
  readonly endMs: number;
  /** IANA name of the zone in which local times are shown. */
  readonly timeZone: string;
  /** What the user asked, in words: `today`, `last 7 days`, `2026-11-01 – 2026-11-07`. */
  readonly resolvedFrom: string;
}

/** Weighted statistics of one metric, over the data expanded by duration (design §3), in the metric's unit. */
export interface Statistics {
  /** Rows with a value. */
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  readonly p99: number;
  /** Sample standard deviation and variance; null for a single value. */
  readonly stddev: number | null;
  readonly variance: number | null;
}

/** One hour of the week, by the clock where it was recorded. Cells without data do not exist. */
export interface HeatmapCell {
  /** 1 = Monday … 7 = Sunday. */
  readonly weekday: number;
  /** 0 … 23. */
  readonly hour: number;
  readonly mean: number;
  /** Null unless asked for: it costs a second look at the rows. */
  readonly p95: number | null;
  readonly max: number;
  readonly count: number;
}

/** What of a heatmap cell is shown. */
export type HeatStatistic = "mean" | "p95" | "max";

/** The 15 minutes with the highest mean, of those that were recorded for at least 12 minutes. */
export interface Peak {
  readonly startMs: number;
  readonly endMs: number;
  readonly mean: number;
}

export type Verdict = "roomy" | "adequate" | "tight" | "insufficient" | "not enough data";

/** Whether the machine is big enough in one respect, with the rule that says so. Only for percentages of a capacity. */
export interface Sufficiency {
  readonly gapP95P75: number;
  /** 100 − p95. */
  readonly headroom: number;
  /** Share of the recorded time above 90 %, in percent. */
  readonly above90Pct: number;
  /** The longest stretch above 90 % without a break; null when there was none of a minute. */
  readonly longestAbove90: { readonly startMs: number; readonly endMs: number } | null;
  readonly verdict: Verdict;
  /** What decided, with its figures and limits: `p95 64.3 % ≥ 50 %`; or what is missing for a verdict. */
  readonly rule: string;
  /** What would change the verdict: `add ≥ 4 GiB`, `nothing to gain`; null where nothing can be said. */
  readonly advice: string | null;
}

/** When a metric was used for the first time after a time without: as narrowly as the spans tell that a report is made from. */
export interface UseBeginning {
  /** Until then, at least, it was zero. */
  readonly afterMs: number;
  /** Before then it was above zero. */
  readonly byMs: number;
}

/** A bin of the range for sparklines and line charts; null where nothing was recorded. */
export interface TimelineBin {
  readonly startMs: number;
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** How the recorded time is spread over a metric's values. */
export interface ValueBins {
  /** Where the last bin ends, in the metric's unit; the first begins at 0 (and holds what is below it). */
  readonly top: number;
  /** Share of the time in each of the equal bins, in percent; together 100. */
  readonly sharesPct: readonly number[];
}

export interface MetricReport {
  readonly metric: Metric;
  readonly statistics: Statistics;
  /** The newest value in the range; null where the newest day does not know it. */
  readonly last: number | null;
  readonly heatmap: readonly HeatmapCell[];
  readonly peak: Peak | null;
  /** Null for metrics that are not a percentage of a capacity. */
  readonly sufficiency: Sufficiency | null;
  /** Of swap; null where it was used from the start or never, and for other metrics. */
  readonly useBegan: UseBeginning | null;
  /** Equal bins over `window`. */
  readonly timeline: readonly TimelineBin[];
  /** Only when asked for. */
  readonly valueBins?: ValueBins | undefined;
}

export type GapReason = "not recording" | "asleep" | "machine off" | "source failed";

/** A stretch in which nothing was recorded, between the first row of the store and now. */
export interface Gap {
  readonly startMs: number;
  readonly endMs: number;
  readonly reason: GapReason;
}

/** A metric that was asked for and is not shown, and why: `no values recorded (no GPU source)`. */
export interface AbsentMetric {
  readonly metric: Metric;
  readonly reason: string;
}

export interface AnalysisReport {
  readonly generatedAtMs: number;
  readonly range: ReportRange;
  /** From the first to the last row in the range. */
  readonly window: { readonly startMs: number; readonly endMs: number };
  readonly host: string;
  /** Source descriptions as recorded: `mactop 2.1.5`, joined by ` + `. */
  readonly source: string;
  /** Nominal seconds between rows, newest. */
  readonly intervalS: number;
  /** True for data that `mtr demo` made. */
  readonly demo: boolean;
  /** Rows in the range. */
  readonly samples: number;
  /** Seconds that the rows stand for. */
  readonly recordedS: number;
  /** recordedS as a share of the range, counted from the store's first row at the earliest and to now at the latest. */
  readonly coveragePct: number;
  /** How the figures were made: `exact, from rows`. */
  readonly method: string;
  readonly heatStatistic: HeatStatistic;
  readonly metrics: readonly MetricReport[];
  readonly absent: readonly AbsentMetric[];
  readonly gaps: readonly Gap[];
  /** Seconds of data still missing before a weekly pattern (24 h) and a verdict (3 h) can be shown; 0 = there is enough. */
  readonly missingForPatternS: number;
  readonly missingForVerdictS: number;
  /** Pid of the recorder that is writing to this store now. */
  readonly recorderPid: number | null;
  /** What the reader must know: damaged files, unreadable lines. */
  readonly notes: readonly string[];
}
