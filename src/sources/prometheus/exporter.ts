import type { SourceResult } from "../../model/mod.ts";
import type { MetricText } from "../prometheus_text/parse_metric_text.ts";

/** The moment of a read, as an exporter's reader needs it. */
export interface Moment {
  readonly monotonicMs: number;
  readonly wantSeries: boolean;
}

/** Reads the answers of one kind of exporter; may remember the last one, for rates. */
export interface ExporterReader {
  /** Name, with the version where the answer tells it. */
  describe(metrics: MetricText): string;
  read(metrics: MetricText, moment: Moment): SourceResult;
}

/** A kind of exporter: how it is known, and how it is read. */
export interface Exporter {
  /** Whether an answer is this exporter's. */
  readonly recognises: (metrics: MetricText) => boolean;
  readonly createReader: () => ExporterReader;
}

/** Whether any metric's name begins so. */
export function hasFamily({ samples }: MetricText, prefix: string): boolean {
  for (const name of samples.keys()) if (name.startsWith(prefix)) return true;
  return false;
}
