/** A store of two days, ways to damage it, and what has to hold after a repair. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { DATASETS } from "../../../src/model/mod.ts";
import {
  type CheckOptions,
  checkStore,
  Database,
  type FindingKind,
  quoteText,
  repairStore,
} from "../../../src/store/mod.ts";
import { copyToFile } from "../../../src/store/day_file.ts";
import { rollupMonth } from "../../../src/store/rollup/rollup_files.ts";
import { whileDaysLast } from "../while_days_last.ts";
import type { ScratchFolder } from "../../journal/scratch_folder.ts";
import {
  copyOfRecorded,
  datesFrom,
  dayFile,
  HOST,
  reportOn,
  rowsSeen,
  treeOf,
} from "../recorded_days.ts";

export const DATES = datesFrom("2025-02-26", 2);
export const DAY = "2025-02-27";
export const OPTIONS = { nowMs: Date.parse("2025-03-10T12:00:00Z") };
/** Where rows and rollups are as they were: faster. */
export const TIMES_ONLY = { ...OPTIONS, wholeFiles: 0 };
/** Only DAY is read whole. */
export const NEWEST_WHOLE = { ...OPTIONS, wholeFiles: 1 };

/** While DATES are not over: only the times of rows are read, and nothing is said of rollups. */
export const UNFINISHED = { nowMs: Date.parse("2025-02-26T12:00:00Z"), wholeFiles: 0 };

/** The same days before they are rolled up: faster, for what has nothing to do with rollups. */
export function unfinished(): Promise<ScratchFolder> {
  return copyOfRecorded(DATES, { datasets: ["samples"], rolledUp: false });
}

export function recorded(): Promise<ScratchFolder> {
  return copyOfRecorded(DATES, { datasets: ["samples"] });
}

/** What is found, a line each: `rows.doubled samples/host=box/…`. */
export async function found(
  folder: ScratchFolder,
  severity = "problem",
  options: CheckOptions = TIMES_ONLY,
): Promise<string[]> {
  const { findings } = await checkStore(folder, options);
  return findings.filter((finding) => finding.severity === severity)
    .map(({ kind, file }) => `${kind} ${file}`);
}

export interface Expected {
  /** Kinds of problems before a repair. */
  readonly kinds: readonly FindingKind[];
  /** Samples of the days that readers see before, and after. */
  readonly before?: number;
  readonly after?: number;
  /** Whether rollups answer for days without rows: reports know of them, and take longer than a count of rows. */
  readonly rolled?: boolean;
  readonly quarantined?: RegExp;
  /** @default TIMES_ONLY */
  readonly options?: CheckOptions;
  /** Whether rows are added to day files, which are others then and hold all that they held. */
  readonly grows?: boolean;
}

export const ALL = 2 * 144;

/** Checks, repairs, checks again, and looks at what readers see. */
export async function assertMended(
  folder: ScratchFolder,
  { kinds, before = ALL, after = ALL, quarantined, grows, rolled, options = TIMES_ONLY }: Expected,
): Promise<void> {
  const samples = rolled ? samplesReported : rowsOf;
  equal(await samples(folder), before);
  const kept = contents(folder);
  const repair = () => repairStore(folder, options);
  const report = await (options === UNFINISHED ? whileDaysLast(repair) : repair());
  const problems = report.before.findings.filter(({ severity }) => severity === "problem");
  deepEqual(problems.map(({ kind }) => kind), kinds);
  for (const { what, consequence, remedy } of problems) ok(what && consequence && remedy);
  const left = report.after.findings.filter(({ severity }) => severity === "problem");
  deepEqual(left, [], report.done.join("\n"));
  equal(await samples(folder), after);
  const there = contents(folder);
  for (const [hash, file] of kept) {
    const mayChange = isDerived(file) || (grows && file.startsWith("samples"));
    ok(mayChange || there.has(hash), `${file} was not deleted`);
  }
  if (quarantined) match(quarantinedNames(folder).join(" "), quarantined);
}

function rowsOf(folder: ScratchFolder): Promise<number> {
  return rowsSeen(folder, DATES);
}

async function samplesReported(folder: ScratchFolder): Promise<number> {
  return (await reportOn(folder, DATES)).samples;
}

function contents(folder: ScratchFolder): Map<string, string> {
  return new Map([...treeOf(folder)].map(([file, hash]) => [hash, file]));
}

/** What a repair may write anew: the journal's rows go into files, mtr.json changes. */
function isDerived(file: string): boolean {
  return /^(journal|rollups|mtr\.json)/.test(file);
}

function quarantinedNames(folder: ScratchFolder): string[] {
  return folder.disk.list(folder.quarantine).map(({ name }) => name);
}

/** Writes a day's file with other rows: `query` reads the view `own`. */
export async function rewrite(
  folder: ScratchFolder,
  query: string,
  { date = DAY, dataset = "samples" as const, copy = "" } = {},
): Promise<void> {
  using database = await Database.open();
  const path = dayFile(folder, date, dataset);
  await database.run(
    `CREATE TEMP VIEW own AS SELECT * FROM read_parquet(${
      quoteText(path)
    }, hive_partitioning = false)`,
  );
  const part = join(folder.tmp, "damage.part");
  if (copy) await database.run(`COPY (${query}) TO ${quoteText(part)} (FORMAT parquet${copy})`);
  else await copyToFile(database, DATASETS[dataset], [query], { part, lastSeq: 4 });
  Deno.renameSync(part, path);
}

export function rollupPaths(folder: ScratchFolder) {
  return rollupMonth(folder, HOST, "2025-02").paths;
}
