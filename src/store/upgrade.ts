/**
 * A data folder of an older mtr → today's format, day by day. Each day's new file is verified beside its place and then
 * put there in one step; mtr.json says the new format last. A kill in between leaves days of both formats, which nobody
 * reads, and the next upgrade goes on with those that are left.
 */
import { join } from "node:path";
import { DATASETS, messageOf, StoreError } from "../model/mod.ts";
import { type DataFolder, FORMAT_VERSION } from "../journal/mod.ts";
import { failPoint, type FileLock, tryLock, waitForLock } from "../platform/mod.ts";
import { readSchema, type Schema } from "./check/check_schema.ts";
import { Database } from "./database.ts";
import { copyToFile } from "./day_file.ts";
import { isReadable } from "./is_readable.ts";
import { type DayFile, listStore } from "./listing.ts";
import { footerText, readFooter } from "./parquet_footer.ts";
import { setAside } from "./quarantine.ts";
import { replaceFile } from "./replace_file.ts";
import { parquetSql } from "./sql_text.ts";
import { upgradedSql } from "./upgrade_sql.ts";

export interface UpgradeResult {
  /** The format that mtr.json told of before. */
  readonly from: number;
  readonly files: number;
  /** Files that were of another format, or lacked columns, and were written anew. */
  readonly rewritten: number;
  readonly notes: readonly string[];
}

export interface UpgradeOptions {
  /** Called after each file that was looked at. */
  readonly onFile?: (done: number, all: number) => void;
}

const FOLDING_TIMEOUT_MS = 60_000;

/**
 * Rewrites what is not of today's format, and adds columns of metrics that are younger than a file.
 * @throws {StoreError} for a folder of a newer format, while it is recorded into, and when the disk refuses
 */
export async function upgradeStore(
  folder: DataFolder,
  { onFile }: UpgradeOptions = {},
): Promise<UpgradeResult> {
  const from = folder.info({ olderToo: true })?.format ?? FORMAT_VERSION;
  folder.create();
  const locks = await lockAll(folder);
  try {
    using database = await Database.open({ threads: "1" });
    const { files, damaged } = listStore(folder);
    const notes = damaged.map(({ path, problem }) => `${path} is left as it is: ${problem}`);
    let rewritten = 0;
    for (const [done, file] of files.entries()) {
      if (await upgradeDay(folder, database, file, notes)) rewritten++;
      onFile?.(done + 1, files.length);
    }
    failPoint("upgrade.before_info");
    const change = { olderToo: true };
    if (from < FORMAT_VERSION) {
      await folder.updateInfo((info) => ({ ...info, format: FORMAT_VERSION }), change);
    }
    return { from, files: files.length, rewritten, notes };
  } finally {
    locks.forEach((lock) => lock.release());
  }
}

/** Nobody folds, and nobody records: an older mtr would go on writing its own format. */
async function lockAll(folder: DataFolder): Promise<FileLock[]> {
  const folding = await waitForLock(folder.foldingLock, "exclusive", FOLDING_TIMEOUT_MS);
  if (!folding) throw new StoreError(`a fold held the store for ${FOLDING_TIMEOUT_MS / 1000} s`);
  const locks = [folding];
  const hosts = folder.disk.list(folder.path)
    .flatMap(({ name }) => /^record\.(.+)\.lock$/.exec(name)?.[1] ?? []);
  for (const host of hosts) {
    const lock = tryLock(folder.recordLock(host), "exclusive");
    if (lock) locks.push(lock);
    else {
      locks.forEach((held) => held.release());
      throw new StoreError(`${host} is being recorded into ${folder.path}`, [
        "stop the recording first (mtr stop), then upgrade, then record on",
      ]);
    }
  }
  return locks;
}

/** Whether the file was written anew. One that cannot be read goes to quarantine, as in a fold. */
async function upgradeDay(
  folder: DataFolder,
  database: Database,
  file: DayFile,
  notes: string[],
): Promise<boolean> {
  const { dataset, host, date, path } = file;
  try {
    const schema = await readSchema(database, path);
    if (isToday(folder, file, schema)) return false;
    await rewriteDay(folder, database, file, schema);
    return true;
  } catch (error) {
    // A full disk is no reason to set a sound file aside.
    if (await isReadable(database, path)) throw error;
    const name = `${dataset}.${host}.${date}.${Date.now()}.parquet`;
    notes.push(setAside(folder, path, name, messageOf(error).split("\n")[0] ?? ""));
    return false;
  }
}

function isToday(folder: DataFolder, { dataset, path }: DayFile, schema: Schema): boolean {
  const footer = readFooter(folder.disk, path);
  const format = footer.whole ? Number(footerText(footer.bytes, "mtr_format") ?? 0) : 0;
  return format >= FORMAT_VERSION &&
    DATASETS[dataset].columns.every(({ name }) => schema.has(name));
}

async function rewriteDay(
  folder: DataFolder,
  database: Database,
  { dataset: name, host, date, path, lastSeq }: DayFile,
  schema: Schema,
): Promise<void> {
  const dataset = DATASETS[name];
  const part = join(folder.tmp, `upgraded.${name}.${host}.${date}.part`);
  const query = upgradedSql(dataset, path, new Set(schema.keys()));
  try {
    await copyToFile(database, dataset, [query], { part, lastSeq });
    await verify(database, { path, part, query, time: schema.has("ts") ? "ts" : "timestamp" });
    failPoint("upgrade.before_day");
    await replaceFile(folder, part, path);
  } catch (error) {
    folder.disk.remove(part);
    throw error;
  }
}

/** The old file goes when the new one is in its place: before that, every row is looked for in the new one. */
async function verify(
  database: Database,
  { path, part, query, time }: { path: string; part: string; query: string; time: string },
): Promise<void> {
  const written = `FROM ${parquetSql(part)}`;
  const [found] = await database.rows<{ before: number; after: number; differing: number }>(
    `SELECT
       (SELECT count(${time}) FROM ${parquetSql(path)}) AS before,
       (SELECT count(*) ${written}) AS after,
       (SELECT count(*) FROM (${query} EXCEPT ALL ${written})) AS differing`,
  );
  if (found && found.before === found.after && found.differing === 0) return;
  throw new StoreError(
    `${path} was not upgraded: of its ${found?.before} rows ${found?.after} were written, ${found?.differing} of them wrongly`,
    ["the file is as it was; please report this with the file's schema"],
  );
}
