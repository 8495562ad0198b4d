/** `mtr check`: looks at every file of a data folder, and mends what can be mended. */
import { messageOf, StoreError } from "../../model/mod.ts";
import { type DataFolder, FORMAT_VERSION } from "../../journal/mod.ts";
import { type FileLock, waitForLock } from "../../platform/mod.ts";
import { Database } from "../database.ts";
import { foldJournal } from "../fold.ts";
import { type DayFile, listStore } from "../listing.ts";
import { firstOpenDate } from "../prune_plan.ts";
import { rollupFiles } from "../rollup/rollup_files.ts";
import { checkDayFiles } from "./check_day_files.ts";
import { checkFolders } from "./check_folders.ts";
import { checkInfo, hostsOf } from "./check_info.ts";
import { checkJournal } from "./check_journal.ts";
import { checkRollups } from "./check_rollups.ts";
import { type CheckContext, problem } from "./check_context.ts";
import type { CheckCounts, CheckReport, Finding, Repair } from "./finding.ts";
import { carryOut } from "./repair.ts";

export interface CheckOptions {
  /**
   * So many day files of each dataset are read whole and compared with their rollups: the newest, and others in even
   * steps. Of the others only the times are read.
   * @default 8
   */
  readonly wholeFiles?: number;
  readonly nowMs: number;
  /** Called when a file has been looked at. */
  readonly onProgress?: (done: number, all: number) => void;
}

export interface RepairReport {
  /** What was found at first. */
  readonly before: CheckReport;
  /** What is left. */
  readonly after: CheckReport;
  /** What was done, in sentences. */
  readonly done: readonly string[];
}

/** A fold of a long day on a slow disk takes seconds. */
const FOLDING_TIMEOUT_MS = 60_000;
const ROUNDS = 8;

/**
 * Looks at everything and changes nothing. Folds wait meanwhile.
 * @throws {StoreError} when the store is being folded for too long, or is of a newer format
 */
export async function checkStore(folder: DataFolder, options: CheckOptions): Promise<CheckReport> {
  using _lock = await lockAgainstFolds(folder);
  // A day's file is one row group: more threads would only wait for each other.
  using database = await Database.open({ threads: "1" });
  return await checkLocked(contextOf(folder, database, options));
}

/**
 * Mends what can be mended, and looks again, until there is nothing more to mend. What fails stays and is told.
 * @throws {StoreError} as checkStore; and where the folder may only be read
 */
export async function repairStore(
  folder: DataFolder,
  options: CheckOptions,
): Promise<RepairReport> {
  const before = await checkStore(folder, options);
  const done: string[] = [];
  const tried = new Set<string>();
  let after = before;
  for (let round = 0; round < ROUNDS; round++) {
    const now = firstPhase(after.findings.filter((finding) => !tried.has(keyOf(finding))));
    if (now.length === 0) break;
    for (const finding of now) tried.add(keyOf(finding));
    done.push(...await repairAll(folder, now, options));
    after = await checkStore(folder, options);
  }
  // Names within the folder say as much, and fit on a line.
  const short = done.map((line) => line.replaceAll(`${folder.path}/`, ""));
  return { before, after, done: short };
}

function keyOf({ kind, file, what }: Finding): string {
  return `${kind} ${file} ${what}`;
}

/** The journal first, then files, then what mtr.json says of them, then what is derived from them. */
const PHASES: readonly (readonly Repair["do"][])[] = [
  ["fold"],
  ["set aside", "set day aside", "rewrite day"],
  ["info", "unname gone days", "name gone days"],
  ["rebuild month", "roll up again", "roll up"],
];

/** Each phase can bring other things to light: a folded segment its doubles, a rewritten day its stale rollup. */
function firstPhase(findings: readonly Finding[]): Finding[] {
  for (const phase of PHASES) {
    const found = findings.filter(({ repair }) => repair && phase.includes(repair.do));
    if (found.length > 0) return found;
  }
  return [];
}

async function repairAll(
  folder: DataFolder,
  findings: readonly Finding[],
  options: CheckOptions,
): Promise<string[]> {
  // Several things that are wrong with one file are mended at once.
  const repairs = [...new Map(findings.map(({ repair }) => [aboutOf(repair), repair])).values()];
  if (repairs.some((repair) => repair?.do === "fold")) return await fold(folder);
  using lock = await lockAgainstFolds(folder);
  if (!lock) throw new StoreError(`${folder.path} may only be read: nothing can be repaired`);
  using database = await Database.open({ threads: "1" });
  const context = contextOf(folder, database, options);
  const done: string[] = [];
  for (const repair of repairs) {
    try {
      if (repair) done.push(...await carryOut(context, repair));
    } catch (error) {
      done.push(`${repair?.do} failed: ${messageOf(error).split("\n")[0]}`);
    }
  }
  return done;
}

function aboutOf(repair: Repair | null): string {
  return repair?.do === "rewrite day" ? repair.file.path : JSON.stringify(repair);
}

async function fold(folder: DataFolder): Promise<string[]> {
  try {
    const { rows, segments, notes } = await foldJournal(folder);
    return [`folded ${rows} rows of ${segments} segments`, ...notes];
  } catch (error) {
    return [messageOf(error)];
  }
}

/** Null for a folder that may only be read: nobody folds there. */
async function lockAgainstFolds(folder: DataFolder): Promise<FileLock | null> {
  let lock: FileLock | null;
  try {
    lock = await waitForLock(folder.foldingLock, "exclusive", FOLDING_TIMEOUT_MS);
  } catch {
    return null;
  }
  if (lock) return lock;
  throw new StoreError(`a fold held the store for ${FOLDING_TIMEOUT_MS / 1000} s`, [
    `try again; if it stays so, see which process it is: lsof ${folder.foldingLock}`,
  ]);
}

function contextOf(
  folder: DataFolder,
  database: Database,
  { wholeFiles = 8, nowMs, onProgress }: CheckOptions,
): CheckContext {
  const listing = listStore(folder);
  const { files, segments } = listing;
  const all = files.length + segments.length + rollupFiles(folder).length;
  let done = 0;
  return {
    folder,
    database,
    listing,
    openFrom: firstOpenDate(nowMs),
    sampled: new Set(sampleOf(files, wholeFiles)),
    onFile: () => onProgress?.(++done, all),
  };
}

/** Newest first, for what was written last was at risk last. */
function sampleOf(files: readonly DayFile[], limit: number): DayFile[] {
  if (limit === 0) return [];
  return [...Map.groupBy(files, ({ dataset }) => dataset).values()].flatMap((of) => {
    const newest = of.toSorted((a, b) => (a.date < b.date ? 1 : -1));
    const step = Math.max(1, Math.ceil(newest.length / limit));
    return newest.filter((_, i) => i % step === 0);
  });
}

async function checkLocked(context: CheckContext): Promise<CheckReport> {
  const { folder, listing } = context;
  const old = oldFormat(context);
  if (old) return { findings: [old], counts: NOTHING };
  const days = await checkDayFiles(context);
  const journal = await checkJournal(context);
  const rollups = await checkRollups(context);
  const findings = [
    ...checkInfo(context),
    ...days.findings,
    ...journal.findings,
    ...rollups.findings,
    ...checkFolders(context),
  ];
  return {
    findings: findings.toSorted((a, b) => rank(a) - rank(b)),
    counts: {
      days: listing.files.length,
      rows: days.rows,
      read_whole: context.sampled.size,
      segments: listing.segments.length,
      journal_rows: journal.rows,
      rollups: rollups.files,
      hosts: new Set([...hostsOf(context), ...(folder.info()?.hosts ?? []).map(({ id }) => id)])
        .size,
    },
  };
}

const NOTHING: CheckCounts = {
  days: 0,
  rows: 0,
  read_whole: 0,
  segments: 0,
  journal_rows: 0,
  rollups: 0,
  hosts: 0,
};

function rank({ severity }: Finding): number {
  return severity === "problem" ? 0 : 1;
}

function oldFormat(context: CheckContext): Finding | null {
  const { folder } = context;
  const format = folder.info({ olderToo: true })?.format ?? FORMAT_VERSION;
  if (format >= FORMAT_VERSION) return null;
  return problem(context, "format.old", folder.infoPath, {
    what: `an older mtr wrote this folder, in format ${format}`,
    consequence: `nothing here can be read or recorded before it is of format ${FORMAT_VERSION}`,
    remedy: "mtr fold --upgrade rewrites it, day by day",
  });
}
