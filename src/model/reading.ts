/** What a source is and what it gives: the contract between `sources/` and `recorder/`. */
import type { SourceName } from "./metric.ts";
import type { MetricId } from "./metrics.ts";
import type { SeriesMetricId } from "./series_metrics.ts";

/** One value of a labelled metric. */
export interface SeriesValue {
  readonly metric: SeriesMetricId;
  readonly label: string;
  readonly value: number;
}

/**
 * What a source saw at one moment, in base units. A metric that is absent is one that the source does not know now:
 * it becomes NULL, never 0. Values are not yet rounded or checked against the catalogue's ranges.
 */
export interface Reading {
  readonly values: Readonly<Partial<Record<MetricId, number>>>;
  readonly series: readonly SeriesValue[];
  /** What could not be decided or was dropped, in words for the user; the same words every time. */
  readonly notes: readonly string[];
}

/** "Not ready" (it answers, but has nothing yet) is not a failure, and "no data" is not zero. */
export type SourceResult =
  | { readonly state: "ok"; readonly reading: Reading }
  | { readonly state: "not_ready"; readonly reason: string }
  | { readonly state: "failed"; readonly reason: string };

/** What the recorder tells a source about the read it asks for. */
export interface ReadRequest {
  /** Monotonic milliseconds, for rates from counters. */
  readonly monotonicMs: number;
  /** Whether labelled values are wanted this time (they are stored less often). */
  readonly wantSeries: boolean;
  /** Aborted when the read has taken too long or the recording ends. */
  readonly signal: AbortSignal;
}

/** A machine's metrics, from one place. */
export interface Source {
  readonly name: SourceName;
  /**
   * Makes the source able to answer: finds the endpoint, starts a program.
   * @throws {SourceError} when it can never work here; the error says what to do.
   */
  open(signal: AbortSignal): Promise<void>;
  /** Name with the version or address where known, for people: `mactop 2.1.4+`, `native`. */
  describe(): string;
  /** One read. Never throws: what goes wrong is a result. */
  read(request: ReadRequest): Promise<SourceResult>;
  /** Ends what `open` started. Idempotent. */
  close(): Promise<void>;
}
