/** Which files are past their time, or too many. Whole files only, and never one of a day that may still go on. */
import { relative } from "node:path";
import type { DatasetName } from "../model/mod.ts";
import type { DataFolder } from "../journal/mod.ts";
import { localDate, localDateHere } from "../platform/mod.ts";
import { Database } from "./database.ts";
import { type DayFile, type Listing, listStore } from "./listing.ts";
import type { PrunedFile } from "./prune_log.ts";
import { type RollupFile, rollupFiles } from "./rollup/rollup_files.ts";
import { quoteList } from "./sql_text.ts";

export interface PruneLimits {
  /** Rows of days that ended longer ago are removed. */
  readonly rowsOlderThanMs?: number | undefined;
  /** Rollups of months that ended longer ago are removed, once their rows are, and the days of `sources` that go with them. */
  readonly rollupsOlderThanMs?: number | undefined;
  /** The oldest days are removed until everything that mtr stores takes no more than this. */
  readonly maxBytes?: number | undefined;
  /**
   * Whose rows.
   * @default samples and series by age; all by size
   */
  readonly datasets?: readonly DatasetName[] | undefined;
  readonly nowMs: number;
}

export interface PrunePlan {
  /** Oldest first. */
  readonly files: readonly PlannedFile[];
  /** What mtr stores now: day files, rollups, journal. */
  readonly bytesBefore: number;
  /** What stays although it is past its time, and why. */
  readonly notes: readonly string[];
}

/** A file that is to be removed, with its path in full. */
export interface PlannedFile extends PrunedFile {
  readonly path: string;
}

type Candidate = Omit<PlannedFile, "rows" | "reason">;

const DAY_MS = 86_400_000;
/** The last place on earth where a day ends. */
const WESTERNMOST_OFFSET_MIN = -12 * 60;

/** What a prune with these limits would remove. */
export async function planPrune(folder: DataFolder, limits: PruneLimits): Promise<PrunePlan> {
  const listing = listStore(folder);
  const store = contentsOf(folder, listing, firstOpenDate(limits.nowMs));
  const notes: string[] = [...store.notes];
  const old = [...oldDays(store.days, limits), ...oldRollups(store, limits)];
  const byAge = old.map((file) => ({ ...file, reason: "age" as const }));
  const bySize = tooMany(store, byAge, limits, notes).map((file) => ({
    ...file,
    reason: "size" as const,
  }));
  const files = [...byAge, ...bySize].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const rows = await countRows(files.map(({ path }) => path));
  return {
    files: files.map((file) => ({ ...file, rows: rows.get(file.path) ?? 0 })),
    bytesBefore: store.bytes,
    notes,
  };
}

/** What there is to choose from. */
interface Contents {
  /** Finished days, and months of rollups, that could be removed. */
  readonly days: readonly Candidate[];
  readonly months: readonly Candidate[];
  /** `host/2026-11` of samples, for each day that there is. */
  readonly sampleMonths: readonly { readonly path: string; readonly month: string }[];
  readonly bytes: number;
  readonly notes: readonly string[];
}

function contentsOf(folder: DataFolder, listing: Listing, openFrom: string): Contents {
  const { disk } = folder;
  const finished = listing.files.filter(({ date }) => date < openFrom);
  const key = ({ dataset, host, date }: { dataset: string; host: string; date: string }) =>
    `${dataset}/${host}/${date}`;
  // A day's journal would bring rows of it back, and make a new file of them.
  const journaled = new Set(listing.segments.map(key));
  const days = finished.filter((file) => !journaled.has(key(file)));
  const rollups = rollupFiles(folder);
  const paths = [...listing.files, ...listing.segments, ...listing.damaged, ...rollups];
  return {
    days: days.map((file) => candidateOf(folder, file)),
    months: rollups.filter(({ month }) => month < openFrom.slice(0, 7))
      .map((file) => rollupCandidate(folder, file)),
    sampleMonths: listing.files.filter(({ dataset }) => dataset === "samples")
      .map(({ path, host, date }) => ({ path, month: `${host}/${date.slice(0, 7)}` })),
    bytes: paths.reduce((sum, { path }) => sum + (disk.fileSize(path) ?? 0), 0),
    notes: [
      ...noteIf(finished.length - days.length, "have rows in the journal: mtr fold"),
      ...noteIf(listing.damaged.length, "can't be read: mtr check", "file"),
    ],
  };
}

function noteIf(count: number, why: string, what = "day file"): string[] {
  return count === 0 ? [] : [`${count} ${what}${count === 1 ? "" : "s"} stay: they ${why}`];
}

function candidateOf(folder: DataFolder, { dataset, host, date, path }: DayFile): Candidate {
  const bytes = folder.disk.fileSize(path) ?? 0;
  return { file: relative(folder.path, path), path, dataset, host, date, bytes };
}

function rollupCandidate(folder: DataFolder, { host, month, path }: RollupFile): Candidate {
  const bytes = folder.disk.fileSize(path) ?? 0;
  return { file: relative(folder.path, path), path, dataset: "rollups", host, date: month, bytes };
}

/** Sources tell who recorded: a report from rollups still wants to know, so they stay as long as those. */
function oldDays(days: readonly Candidate[], limits: PruneLimits): Candidate[] {
  const { rowsOlderThanMs, rollupsOlderThanMs, datasets = ["samples", "series"] } = limits;
  const keepFrom = cutoff(rowsOlderThanMs, limits.nowMs);
  const keepSourcesFrom = cutoff(rollupsOlderThanMs, limits.nowMs);
  return days.filter(({ dataset, date }) =>
    (date < keepFrom && datasets.some((wanted) => wanted === dataset)) ||
    (dataset === "sources" && limits.datasets === undefined && date < keepSourcesFrom)
  );
}

/** Whole months, once none of their rows is left: from rows that stay, the next fold would make them again. */
function oldRollups(store: Contents, limits: PruneLimits): Candidate[] {
  const keepFrom = cutoff(limits.rollupsOlderThanMs, limits.nowMs);
  const removed = new Set(oldDays(store.days, limits).map(({ path }) => path));
  return rollupsWithoutRows(store, removed).filter(({ date }) => lastDayOf(date) < keepFrom);
}

function rollupsWithoutRows(
  { months, sampleMonths }: Contents,
  removed: ReadonlySet<string>,
): Candidate[] {
  const left = new Set(
    sampleMonths.filter(({ path }) => !removed.has(path)).map(({ month }) => month),
  );
  return months.filter(({ host, date }) => !left.has(`${host}/${date}`));
}

/** The oldest days, whole, until the rest fits; then the oldest months of rollups that have no rows any more. */
function tooMany(
  store: Contents,
  old: readonly Candidate[],
  { maxBytes, datasets }: PruneLimits,
  notes: string[],
): Candidate[] {
  if (maxBytes === undefined) return [];
  const removed = new Set(old.map(({ path }) => path));
  let bytes = store.bytes - old.reduce((sum, file) => sum + file.bytes, 0);
  const files: Candidate[] = [];
  const removeOldest = (from: readonly Candidate[]) => {
    const left = from.filter(({ path }) => !removed.has(path));
    const byDate = Map.groupBy(left, ({ date }) => date);
    for (const [, day] of [...byDate].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (bytes <= maxBytes) return;
      for (const file of day) {
        files.push(file);
        removed.add(file.path);
        bytes -= file.bytes;
      }
    }
  };
  removeOldest(
    store.days.filter(({ dataset }) => datasets === undefined || includes(datasets, dataset)),
  );
  if (datasets === undefined) removeOldest(rollupsWithoutRows(store, removed));
  if (bytes > maxBytes) notes.push("what is left is above the limit: it may not be removed");
  return files;
}

function includes(datasets: readonly string[], dataset: string): boolean {
  return datasets.includes(dataset);
}

/** The first day that is not older; without a limit none is. */
function cutoff(olderThanMs: number | undefined, nowMs: number): string {
  return olderThanMs === undefined ? "" : localDateHere(nowMs - olderThanMs);
}

/** The first day that may still get rows: of this machine, or of another one that records into a shared folder. */
export function firstOpenDate(nowMs: number): string {
  return [localDateHere(nowMs), localDate(nowMs, WESTERNMOST_OFFSET_MIN)].sort()[0] ?? "";
}

function lastDayOf(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 1) - DAY_MS).toISOString().slice(0, 10);
}

/** A month's rollups after its last day; of one day the samples last, so that what they need is still there. */
function order({ dataset, date, file }: Candidate): string {
  const day = dataset === "rollups" ? lastDayOf(date) + "z" : date;
  return `${day} ${dataset === "samples" ? "z" : ""} ${file}`;
}

/** Of files that can be read; a damaged rollup may go without anybody knowing how much was in it. */
async function countRows(paths: readonly string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  if (paths.length === 0) return counts;
  using database = await Database.open({ threads: "1" });
  const count = async (of: readonly string[]) => {
    const counted = await database.rows<{ file_name: string; num_rows: number }>(
      `SELECT file_name, num_rows FROM parquet_file_metadata(${quoteList(of)})`,
    );
    for (const { file_name: path, num_rows: rows } of counted) counts.set(path, rows);
  };
  try {
    await count(paths);
  } catch {
    for (const path of paths) await count([path]).catch(() => {});
  }
  return counts;
}
