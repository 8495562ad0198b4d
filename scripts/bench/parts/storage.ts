import { join } from "node:path";
import { localDisk } from "../../../src/platform/mod.ts";
import { Database, DataFolder, quoteText } from "../../../src/store/mod.ts";
import type { Figure } from "../budgets.ts";
import type { BenchData } from "../data/bench_data.ts";
import { writeInfo } from "../data/convert_generated.ts";
import { writeJournal } from "../data/journal_hour.ts";
import { HUNDRED_LABELS, seriesRowsSql } from "../data/series_rows.ts";
import { type Contender, measureRun } from "../measure_run.ts";
import type { PartResult } from "../part_result.ts";

const DATE = "2025-01-01";
const HOUR_MS = 3_600_000;

export interface StorageOptions {
  readonly mtr: (name: string, ...args: string[]) => Contender;
  readonly data: BenchData;
  readonly work: string;
}

/** What stored data takes: bytes a value of `samples`, and a day of `series`. */
export async function measureStorage(options: StorageOptions): Promise<PartResult> {
  return { figures: [await samplesFigure(options.data), await seriesFigure(options)], tables: [] };
}

/** File sizes, over the number of values that are not NULL in the columns of metrics: time columns are in the size only. */
async function samplesFigure({ folder, origin }: BenchData): Promise<Figure> {
  const files = dayFiles(folder);
  using database = await Database.open();
  const list = files.map(quoteText).join(", ");
  const [counted] = await database.rows<{ values: number }>(
    `SELECT sum(num_values - coalesce(stats_null_count, 0)) AS values
     FROM parquet_metadata([${list}])
     WHERE path_in_schema NOT IN ('ts', 'interval_s', 'late_ms', 'utc_offset_min', 'boot_id', 'flags')`,
  );
  const bytes = files.reduce((sum, path) => sum + (localDisk.fileSize(path) ?? 0), 0);
  const perDay = (bytes / files.length / 1e6).toFixed(2);
  return {
    name: "samples_bytes",
    value: bytes / Number(counted?.values),
    detail: `${files.length} days, ${perDay} MB a day; ${origin}`,
  };
}

function dayFiles(folder: DataFolder): string[] {
  const top = folder.dataset("samples");
  return localDisk.list(top).flatMap(({ name: host }) =>
    localDisk.list(join(top, host)).map(({ name }) => join(top, host, name, "rows.parquet"))
  );
}

/** A day of a hundred labels every ten seconds, journalled by the hour and folded. */
async function seriesFigure({ mtr, work }: StorageOptions): Promise<Figure> {
  const folder = new DataFolder(join(work, "series-day"), localDisk);
  await Deno.remove(folder.path, { recursive: true }).catch(() => {});
  folder.create();
  writeInfo(folder);
  using database = await Database.open();
  for (let hour = 0; hour < 24; hour++) {
    const startMs = Date.parse(DATE) + hour * HOUR_MS;
    const sql = seriesRowsSql(HUNDRED_LABELS, startMs, startMs + HOUR_MS);
    await writeJournal(folder, database, {
      date: DATE,
      nextSeq: hour + 1,
      rows: [{ dataset: "series", sql }],
    });
  }
  await measureRun(mtr("mtr fold", "fold", "--quiet", "--data-dir", folder.path));
  const rows = join(folder.day("series", "bench", DATE), "rows.parquet");
  const bytes = localDisk.fileSize(rows);
  await Deno.remove(folder.path, { recursive: true });
  if (bytes === undefined) throw new Error("the fold left no file of series");
  return { name: "series_day", value: bytes / 1e6, detail: "864,000 values" };
}
