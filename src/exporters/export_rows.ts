/** Recorded rows → one file in a format that other programs read. */
import { type Metric, NoDataError, type SeriesMetric } from "../model/mod.ts";
import { type Database, type DataFolder, withStore } from "../store/mod.ts";
import { type CopyFormat, copyTableSql } from "./copy_table.ts";
import { copySamplesSql, metricHead, OPEN_METRICS_END } from "./open_metrics.ts";
import { type Selection, selectSamples, selectSeries, type TimeRange } from "./select_rows.ts";

export type ExportFormat = CopyFormat | "openmetrics";

export interface ExportOptions {
  readonly range: TimeRange;
  /** Id of the host; undefined for all of them. */
  readonly host: string | undefined;
  /** Which dataset, and which of its metrics: undefined for all that have a value in the range. */
  readonly what: ExportedMetrics;
  readonly format: ExportFormat;
  /** The file to write; what is there is replaced. */
  readonly path: string;
}

export type ExportedMetrics =
  | { readonly dataset: "samples"; readonly metrics: readonly Metric[] | undefined }
  | { readonly dataset: "series"; readonly metrics: readonly SeriesMetric[] | undefined };

export interface ExportResult {
  readonly rows: number;
  readonly metrics: readonly Metric[];
  /** What could not be read. */
  readonly notes: readonly string[];
}

/**
 * Writes the rows of a range.
 * @throws {NoDataError} when there are none
 */
export async function exportRows(
  folder: DataFolder,
  { range, host, what, format, path }: ExportOptions,
): Promise<ExportResult> {
  const wanted = host === undefined ? { range } : { range, host };
  return await withStore(folder, wanted, async ({ database, notes }) => {
    const selection = what.dataset === "samples"
      ? await selectSamples(database, range, what.metrics)
      : await selectSeries(database, range, what.metrics);
    if (selection.rows === 0) throw nothingInRange(folder, host, what);
    if (format === "openmetrics") await writeOpenMetrics(database, selection, path);
    else await database.run(copyTableSql(format, selection, path));
    return { rows: selection.rows, metrics: selection.metrics, notes };
  });
}

/** Samples of one metric stand together, so that it is a pass over the rows for each. */
async function writeOpenMetrics(
  database: Database,
  { rowsSql, metrics }: Selection,
  path: string,
): Promise<void> {
  const part = `${path}.samples`;
  const encoder = new TextEncoder();
  await Deno.writeFile(path, new Uint8Array());
  try {
    for (const metric of metrics) {
      await database.run(copySamplesSql(metric, { rowsSql, path: part }));
      await Deno.writeFile(path, encoder.encode(metricHead(metric)), { append: true });
      const samples = await Deno.open(part);
      await Deno.writeFile(path, samples.readable, { append: true });
    }
  } finally {
    await Deno.remove(part).catch(() => {});
  }
  await Deno.writeFile(path, encoder.encode(OPEN_METRICS_END), { append: true });
}

function nothingInRange(
  folder: DataFolder,
  host: string | undefined,
  { dataset, metrics }: ExportedMetrics,
): NoDataError {
  const whose = host === undefined ? "" : ` of ${host}`;
  const ids = metrics?.map(({ id }) => id).join(", ") ?? "no labelled metric";
  const what = dataset === "samples" ? "nothing" : metrics ? `nothing of ${ids}` : ids;
  const by = dataset === "samples" ? "host" : "metric";
  return new NoDataError(`${what} was recorded${whose} in this range in ${folder.path}`, [
    `what there is: mtr query 'select ${by}, min(ts), max(ts) from ${dataset} group by ${by}'`,
  ]);
}
