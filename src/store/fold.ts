/** Journal → day files. The steps are ordered so that a crash between any two of them loses and doubles nothing. */
import { basename, dirname, join } from "node:path";
import { type Dataset, type DatasetName, DATASETS, messageOf, StoreError } from "../model/mod.ts";
import type { DataFolder } from "../journal/mod.ts";
import { failPoint, type FileLock, localDateHere, tryLock } from "../platform/mod.ts";
import { checkClaims } from "./claimed_segments.ts";
import { Database } from "./database.ts";
import {
  type DayFile,
  listFiles,
  type Listing,
  listJournal,
  type PendingSegment,
} from "./listing.ts";
import { isReadable } from "./is_readable.ts";
import { setAside } from "./quarantine.ts";
import { copyStaged, stageSegments } from "./staged_rows.ts";
import { replaceDay, setDayAside } from "./replace_day.ts";
import { daysToRollUp, rollUpDays } from "./rollup/build_rollups.ts";
import { monthReader, seqAsRolledUp } from "./rollup/rollup_files.ts";
import { parquetSql } from "./sql_text.ts";

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
  folder.info();
  // Not made here: in the place of a disk that is unplugged it would hide the disk's when it comes back.
  if (folder.disk.identity(folder.path) === undefined) {
    return { ...NOTHING, notes: [`there is no data folder ${folder.path}`] };
  }
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
  const listing = listJournal(folder);
  const notes = setHeadlessAside(folder, listing);
  const sealed = lockSealed(listing.segments, locks);
  if (sealed.length === 0) return { ...NOTHING, notes };
  // One thread: a fold is a small sort that must stay small in memory.
  using database = await Database.open({ threads: "1" });
  const claims = await checkClaims(folder, database, sealed.filter(({ folded }) => folded));
  dropFolded(folder, claims.held);
  notes.push(...claims.notes);
  const unfolded = [...sealed.filter(({ folded }) => !folded), ...claims.free];
  const batches = batchesOf(unfolded, listing.files);
  const { rows, failure } = await foldBatches(folder, database, batches, notes);
  if (failure) throw failure;
  return { files: batches.length, segments: sealed.length, rows, rolledUp: 0, notes };
}

/** One day that cannot be folded does not keep the others from it. */
async function foldBatches(
  folder: DataFolder,
  database: Database,
  batches: readonly Batch[],
  notes: string[],
): Promise<{ rows: number; failure: StoreError | null }> {
  let rows = 0;
  let failure: StoreError | null = null;
  for (const batch of batches) {
    try {
      rows += await foldBatch(folder, database, batch, notes);
    } catch (error) {
      const what = `${batch.dataset.name} of ${batch.date} (${batch.host})`;
      failure ??= new StoreError(
        `${what} could not be folded: ${messageOf(error).split("\n")[0]}`,
        ["its rows stay in the journal; the next fold takes them: mtr fold"],
        { cause: error },
      );
    }
  }
  return { rows, failure };
}

/** Segments whose day nobody can tell, because neither a header nor a row can be read. */
function setHeadlessAside(folder: DataFolder, { damaged }: Listing): string[] {
  return damaged.filter(({ path }) => dirname(path) === folder.journal).flatMap(
    ({ path, problem }) => {
      using lock = tryLock(path, "exclusive");
      return lock ? [setAside(folder, path, basename(path), problem)] : [];
    },
  );
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
  const today = localDateHere(Date.now());
  const months = monthReader(folder);
  const files = listFiles(folder, "samples", {
    isWanted: ({ date }) => date < today,
    // Files that are as they were when they were rolled up need not be opened. All are where something may be amiss.
    knownSeq: (file) => {
      const month = options.rebuild ? undefined : months(file);
      return month?.isSound ? seqAsRolledUp(month, file) : undefined;
    },
  });
  const days = daysToRollUp(folder, files, today, { ...options, months });
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
  const day = folder.day(batch.dataset.name, batch.host, batch.date);
  const target = join(day, "rows.parquet");
  const part = join(folder.tmp, `${batch.dataset.name}.${batch.host}.${batch.date}.part`);
  const segments = await stageSegments(folder, database, batch, notes);
  if (segments.length === 0) return 0;
  try {
    failPoint("fold.before_part");
    await writeFile(folder, database, { ...batch, segments }, { target, part, notes });
    folder.disk.makeFolder(day);
    const { host, date } = batch;
    await replaceDay(folder, part, { dataset: batch.dataset.name, host, date, path: target });
  } catch (error) {
    // On a full disk the journal needs the room.
    folder.disk.remove(part);
    throw error;
  }
  dropFolded(folder, segments);
  return segments.reduce((sum, { rows }) => sum + rows, 0);
}

/** Writes the day's file anew with the segments added. A file so far that cannot be read is set aside, not overwritten. */
async function writeFile(
  folder: DataFolder,
  database: Database,
  batch: Batch,
  { target, part, notes }: { target: string; part: string; notes: string[] },
): Promise<void> {
  const { dataset, host, date, segments, file } = batch;
  const lastSeq = Math.max(file?.lastSeq ?? 0, ...segments.map(({ seq }) => seq));
  const write = (before: string | null) => copyStaged(database, dataset, before, { part, lastSeq });
  if (folder.disk.fileSize(target) === undefined) return await write(null);
  try {
    if (!file) throw new StoreError("it is not a whole Parquet file");
    await write(`SELECT * FROM ${parquetSql(target)}`);
  } catch (error) {
    if (file && await isReadable(database, target)) throw error;
    const damaged = { dataset: dataset.name, host, date, path: target };
    notes.push(await setDayAside(folder, damaged, messageOf(error).split("\n")[0] ?? ""));
    await write(null);
  }
}

function dropFolded(folder: DataFolder, segments: readonly PendingSegment[]): void {
  failPoint("fold.before_drop");
  for (const { path } of segments) {
    folder.disk.remove(path);
    failPoint("fold.between_drops");
  }
  if (segments.length > 0) folder.disk.syncFolder(folder.journal);
  failPoint("fold.after_drop");
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
