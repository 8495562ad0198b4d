/** The daily Parquet file of a dataset and host: every column of the catalogue, sorted, one row group. */
import { join } from "node:path";
import type { Dataset } from "../model/mod.ts";
import { type DataFolder, FORMAT_VERSION } from "../journal/mod.ts";
import type { Database } from "./database.ts";
import { LAST_SEQ_KEY } from "./parquet_footer.ts";
import { quoteList, quoteText, unionByName } from "./sql_text.ts";

/** Larger than a day at 10 Hz: one row group a file compresses best. */
const ROW_GROUP_ROWS = 1_048_576;

export interface DayOf {
  readonly dataset: Dataset;
  readonly host: string;
  readonly date: string;
}

/**
 * Writes the rows of queries as one file; columns that a query lacks are NULL, and such that a dataset lacks are dropped.
 * Whatever types the queries give, the file has the dataset's.
 */
export async function copyToFile(
  database: Database,
  dataset: Dataset,
  queries: readonly string[],
  { part, lastSeq, isSorted = false }: {
    readonly part: string;
    readonly lastSeq: number;
    /** The queries' rows, one query after the other, are in the file's order. The engine keeps it. */
    readonly isSorted?: boolean;
  },
): Promise<void> {
  const names = quoteList(dataset.columns.map(({ name }) => name));
  const typed = dataset.columns.map(({ name, type }) => `NULL::${type} AS ${name}`).join(", ");
  const cast = dataset.columns.map(({ name, type }) => `${name}::${type} AS ${name}`).join(", ");
  const parts = queries.map((query) => `SELECT COLUMNS(lambda c: c IN ${names}) FROM (${query})`);
  // Nobody looks for one value of a measurement: without Bloom filters a file is 6 % smaller.
  await database.run(`COPY (
      SELECT ${cast} FROM (${unionByName([`SELECT ${typed} WHERE false`, ...parts])})
      ${isSorted ? "" : `ORDER BY ${dataset.order.join(", ")}`}
    ) TO ${quoteText(part)} (
      FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE ${ROW_GROUP_ROWS}, WRITE_BLOOM_FILTER false,
      KV_METADATA {${LAST_SEQ_KEY}: '${lastSeq}', mtr_format: '${FORMAT_VERSION}'}
    )`);
}

/** Writes a whole new day file that does not come from the journal (demo data, imports). */
export async function writeDayFile(
  folder: DataFolder,
  database: Database,
  { dataset, host, date }: DayOf,
  query: string,
): Promise<void> {
  const day = folder.day(dataset.name, host, date);
  const part = join(folder.tmp, `${dataset.name}.${host}.${date}.part`);
  await copyToFile(database, dataset, [query], { part, lastSeq: 0 });
  folder.disk.makeFolder(day);
  folder.disk.rename(part, join(day, "rows.parquet"));
}
