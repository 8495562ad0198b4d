/** What a report can be about: every stored or derived metric of `samples`. */
import { DERIVED_METRICS, type DerivedMetricId } from "./derived_metrics.ts";
import type { Metric } from "./metric.ts";
import { type MetricId, METRICS } from "./metrics.ts";
import { nearestWord } from "./nearest_word.ts";
import { UsageError } from "./errors.ts";
import { findSeriesMetric } from "./series_metrics.ts";

export type ReportableId = MetricId | DerivedMetricId;

/** All of them, derived ones last. */
export const REPORTABLE_METRICS: readonly Metric[] = [...METRICS, ...DERIVED_METRICS];

/** What reports show unless told otherwise. */
export const PRIMARY_METRIC_IDS = [
  "cpu_pct",
  "gpu_pct",
  "ram_pct",
  "swap_pressure_pct",
] as const satisfies readonly ReportableId[];

const BY_ID: ReadonlyMap<string, Metric> = new Map(REPORTABLE_METRICS.map((m) => [m.id, m]));

/**
 * The record of a metric that a user named.
 * @throws {UsageError} when there is none; names the nearest one. Also for labelled metrics: what reads those, its hints say.
 */
export function reportableMetric(id: string): Metric {
  const metric = BY_ID.get(id);
  if (metric) return metric;
  const labelled = findSeriesMetric(id);
  if (labelled) {
    throw new UsageError(`${id} has a value for each ${labelled.label}: no report shows it`, [
      `by ${labelled.label}: mtr query "select label, avg(value) from series where metric = '${id}' group by label"`,
      `as a file: mtr export --metrics ${id} -o ${id}.csv`,
    ]);
  }
  const nearest = nearestWord(id, [...BY_ID.keys()]);
  throw new UsageError(
    `no metric called \`${id}\`` + (nearest ? `; did you mean ${nearest}?` : ""),
    ["all metrics: mtr metrics"],
  );
}
