import { findSeriesMetric, reportableMetric, UsageError } from "../model/mod.ts";
import type { ExportedMetrics } from "../exporters/mod.ts";
import { metricIds } from "./report_options.ts";

/**
 * What `--dataset` and `--metrics` of `mtr export` ask for. Labelled metrics are those of `series`.
 * @throws {UsageError} for metrics that do not exist, or are not of the dataset
 */
export function exportedMetrics(
  { metrics: text, dataset }: {
    readonly metrics?: string | undefined;
    readonly dataset?: ExportedMetrics["dataset"] | undefined;
  },
): ExportedMetrics {
  if (text === undefined) return { dataset: dataset ?? "samples", metrics: undefined };
  const ids = metricIds(text);
  const labelled = ids.flatMap((id) => findSeriesMetric(id) ?? []);
  const isSeries = dataset === undefined ? labelled.length > 0 : dataset === "series";
  if (!isSeries && labelled.length === 0) {
    return { dataset: "samples", metrics: ids.map(reportableMetric) };
  }
  const series = labelled.map(({ id }) => id);
  const samples = ids.filter((id) => !series.includes(id)).map((id) => reportableMetric(id).id);
  if (isSeries && samples.length === 0) return { dataset: "series", metrics: labelled };
  const isOf = (some: readonly string[], name: string) =>
    some.length === 0 ? [] : [`of ${name}: ${some.join(", ")}`];
  throw new UsageError(
    dataset === undefined
      ? "--metrics names metrics of two datasets, which are rows of two kinds"
      : `--dataset ${dataset} does not have all of these metrics`,
    [...isOf(samples, "samples"), ...isOf(series, "series"), "export each into a file of its own"],
  );
}
