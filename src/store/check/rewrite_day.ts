/** A day's file written anew from its own rows: once each, in order, of its day, with the right types. */
import { join } from "node:path";
import { type Dataset, DATASETS, StoreError } from "../../model/mod.ts";
import type { DataFolder } from "../../journal/mod.ts";
import { failPoint } from "../../platform/mod.ts";
import type { Database } from "../database.ts";
import { copyToFile } from "../day_file.ts";
import { type DayFile, listStore } from "../listing.ts";
import { replaceDay } from "../replace_day.ts";
import { parquetSql, quoteName, quoteText } from "../sql_text.ts";
import { plausibleSql } from "./check_rows.ts";
import { readSchema, type Schema } from "./check_schema.ts";

const LOCAL_DATE = "make_timestamp(epoch_us(ts) + utc_offset_min::BIGINT * 60000000)::DATE";

/**
 * Keeps a copy of the file, adds rows of other days to theirs, and puts what is left in its place. Whoever is killed in
 * between has doubles at the worst, and the next check finds them. The caller holds the folding lock.
 * @returns what was done
 */
export async function rewriteDay(
  folder: DataFolder,
  database: Database,
  file: DayFile,
): Promise<string[]> {
  const copy = keepDayFile(folder, file);
  failPoint("repair.after_copy");
  const source = cleanSql(DATASETS[file.dataset], file.path, await readSchema(database, file.path));
  const done: string[] = [];
  for (const date of await otherDates(database, file, source)) {
    done.push(await moveRows(folder, database, { file, date, source }));
    failPoint("repair.after_move");
  }
  const own = `SELECT DISTINCT * FROM (${source}) WHERE ${ofDate(file.date)}`;
  await writeDay(folder, database, file, [own]);
  return [...done, `${file.path} was written anew; as it was: ${copy}`];
}

/** A copy in quarantine, with a note beside it. */
function keepDayFile(folder: DataFolder, { dataset, host, date, path }: DayFile): string {
  const copy = join(folder.quarantine, `${dataset}.${host}.${date}.${Date.now()}.parquet`);
  folder.disk.makeFolder(folder.quarantine);
  folder.disk.replaceText(`${copy}.txt`, `${path}\nas it was before mtr check wrote it anew\n`);
  folder.disk.copyFile(path, copy);
  return copy;
}

/** SQL of a file's rows that have a time, with the columns of the dataset and values that can be true. */
function cleanSql(dataset: Dataset, path: string, schema: Schema): string {
  const columns = dataset.columns.filter(({ name }) => schema.has(name)).map(({ name, type }) => {
    const plausible = plausibleSql(dataset, name);
    const value = plausible
      ? `CASE WHEN ${plausible} THEN ${quoteName(name)} END`
      : quoteName(name);
    return `TRY_CAST(${value} AS ${type}) AS ${quoteName(name)}`;
  });
  return `SELECT ${columns.join(", ")}
    FROM ${parquetSql(path)}
    WHERE ts IS NOT NULL`;
}

function ofDate(date: string): string {
  return `coalesce(${LOCAL_DATE}, DATE ${quoteText(date)}) = DATE ${quoteText(date)}`;
}

async function otherDates(
  database: Database,
  { date }: DayFile,
  source: string,
): Promise<string[]> {
  const rows = await database.rows<{ date: string }>(
    `SELECT DISTINCT ${LOCAL_DATE}::VARCHAR AS date FROM (${source})
     WHERE NOT (${ofDate(date)}) ORDER BY date`,
  );
  return rows.map(({ date }) => date);
}

/** Adds rows to the file of their day, those that are there already left out. */
async function moveRows(
  folder: DataFolder,
  database: Database,
  { file, date, source }: { file: DayFile; date: string; source: string },
): Promise<string> {
  const { dataset, host } = file;
  const path = join(folder.day(dataset, host, date), "rows.parquet");
  const there = listStore(folder).files.find((of) => of.path === path);
  if (!there && folder.disk.fileSize(path) !== undefined) {
    throw new StoreError(`rows of ${date} stay in ${file.path}: ${path} is damaged`);
  }
  const moved = `SELECT DISTINCT * FROM (${source}) WHERE ${LOCAL_DATE} = DATE ${quoteText(date)}`;
  const target = there ?? { dataset, host, date, path, lastSeq: 0 };
  if (!there) await writeDay(folder, database, target, [moved]);
  else {
    const before = cleanSql(DATASETS[dataset], path, await readSchema(database, path));
    const full = `SELECT * FROM (${typedSql(DATASETS[dataset], before)})`;
    const added = `SELECT * FROM (${typedSql(DATASETS[dataset], moved)}) EXCEPT ${full}`;
    await writeDay(folder, database, target, [before, added]);
  }
  return `rows of ${date} were moved from ${file.path} to its own file`;
}

/** All columns of the dataset in their order, so that rows of two files can be compared. */
function typedSql(dataset: Dataset, query: string): string {
  const typed = dataset.columns.map(({ name, type }) => `NULL::${type} AS ${quoteName(name)}`);
  return `SELECT ${typed.join(", ")} WHERE false UNION ALL BY NAME ${query}`;
}

async function writeDay(
  folder: DataFolder,
  database: Database,
  file: Omit<DayFile, "bytes">,
  queries: readonly string[],
): Promise<void> {
  const { dataset, host, date, path, lastSeq } = file;
  const part = join(folder.tmp, `repaired.${dataset}.${host}.${date}.part`);
  folder.disk.makeFolder(folder.tmp);
  folder.disk.makeFolder(join(path, ".."));
  await copyToFile(database, DATASETS[dataset], queries, { part, lastSeq });
  await replaceDay(folder, part, file);
}
