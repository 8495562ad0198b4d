/**
 * The data folder: where things are in it, and mtr.json, which says what it is and whose rows it holds.
 *
 *   mtr.json  mtr.json.copy                         format version, hosts, days whose rows are gone; the copy is read where the first is damaged
 *   *.lock                                          locks (see platform/file_lock.ts)
 *   journal/<host>-<seq>.ndjson                     rows not yet folded
 *   <dataset>/host=<host>/date=YYYY-MM-DD/rows.parquet
 *   prune.log                                       what `mtr prune` removed, NDJSON
 *   tmp/  quarantine/                               unfinished files; what was set aside, with a note each
 */
import { join } from "node:path";
import type { DatasetName } from "../model/mod.ts";
import { StoreError } from "../model/mod.ts";
import { type Disk, failPoint, isFullDisk, waitForLock } from "../platform/mod.ts";

export const FORMAT_VERSION = 1;

/** mtr.json is changed in milliseconds. */
const INFO_LOCK_TIMEOUT_MS = 10_000;

/** One machine that has recorded into the folder. */
export interface Host {
  /** Part of paths: lower-case letters, digits and dashes. */
  readonly id: string;
  /** The name for people. */
  readonly name: string;
  /** Fingerprint of the machine, so that a renamed machine stays the same host; null for `--host NAME`. */
  readonly machine: string | null;
  readonly created: string;
  /** A sequence number that is not below any that was given to a segment before this was written. */
  readonly last_seq: number;
  /** The last boot that was recorded, to flag the first row of a new one. */
  readonly boot_id: string | null;
  /** Put here by `mtr check --repair` from the files alone: the machine of this name that records next takes it over. */
  readonly recovered?: true;
}

/**
 * Days of a host, first and last of each stretch, whose rows are gone on purpose: `mtr prune` removed them, or `mtr check
 * --repair` set their damaged file aside. Their rollups, where there are any, still answer for them.
 */
export type RowsGone = readonly (readonly [first: string, last: string])[];

export interface FolderInfo {
  readonly format: number;
  readonly created: string;
  /** True for data that `mtr demo` made: every report says so. */
  readonly demo?: boolean;
  readonly hosts: readonly Host[];
  /** By host id. It stands beside `hosts`, whose entries a running recorder writes back as it knows them. */
  readonly rows_gone?: Readonly<Record<string, RowsGone>>;
}

/** Paths of a data folder, and its mtr.json. */
export class DataFolder {
  constructor(readonly path: string, readonly disk: Disk) {}

  get infoPath(): string {
    return join(this.path, "mtr.json");
  }
  /** Read where the first is damaged. */
  get infoCopyPath(): string {
    return join(this.path, "mtr.json.copy");
  }
  get journal(): string {
    return join(this.path, "journal");
  }
  get tmp(): string {
    return join(this.path, "tmp");
  }
  get quarantine(): string {
    return join(this.path, "quarantine");
  }
  /** Shared by readers, exclusive while a file is replaced. */
  get foldLock(): string {
    return join(this.path, "fold.lock");
  }
  /** Passed by readers on their way to the fold lock, kept shut by a fold that waits for it. */
  get gateLock(): string {
    return join(this.path, "gate.lock");
  }
  /** Held by the one process that folds. */
  get foldingLock(): string {
    return join(this.path, "folding.lock");
  }
  /** Held by the one recorder of a host. */
  recordLock(host: string): string {
    return join(this.path, `record.${host}.lock`);
  }
  segment(host: string, seq: number): string {
    return join(this.journal, segmentName(host, seq));
  }
  dataset(dataset: DatasetName): string {
    return join(this.path, dataset);
  }
  /** Folder of a day's file. */
  day(dataset: DatasetName, host: string, date: string): string {
    return join(this.path, dataset, `host=${host}`, `date=${date}`);
  }

  get exists(): boolean {
    return this.disk.fileSize(this.infoPath) !== undefined;
  }

  /**
   * What mtr.json says, or its copy where it can't be read; undefined where neither can (reading goes on without).
   * @throws {StoreError} when the folder was written by a newer mtr, or by an older one (unless `olderToo`)
   */
  info({ olderToo = false }: { readonly olderToo?: boolean } = {}): FolderInfo | undefined {
    const info = this.#readInfo(this.infoPath) ?? this.#readInfo(this.infoCopyPath);
    if (info && info.format > FORMAT_VERSION) {
      throw new StoreError(
        `the data folder ${this.path} has format ${info.format}; this mtr knows format ${FORMAT_VERSION}`,
        ["a newer mtr wrote it: update mtr, or use another folder with --data-dir"],
      );
    }
    if (info && info.format < FORMAT_VERSION && !olderToo) {
      throw new StoreError(
        `the data folder ${this.path} has format ${info.format}; this mtr reads and writes format ${FORMAT_VERSION}`,
        ["an older mtr wrote it: rewrite it, day by day, with mtr fold --upgrade"],
      );
    }
    return info;
  }

  /** @throws {Error} of the operating system; one of the two files is whole then */
  writeInfo(info: FolderInfo): void {
    const text = JSON.stringify(info, null, 2) + "\n";
    this.#replaceInfo(this.infoPath, text, this.infoCopyPath);
    failPoint("info.before_copy");
    this.#replaceInfo(this.infoCopyPath, text, this.infoPath);
  }

  /**
   * Changes mtr.json, one process at a time: of two recorders that start together, none loses the other's host. A damaged
   * mtr.json is kept in quarantine.
   * @param options.olderToo also of a folder that an older mtr wrote
   * @returns what was written
   * @throws {StoreError} when another process holds it for too long
   */
  async updateInfo(
    change: (info: FolderInfo) => FolderInfo | Promise<FolderInfo>,
    options: { readonly olderToo?: boolean } = {},
  ): Promise<FolderInfo> {
    using lock = await waitForLock(join(this.path, "mtr.lock"), "exclusive", INFO_LOCK_TIMEOUT_MS);
    if (!lock) {
      throw new StoreError(`another process holds ${this.path}/mtr.lock`, [
        "try again; if it stays so, see which one: lsof " + join(this.path, "mtr.lock"),
      ]);
    }
    const nothing = { format: FORMAT_VERSION, created: new Date().toISOString(), hosts: [] };
    const changed = await change(this.info(options) ?? nothing);
    this.#keepDamagedInfo();
    this.writeInfo(changed);
    return changed;
  }

  /** Makes the folders; ready to be written to. */
  create(): void {
    for (const folder of [this.path, this.journal, this.tmp]) this.disk.makeFolder(folder);
  }

  /** On a full disk, over what is there: should that be interrupted, the other of the two files is read. */
  #replaceInfo(path: string, text: string, other: string): void {
    try {
      this.disk.replaceText(path, text);
    } catch (error) {
      if (!isFullDisk(error)) throw error;
      this.disk.remove(`${path}.part`);
      if (this.#readInfo(path) === undefined || this.#readInfo(other) === undefined) throw error;
      this.disk.overwriteText(path, text);
    }
  }

  #readInfo(path: string): FolderInfo | undefined {
    const text = this.disk.readText(path);
    return text === undefined ? undefined : parseFolderInfo(text);
  }

  #keepDamagedInfo(): void {
    const isDamaged = this.exists && this.#readInfo(this.infoPath) === undefined;
    if (!isDamaged) return;
    this.disk.makeFolder(this.quarantine);
    this.disk.copyFile(this.infoPath, join(this.quarantine, `mtr.json.${Date.now()}`));
  }
}

/** Zero-padded, so that names sort as numbers do. */
export function segmentName(host: string, seq: number): string {
  return `${host}-${String(seq).padStart(8, "0")}.ndjson`;
}

/** Host and sequence number of a segment's file name; null for anything else in the folder. */
export function parseSegmentName(name: string): { host: string; seq: number } | null {
  const match = /^(.+)-(\d{8,})\.ndjson$/.exec(name);
  return match?.[1] && match[2] ? { host: match[1], seq: Number(match[2]) } : null;
}

/** What the text of an mtr.json says; undefined where it is damaged. */
export function parseFolderInfo(text: string): FolderInfo | undefined {
  try {
    const info = JSON.parse(text);
    return typeof info.format === "number" && Array.isArray(info.hosts) && info.hosts.every(isHost)
      ? info
      : undefined;
  } catch {
    return undefined;
  }
}

/** A damaged id would become part of paths. */
function isHost(host: Partial<Host>): boolean {
  return /^[a-z0-9-]+$/.test(host.id ?? "") && typeof host.name === "string" &&
    Number.isSafeInteger(host.last_seq);
}
