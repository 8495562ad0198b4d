/** Journal → day files. The steps are ordered so that a crash between any two of them loses and doubles nothing. */
import { basename, join } from "node:path";
import { type Dataset, type DatasetName, DATASETS, messageOf, StoreError } from "../model/mod.ts";
import type { DataFolder } from "../journal/mod.ts";
import { type FileLock, tryLock, waitForLock } from "../platform/mod.ts";
import { Database } from "./database.ts";
import { type DayFile, listStore, type PendingSegment } from "./listing.ts";
import { quoteText } from "./sql_text.ts";
import { copyToFile } from "./day_file.ts";
import { columnsFromJournal, readJournalSql } from "./views.ts";

/** Readers hold the lock for one question; a fold can wait for the slowest of them. */
const LOCK_TIMEOUT_MS = 60_000;
export interface FoldResult {
  readonly files: number;
  readonly segments: number;
  readonly rows: number;
  /** What the user should know: files moved to quarantine, segments left for later. */
  readonly notes: readonly string[];
}

/** The segments of one dataset, host and day, and the file they go into. */
interface Batch {
  readonly dataset: Dataset;
  readonly host: string;
  readonly date: string;
  readonly segments: readonly PendingSegment[];
  readonly file: DayFile | undefined;
}

/**
 * Folds all sealed segments of the journal. Segments that are being written are locked by their writer and left alone.
 * @throws {StoreError} when the disk refuses; the journal then still has every row
 */
export async function foldJournal(folder: DataFolder): Promise<FoldResult> {
  folder.create();
  using folding = tryLock(folder.foldingLock, "exclusive");
  if (!folding) return { files: 0, segments: 0, rows: 0, notes: ["another fold is running"] };
  sweepUnfinished(folder);
  const locks: FileLock[] = [];
  try {
    return await foldSegments(folder, locks);
  } finally {
    locks.forEach((lock) => lock.release());
  }
}

async function foldSegments(folder: DataFolder, locks: FileLock[]): Promise<FoldResult> {
  const listing = listStore(folder);
  const sealed = listing.segments.filter(({ path }) => {
    const lock = tryLock(path, "exclusive");
    if (lock) locks.push(lock);
    return lock !== null;
  });
  dropFolded(folder, sealed.filter(({ folded }) => folded));
  const batches = batchesOf(sealed.filter(({ folded }) => !folded), listing.files);
  if (batches.length === 0) return { files: 0, segments: 0, rows: 0, notes: [] };
  // One thread and no insertion-order bookkeeping: a fold is a small sort that must stay small in memory.
  using database = await Database.open({ threads: "1" });
  const notes: string[] = [];
  let rows = 0;
  for (const batch of batches) rows += await foldBatch(folder, database, batch, notes);
  return { files: batches.length, segments: sealed.length, rows, notes };
}

async function foldBatch(
  folder: DataFolder,
  database: Database,
  batch: Batch,
  notes: string[],
): Promise<number> {
  const paths = batch.segments.map(({ path }) => path);
  const source = readJournalSql(batch.dataset, paths);
  const [counted] = await database.rows<{ rows: number; lines: number }>(
    `SELECT count(ts) AS rows, count(*) AS lines FROM ${source}`,
  );
  const { rows, lines } = counted ?? { rows: 0, lines: 0 };
  const day = folder.day(batch.dataset.name, batch.host, batch.date);
  const target = join(day, "rows.parquet");
  const part = join(folder.tmp, `${batch.dataset.name}.${batch.host}.${batch.date}.part`);
  const old = await readableFile(folder, database, batch, target, notes);
  await writeFile(database, batch, old, part);
  folder.disk.syncFile(part);
  folder.disk.makeFolder(day);
  await replace(folder, part, target);
  folder.disk.syncFolder(day);
  const unreadable = lines - paths.length - rows;
  if (unreadable > 0) keepUnreadable(folder, batch, unreadable, notes);
  dropFolded(folder, batch.segments);
  return rows;
}

/** The day's file so far; one that cannot be read is set aside, not overwritten. */
async function readableFile(
  folder: DataFolder,
  database: Database,
  { dataset, host, date, file }: Batch,
  target: string,
  notes: string[],
): Promise<string | null> {
  if (folder.disk.fileSize(target) === undefined) return null;
  try {
    if (!file) throw new StoreError("it is not a whole Parquet file");
    await database.run("SELECT max(hash(COLUMNS(*))) FROM read_parquet($target)", { target });
    return target;
  } catch (error) {
    const name = `${dataset.name}.${host}.${date}.${Date.now()}.parquet`;
    const aside = join(folder.quarantine, name);
    const reason = messageOf(error).split("\n")[0];
    folder.disk.makeFolder(folder.quarantine);
    folder.disk.replaceText(
      `${aside}.txt`,
      `${target}\ncould not be read when it was folded: ${reason}\n`,
    );
    folder.disk.rename(target, aside);
    notes.push(`${target} could not be read and was moved to ${aside}: ${reason}`);
    return null;
  }
}

async function writeFile(
  database: Database,
  { dataset, segments }: Batch,
  old: string | null,
  part: string,
): Promise<void> {
  const before = old === null
    ? []
    : [`SELECT * FROM read_parquet(${quoteText(old)}, hive_partitioning = false)`];
  const added = `SELECT ${columnsFromJournal(dataset)} FROM ${
    readJournalSql(dataset, segments.map(({ path }) => path))
  } WHERE ts IS NOT NULL`;
  const lastSeq = Math.max(...segments.map(({ seq }) => seq));
  await copyToFile(database, dataset, [...before, added], { part, lastSeq });
}

async function replace(folder: DataFolder, part: string, target: string): Promise<void> {
  using lock = await waitForLock(folder.foldLock, "exclusive", LOCK_TIMEOUT_MS);
  if (!lock) {
    throw new StoreError(
      `readers held the store for ${LOCK_TIMEOUT_MS / 1000} s; the rows stay in the journal`,
      ["the next fold takes them: mtr fold"],
    );
  }
  folder.disk.rename(part, target);
}

/** Lines that are not rows go with their segment to quarantine: mtr deletes nothing that it could not read. */
function keepUnreadable(folder: DataFolder, batch: Batch, lines: number, notes: string[]): void {
  folder.disk.makeFolder(folder.quarantine);
  for (const { path } of batch.segments) {
    const aside = join(folder.quarantine, basename(path));
    folder.disk.replaceText(aside, folder.disk.readText(path) ?? "");
  }
  notes.push(`${lines} lines of the journal could not be read; kept in ${folder.quarantine}`);
}

function dropFolded(folder: DataFolder, segments: readonly PendingSegment[]): void {
  for (const { path } of segments) folder.disk.remove(path);
  if (segments.length > 0) folder.disk.syncFolder(folder.journal);
}

/** What an earlier fold that was killed left behind. The folding lock is held: nobody is writing there. */
function sweepUnfinished(folder: DataFolder): void {
  for (const { name, isFolder } of folder.disk.list(folder.tmp)) {
    if (!isFolder) folder.disk.remove(join(folder.tmp, name));
  }
}

function batchesOf(segments: readonly PendingSegment[], files: readonly DayFile[]): Batch[] {
  const groups = Map.groupBy(segments, (of) => `${of.dataset}\0${of.host}\0${of.date}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { dataset, host, date } = first;
    const file = files.find((of) => of.dataset === dataset && of.host === host && of.date === date);
    return [{ dataset: DATASETS[dataset as DatasetName], host, date, segments: group, file }];
  });
}
