/** Journal → day files. The steps are ordered so that a crash between any two of them loses and doubles nothing. */
import { basename, join } from "node:path";
import { type Dataset, type DatasetName, DATASETS, messageOf, StoreError } from "../model/mod.ts";
import type { DataFolder } from "../journal/mod.ts";
import { type FileLock, localDate, systemTimeZone, tryLock, ZoneOffsets } from "../platform/mod.ts";
import { Database } from "./database.ts";
import { type DayFile, listStore, type PendingSegment } from "./listing.ts";
import { copyToFile } from "./day_file.ts";
import { replaceFile } from "./replace_file.ts";
import { daysToRollUp, rollUpDays } from "./rollup/build_rollups.ts";
import { quoteText } from "./sql_text.ts";
import { columnsFromJournal, readJournalSql } from "./views.ts";

export interface FoldResult {
  readonly files: number;
  readonly segments: number;
  readonly rows: number;
  /** Finished days that were rolled up. */
  readonly rolledUp: number;
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

export interface FoldOptions {
  /** Derive the rollups of all finished days anew. */
  readonly rebuild?: boolean;
}

/**
 * Folds all sealed segments of the journal, and rolls up the days that are finished. Segments that are being written are
 * locked by their writer and left alone.
 * @throws {StoreError} when the disk refuses; the journal then still has every row
 */
export async function foldJournal(
  folder: DataFolder,
  options: FoldOptions = {},
): Promise<FoldResult> {
  folder.create();
  using folding = tryLock(folder.foldingLock, "exclusive");
  if (!folding) return { ...NOTHING, notes: ["another fold is running"] };
  sweepUnfinished(folder);
  const locks: FileLock[] = [];
  try {
    const folded = await foldSegments(folder, locks);
    const rolled = await rollUp(folder, options);
    return { ...folded, rolledUp: rolled.days, notes: [...folded.notes, ...rolled.notes] };
  } finally {
    locks.forEach((lock) => lock.release());
  }
}

const NOTHING: FoldResult = { files: 0, segments: 0, rows: 0, rolledUp: 0, notes: [] };

async function foldSegments(folder: DataFolder, locks: FileLock[]): Promise<FoldResult> {
  const listing = listStore(folder);
  const sealed = lockSealed(listing.segments, locks);
  dropFolded(folder, sealed.filter(({ folded }) => folded));
  const batches = batchesOf(sealed.filter(({ folded }) => !folded), listing.files);
  if (batches.length === 0) return NOTHING;
  // One thread: a fold is a small sort that must stay small in memory.
  using database = await Database.open({ threads: "1" });
  const notes: string[] = [];
  let rows = 0;
  for (const batch of batches) rows += await foldBatch(folder, database, batch, notes);
  return { files: batches.length, segments: sealed.length, rows, rolledUp: 0, notes };
}

/**
 * The segments that nobody writes, locked. Behind one that is being written, later ones of the same day wait as well: the
 * day file knows only up to which number it holds everything.
 */
function lockSealed(segments: readonly PendingSegment[], locks: FileLock[]): PendingSegment[] {
  const sealed: PendingSegment[] = [];
  for (const group of Map.groupBy(segments, dayKey).values()) {
    for (const segment of group.toSorted((a, b) => a.seq - b.seq)) {
      const lock = tryLock(segment.path, "exclusive");
      if (!lock) break;
      locks.push(lock);
      sealed.push(segment);
    }
  }
  return sealed;
}

async function rollUp(
  folder: DataFolder,
  options: FoldOptions,
): Promise<{ days: number; notes: readonly string[] }> {
  const now = Date.now();
  const today = localDate(now, new ZoneOffsets(systemTimeZone()).offsetMinAt(now));
  const days = daysToRollUp(folder, listStore(folder).files, today, options);
  if (days.length === 0) return { days: 0, notes: [] };
  using database = await Database.open({ threads: "1" });
  return { days: days.length, notes: await rollUpDays(folder, database, days) };
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
  await writeFile(folder, database, batch, { target, part, notes });
  folder.disk.makeFolder(day);
  await replaceFile(folder, part, target);
  const unreadable = lines - paths.length - rows;
  if (unreadable > 0) keepUnreadable(folder, batch, unreadable, notes);
  dropFolded(folder, batch.segments);
  return rows;
}

/** Writes the day's file anew with the segments added. A file so far that cannot be read is set aside, not overwritten. */
async function writeFile(
  folder: DataFolder,
  database: Database,
  batch: Batch,
  { target, part, notes }: { target: string; part: string; notes: string[] },
): Promise<void> {
  const { dataset, segments } = batch;
  const added = `SELECT ${columnsFromJournal(dataset)} FROM ${
    readJournalSql(dataset, segments.map(({ path }) => path))
  } WHERE ts IS NOT NULL`;
  const lastSeq = Math.max(...segments.map(({ seq }) => seq));
  const write = (before: readonly string[]) =>
    copyToFile(database, dataset, [...before, added], { part, lastSeq });
  if (folder.disk.fileSize(target) === undefined) return await write([]);
  try {
    if (!batch.file) throw new StoreError("it is not a whole Parquet file");
    await write([`SELECT * FROM read_parquet(${quoteText(target)}, hive_partitioning = false)`]);
  } catch (error) {
    if (batch.file && await isReadable(database, target)) throw error;
    setAside(folder, batch, { target, reason: messageOf(error).split("\n")[0] ?? "", notes });
    await write([]);
  }
}

async function isReadable(database: Database, path: string): Promise<boolean> {
  try {
    await database.run("SELECT max(hash(COLUMNS(*))) FROM read_parquet($path)", { path });
    return true;
  } catch {
    return false;
  }
}

function setAside(
  folder: DataFolder,
  { dataset, host, date }: Batch,
  { target, reason, notes }: { target: string; reason: string; notes: string[] },
): void {
  const aside = join(folder.quarantine, `${dataset.name}.${host}.${date}.${Date.now()}.parquet`);
  folder.disk.makeFolder(folder.quarantine);
  folder.disk.replaceText(
    `${aside}.txt`,
    `${target}\ncould not be read when it was folded: ${reason}\n`,
  );
  folder.disk.rename(target, aside);
  notes.push(`${target} could not be read and was moved to ${aside}: ${reason}`);
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
  const groups = Map.groupBy(segments, dayKey);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { dataset, host, date } = first;
    const file = files.find((of) => of.dataset === dataset && of.host === host && of.date === date);
    return [{ dataset: DATASETS[dataset as DatasetName], host, date, segments: group, file }];
  });
}

function dayKey({ dataset, host, date }: PendingSegment): string {
  return `${dataset}\0${host}\0${date}`;
}
