/** Rows: readings with their time truth, as they are stored. Field names are the columns' names. */
import type { MetricId } from "./metrics.ts";
import type { SourceName } from "./metric.ts";

/** What was special about a tick. */
export const ROW_FLAGS = ["boot", "wake", "clock_step", "source_error"] as const;
export type RowFlag = (typeof ROW_FLAGS)[number];

/** Time truth of a row, common to `samples` and `series`. */
export interface RowTime {
  /** The tick the row stands for, milliseconds since the epoch (UTC). */
  readonly ts: number;
  /** Local time's distance from UTC where and when it was recorded. */
  readonly utc_offset_min: number;
}

/** One row of `samples`: the tick's metrics, wide. Metrics not known are absent. */
export interface SampleRow extends RowTime, Readonly<Partial<Record<MetricId, number>>> {
  /** How long after the tick the sources were read. */
  readonly late_ms: number;
  /** The time it stands for: k × the nominal interval, k = ticks since the last row, at most 5; 1 after a start or wake. */
  readonly interval_s: number;
  readonly boot_id: string;
  /** Comma-joined `RowFlag`s; absent when there are none. */
  readonly flags?: string;
}

/** One row of `series`: a labelled value. */
export interface SeriesRow extends RowTime {
  readonly metric: string;
  readonly label: string;
  readonly value: number;
}

/** One row of `sources`: how a source did over the last minute. */
export interface SourceRow extends RowTime {
  readonly source: SourceName;
  /** The source's own description, with version where known. */
  readonly description: string;
  readonly interval_s: number;
  readonly reads: number;
  readonly failures: number;
  readonly not_ready: number;
  /** Values dropped because they were outside of the catalogue's range or not numbers. */
  readonly dropped_values: number;
  /** Mean duration of a read. */
  readonly read_ms: number;
  /** The last failure's reason, or notes of the source; absent when all was well. */
  readonly message?: string;
}
