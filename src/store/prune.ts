/**
 * Removes whole files that are past their time: the only place where mtr deletes data.
 *
 * The steps: roll up what is not, so that reports can still answer; raise the last sequence numbers and name the days
 * in mtr.json; then day by day, a line in prune.log and the files' removal. A kill between any two of them leaves files
 * that the next prune removes, and hides nothing.
 *
 * A full disk is when people prune. What is rolled up already goes first; mtr.json is written in its place where there is no
 * room for another; and the first day's lines are written after its removal where there is none before.
 */
import { dirname } from "node:path";
import { StoreError } from "../model/mod.ts";
import type { DataFolder, FolderInfo } from "../journal/mod.ts";
import { failPoint, type FileLock, isFullDisk, waitForLock } from "../platform/mod.ts";
import { Database } from "./database.ts";
import { type DayFile, lastSeqOf, listStore } from "./listing.ts";
import { logPruned } from "./prune_log.ts";
import { firstOpenDate, type PlannedFile, type PrunePlan } from "./prune_plan.ts";
import { daysNotRolledUp, rollUpDays } from "./rollup/build_rollups.ts";
import { rowsGoneOf, withRowsGone } from "./rollup/rows_gone.ts";

/** A fold of a long day on a slow disk takes seconds. */
const FOLDING_TIMEOUT_MS = 60_000;
/** Readers hold the lock for one question. */
const READERS_TIMEOUT_MS = 60_000;

export interface PruneResult {
  readonly removed: readonly PlannedFile[];
  /** What stayed although it was planned, and why. */
  readonly notes: readonly string[];
}

/**
 * Removes the files of a plan; those that have changed since it was made stay.
 * @throws {StoreError} when another process holds the store for too long, or mtr.json is gone: nothing more is removed then
 */
export async function prune(
  folder: DataFolder,
  plan: PrunePlan,
  nowMs: number,
): Promise<PruneResult> {
  using _folding = await lockOrThrow(folder.foldingLock, FOLDING_TIMEOUT_MS, "a fold");
  const unchanged = stillThere(folder, plan.files);
  const changed = plan.files.length - unchanged.length;
  // First what needs no new rollups: on a full disk there is room for those only afterwards.
  const waiting = new Set(notRolledUp(folder, unchanged, nowMs));
  const ready = unchanged.filter(({ path }) => !waiting.has(path));
  await removeAll(folder, ready, nowMs);
  const late = unchanged.filter(({ path }) => waiting.has(path));
  const { files, notes } = await keepWhatIsNotRolledUp(folder, late, nowMs);
  await removeAll(folder, files, nowMs);
  return {
    removed: [...ready, ...files],
    notes: changed === 0
      ? notes
      : [...notes, `${changed} files stay: they changed in the meantime`],
  };
}

async function removeAll(
  folder: DataFolder,
  files: readonly PlannedFile[],
  nowMs: number,
): Promise<void> {
  if (files.length > 0) await remember(folder, files);
  for (const group of Map.groupBy(files, ({ host, date }) => `${host} ${date}`).values()) {
    await removeGroup(folder, group, nowMs);
  }
}

function stillThere(folder: DataFolder, files: readonly PlannedFile[]): PlannedFile[] {
  const { segments } = listStore(folder);
  return files.filter(({ path, bytes, dataset, host, date }) =>
    folder.disk.fileSize(path) === bytes &&
    !segments.some((of) => of.dataset === dataset && of.host === host && of.date === date)
  );
}

/** Paths of files whose rows no rollup knows. */
function notRolledUp(
  folder: DataFolder,
  files: readonly PlannedFile[],
  nowMs: number,
): string[] {
  return daysOf(folder, files, nowMs).map(({ path }) => path);
}

function daysOf(folder: DataFolder, files: readonly PlannedFile[], nowMs: number): DayFile[] {
  const paths = new Set(files.map(({ path }) => path));
  const days = listStore(folder).files.filter(({ path, dataset }) =>
    dataset === "samples" && paths.has(path)
  );
  return daysNotRolledUp(folder, days, firstOpenDate(nowMs));
}

/** Rows go only when their rollup stays; whoever wants neither is given both one after the other. */
async function keepWhatIsNotRolledUp(
  folder: DataFolder,
  files: readonly PlannedFile[],
  nowMs: number,
): Promise<{ files: PlannedFile[]; notes: string[] }> {
  const notes = await rollUp(folder, daysOf(folder, files, nowMs));
  const missing = new Set(notRolledUp(folder, files, nowMs));
  const staying = files.filter(({ path, rows }) => rows > 0 && missing.has(path));
  return {
    files: files.filter((file) => !staying.includes(file)),
    notes: [...notes, ...staying.map(({ path }) => `${path} stays: it could not be rolled up`)],
  };
}

async function rollUp(folder: DataFolder, days: readonly DayFile[]): Promise<string[]> {
  if (days.length === 0) return [];
  using database = await Database.open({ threads: "1" });
  return await rollUpDays(folder, database, days);
}

/** Before anything goes: numbers that only these files know are never given again, and reports know of the days. */
async function remember(folder: DataFolder, files: readonly PlannedFile[]): Promise<void> {
  failPoint("prune.before_info");
  if (!folder.info()) {
    throw new StoreError(`${folder.infoPath} is missing or damaged; nothing was removed`, [
      "it has to say which days went: mtr check --repair makes it anew",
    ]);
  }
  try {
    await folder.updateInfo((info) => nameGoneDays(folder, raiseLastSeqs(folder, info), files));
  } catch (error) {
    if (!isFullDisk(error)) throw error;
    throw new StoreError(
      `the disk is full: ${folder.infoPath} can't be written; nothing was removed`,
      ["it has to say which days go: free a few kilobytes elsewhere on this disk, and try again"],
      { cause: error },
    );
  }
  failPoint("prune.after_info");
}

/** Of days that an earlier prune named and then did not come to, the file is still there: they are not gone. */
function nameGoneDays(
  folder: DataFolder,
  info: FolderInfo,
  files: readonly PlannedFile[],
): FolderInfo {
  const samples = files.filter(({ dataset }) => dataset === "samples");
  const there = listStore(folder).files.filter(({ dataset }) => dataset === "samples");
  const hosts = new Set([
    ...samples.map(({ host }) => host),
    ...Object.keys(info.rows_gone ?? {}),
  ]);
  const datesOf = (host: string, of: readonly { host: string; date: string }[]) =>
    of.filter((file) => file.host === host).map(({ date }) => date);
  return [...hosts].reduce((changed, host) => {
    const add = datesOf(host, samples);
    const isGone = rowsGoneOf(folder, host);
    const drop = datesOf(host, there).filter((date) => isGone(date) && !add.includes(date));
    return withRowsGone(changed, host, { add, drop });
  }, info);
}

function raiseLastSeqs(folder: DataFolder, info: FolderInfo): FolderInfo {
  const hosts = info.hosts.map((host) => ({
    ...host,
    last_seq: Math.max(host.last_seq, lastSeqOf(folder, host.id)),
  }));
  return { ...info, hosts };
}

/** The files of one day, or of one month of rollups: all between two readers. */
async function removeGroup(
  folder: DataFolder,
  files: readonly PlannedFile[],
  nowMs: number,
): Promise<void> {
  const entries = files.map(({ path: _, ...entry }) => entry);
  const isLogged = await unlessFull(() => logPruned(folder, entries, nowMs));
  failPoint("prune.after_log");
  {
    using _lock = await lockOrThrow(folder.foldLock, READERS_TIMEOUT_MS, "readers");
    for (const { path } of files) {
      folder.disk.remove(path);
      failPoint("prune.after_remove");
      folder.disk.syncFolder(dirname(path));
      removeIfEmpty(folder, dirname(path));
    }
  }
  // There was no room for the lines; now there is.
  if (!isLogged) await logPruned(folder, entries, nowMs);
}

/** Whether a step could be done; false where the disk has no room for it. */
async function unlessFull(step: () => Promise<void>): Promise<boolean> {
  try {
    await step();
    return true;
  } catch (error) {
    if (!isFullDisk(error)) throw error;
    return false;
  }
}

function removeIfEmpty(folder: DataFolder, path: string): void {
  if (folder.disk.list(path).length > 0) return;
  folder.disk.remove(path);
  folder.disk.syncFolder(dirname(path));
}

async function lockOrThrow(path: string, timeoutMs: number, who: string): Promise<FileLock> {
  const lock = await waitForLock(path, "exclusive", timeoutMs);
  if (lock) return lock;
  throw new StoreError(`${who} held the store for ${timeoutMs / 1000} s`, [
    `try again; if it stays so, see which process it is: lsof ${path}`,
  ]);
}
