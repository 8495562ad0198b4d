import type { MetricId, Reading, SeriesMetricId, SeriesValue } from "../model/mod.ts";

/**
 * A reading in the making. What is unknown is not put in: absent, never 0. NaN and infinities do go in, so that the
 * recorder, which checks every value against the catalogue's range, counts them among the dropped.
 */
export class ReadingDraft {
  readonly #values: Partial<Record<MetricId, number>> = {};
  readonly #series: SeriesValue[] = [];
  readonly #notes = new Set<string>();

  /** Puts a value in, multiplied by `scale` to be in the base unit. */
  put(id: MetricId, value: number | undefined, scale = 1): void {
    if (value !== undefined) this.#values[id] = value * scale;
  }

  putSeries(metric: SeriesMetricId, label: string, value: number | undefined): void {
    if (value !== undefined) this.#series.push({ metric, label, value });
  }

  /** Says once what could not be decided or was dropped. */
  note(text: string): void {
    this.#notes.add(text);
  }

  finish(): Reading {
    return { values: this.#values, series: this.#series, notes: [...this.#notes] };
  }
}
