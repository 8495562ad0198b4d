import { DATASETS } from "../../../src/model/mod.ts";
import {
  Database,
  type DataFolder,
  FORMAT_VERSION,
  quoteText,
  writeDayFile,
} from "../../../src/store/mod.ts";
import { GENERATED_COLUMNS } from "./generated_columns.ts";

export const HOST = "bench";

/** Writes day files of `samples` from files of gen.py: `[date, path]` each. Days that are there are left alone. */
export async function convertGenerated(
  folder: DataFolder,
  days: readonly (readonly [date: string, path: string])[],
): Promise<void> {
  folder.create();
  if (!folder.exists) writeInfo(folder);
  const there = new Set(
    folder.disk.list(`${folder.dataset("samples")}/host=${HOST}`).map(({ name }) => name),
  );
  const missing = days.filter(([date]) => !there.has(`date=${date}`));
  if (missing.length === 0) return;
  using database = await Database.open();
  for (const [date, path] of missing) {
    const of = { dataset: DATASETS.samples, host: HOST, date };
    await writeDayFile(folder, database, of, rowsSql(path));
  }
}

/** Says that the folder is a store, of one host. */
export function writeInfo(folder: DataFolder): void {
  const created = "2025-01-01T00:00:00.000Z";
  const host = { id: HOST, name: HOST, machine: null, created, last_seq: 0, boot_id: null };
  folder.writeInfo({ format: FORMAT_VERSION, created, hosts: [host] });
}

function rowsSql(path: string): string {
  const types = new Map(DATASETS.samples.columns.map(({ name, type }) => [name, type]));
  const metrics = Object.entries(GENERATED_COLUMNS).map(([id, sql]) =>
    `(${sql})::${types.get(id)} AS ${id}`
  );
  return `SELECT ts::TIMESTAMPTZ AS ts, 1::FLOAT AS interval_s,
      -- A tick is read some milliseconds late, a little different each time.
      (1 + hash(ts) % 3)::INTEGER AS late_ms, 0::SMALLINT AS utc_offset_min, 'abcdef01' AS boot_id,
      ${metrics.join(", ")}
    FROM read_parquet(${quoteText(path)})`;
}
