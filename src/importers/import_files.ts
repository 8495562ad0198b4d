/** Recordings of other programs → the store. Importing the same files again changes nothing. */
import { StoreError, UsageError } from "../model/mod.ts";
import { claimHost, identifyHost } from "../journal/mod.ts";
import { type FileLock, hostName, machineId, waitForLock } from "../platform/mod.ts";
import { type DataFolder, foldJournal, FORMAT_VERSION, type Host } from "../store/mod.ts";
import type { ColumnMap } from "./csv/column_map.ts";
import { refuseUnknownFormat } from "./formats.ts";
import { type MergeResult, mergeStaged } from "./merge_staged.ts";
import { type Staged, stageFiles } from "./stage_files.ts";
import { type StagedDay, Staging } from "./staging.ts";

export interface ImportOptions {
  readonly files: readonly string[];
  /** Name of the format; by default each file's contents say it. */
  readonly format?: string | undefined;
  /** What the columns of a CSV are. */
  readonly map?: ColumnMap | undefined;
  /** The machine that the rows are of; by default what the file says, else a host of its own for imports. */
  readonly host?: string | undefined;
  /** For times without a zone. */
  readonly timeZone: string;
  /** Read and compare, and write nothing. */
  readonly dryRun: boolean;
  readonly nowMs: number;
  readonly onProgress: (progress: ImportProgress) => void;
}

export type ImportProgress =
  | { readonly step: "reading"; readonly bytes: number; readonly ofBytes: number }
  | { readonly step: "storing"; readonly days: number; readonly ofDays: number };

/** What went into one host's days. */
export interface ImportedHost extends MergeResult {
  readonly name: string;
}

export interface ImportResult extends Staged {
  readonly hosts: readonly ImportedHost[];
  /** What the fold that rolled the days up had to say. */
  readonly foldNotes: readonly string[];
}

/** Longer than a fold takes. */
const LOCK_TIMEOUT_MS = 60_000;

/**
 * Imports files. What can't be read is in the result; everything else is stored.
 * @throws {UsageError} for an unknown format or a folder of demo data; {StoreError} when the store can't be written
 */
export async function importFiles(
  folder: DataFolder,
  options: ImportOptions,
): Promise<ImportResult> {
  refuseDemoData(folder);
  if (options.format !== undefined) refuseUnknownFormat(options.format);
  using staging = new Staging();
  const staged = await stage(staging, options);
  const byHost = [...Map.groupBy(staging.finish(), ({ host }) => host ?? importHostName())];
  if (options.dryRun) {
    return {
      ...resultOf(staged),
      hosts: await mergeAll(folder, byHost, staged, options),
      foldNotes: [],
    };
  }
  if (byHost.length === 0) return { ...resultOf(staged), hosts: [], foldNotes: [] };
  folder.create();
  let hosts: ImportedHost[];
  {
    using _lock = await lockFolding(folder);
    hosts = await mergeAll(folder, byHost, staged, options);
  }
  // Days that have grown are rolled up anew, and rows of the journal that waited for the lock are folded.
  const hasGrown = hosts.some(({ added }) => added > 0);
  const { notes } = hasGrown ? await foldJournal(folder) : { notes: [] };
  return { ...resultOf(staged), hosts, foldNotes: notes };
}

/** Where rows go of which nobody said whose they are: not among what this machine recorded itself. */
export function importHostName(): string {
  return `${hostName()}-import`;
}

async function stage(staging: Staging, options: ImportOptions): Promise<Staged> {
  const ofBytes = options.files.reduce((sum, file) => sum + sizeOf(file), 0);
  let bytes = 0;
  return await stageFiles(options.files, staging, {
    format: options.format,
    map: options.map,
    timeZone: options.timeZone,
    host: options.host,
    nowMs: options.nowMs,
    onBytes(count) {
      bytes += count;
      options.onProgress({ step: "reading", bytes, ofBytes });
    },
  });
}

function resultOf(
  { files, problems, problemCount, leftOut, dropped, notes }: Staged,
): Staged {
  return { files, problems, problemCount, leftOut, dropped, notes };
}

async function mergeAll(
  folder: DataFolder,
  byHost: readonly (readonly [string, readonly StagedDay[]])[],
  { files }: Staged,
  { dryRun, onProgress }: ImportOptions,
): Promise<ImportedHost[]> {
  const hosts: ImportedHost[] = [];
  for (const [name, days] of byHost) {
    const host = await findHost(folder, name, dryRun);
    const merged = await mergeStaged(folder, {
      host: host.id,
      days,
      files,
      dryRun,
      onDay: (done, all) => onProgress({ step: "storing", days: done, ofDays: all }),
    });
    hosts.push({ name: host.name, ...merged });
  }
  return hosts;
}

/** A host by its id or name. This machine's own name is what it records under, even before it ever did. */
async function findHost(folder: DataFolder, name: string, dryRun: boolean): Promise<Host> {
  const hosts = folder.info()?.hosts ?? [];
  const known = hosts.find(({ id }) => id === name) ?? hosts.find((host) => host.name === name);
  if (known) return known;
  const isThisMachine = name === hostName();
  const machine = {
    name,
    id: isThisMachine ? machineId() : null,
    givenName: isThisMachine ? undefined : name,
  };
  if (!dryRun) return await claimHost(folder, machine);
  return await identifyHost({ format: FORMAT_VERSION, created: "", hosts }, machine);
}

async function lockFolding(folder: DataFolder): Promise<FileLock> {
  const lock = await waitForLock(folder.foldingLock, "exclusive", LOCK_TIMEOUT_MS);
  if (lock) return lock;
  throw new StoreError(`another fold or import has held ${folder.path} for a minute`, [
    "nothing was imported; try again when it has ended",
  ]);
}

function refuseDemoData(folder: DataFolder): void {
  if (!folder.info()?.demo) return;
  throw new UsageError(`${folder.path} holds demo data; an import would be mixed with it`, [
    "import into another folder: mtr import --data-dir DIR FILE…",
  ]);
}

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch {
    return 0;
  }
}
