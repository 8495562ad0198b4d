/** Recorded rows → one file in a format that other programs read. */
import { type Metric, NoDataError } from "../model/mod.ts";
import { type Database, type DataFolder, withStore } from "../store/mod.ts";
import { inRangeSql, presentMetrics } from "./export_columns.ts";
import { copySamplesSql, metricHead, OPEN_METRICS_END } from "./open_metrics.ts";
import { copyTableSql, type TableFormat } from "./table_formats.ts";

export type ExportFormat = TableFormat | "openmetrics";

export interface ExportOptions {
  readonly range: { readonly startMs: number; readonly endMs: number };
  /** Id of the host; undefined for all of them. */
  readonly host: string | undefined;
  /** Undefined for every stored metric that has a value in the range. */
  readonly metrics: readonly Metric[] | undefined;
  readonly format: ExportFormat;
  /** The file to write; what is there is replaced. */
  readonly path: string;
}

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
  { range, host, metrics: wanted, format, path }: ExportOptions,
): Promise<ExportResult> {
  const selection = host === undefined ? { range } : { range, host };
  return await withStore(folder, selection, async ({ database, notes }) => {
    const rowsSql = inRangeSql(range);
    const present = await presentMetrics(database, rowsSql);
    if (present.rows === 0) throw nothingInRange(folder, host);
    const metrics = wanted ?? present.metrics;
    if (format === "openmetrics") await writeOpenMetrics(database, { rowsSql, metrics, path });
    else await database.run(copyTableSql(format, { rowsSql, metrics, path }));
    return { rows: present.rows, metrics, notes };
  });
}

/** Samples of one metric stand together, so that it is a pass over the rows for each. */
async function writeOpenMetrics(
  database: Database,
  { rowsSql, metrics, path }: {
    readonly rowsSql: string;
    readonly metrics: readonly Metric[];
    readonly path: string;
  },
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

function nothingInRange(folder: DataFolder, host: string | undefined): NoDataError {
  const whose = host === undefined ? "" : ` of ${host}`;
  return new NoDataError(`nothing was recorded${whose} in this range in ${folder.path}`, [
    "what there is: mtr query 'select host, min(ts), max(ts) from samples group by host'",
  ]);
}
