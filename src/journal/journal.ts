import { type DatasetName, messageOf } from "../model/mod.ts";
import { failPoint } from "../platform/mod.ts";
import type { DataFolder } from "./data_folder.ts";
import { OpenSegment } from "./segment.ts";

/** Rows kept in memory while the disk takes none: two hours at 1 Hz, about 4 MB. */
const BACKLOG_LIMIT_CHARACTERS = 4 * 1024 * 1024;

/** Rows that were appended together, and are written together. */
interface PendingRows {
  readonly dataset: DatasetName;
  readonly date: string;
  /** One line a row, each with its line feed. */
  readonly lines: string;
  readonly rows: number;
}

export interface JournalOptions {
  readonly folder: DataFolder;
  readonly host: string;
  /** The first sequence number that is free. */
  readonly nextSeq: number;
  /**
   * Called when the folder has been removed, or is another one than before: makes it ready and tells the first sequence
   * number that is free in it. While it throws, rows wait in memory. By default the folder is made again.
   */
  readonly reopen?: () => number;
  /** Told once of what cannot be undone: a segment that was taken away while it was written. */
  readonly onLoss?: (what: string) => void;
}

/**
 * Rows → disk, now. A row is handed to the kernel the moment it is appended: kill -9 loses none; `sync` bounds what a
 * power cut can take. While the disk refuses (full, gone), rows wait in memory and are written when it takes them again.
 */
export class Journal {
  readonly #options: JournalOptions;
  readonly #segments = new Map<DatasetName, OpenSegment>();
  /** Segments that get no more rows and are closed when they are safe on the disk. */
  #retired: OpenSegment[] = [];
  #nextSeq: number;
  /** Which folder the segments are in; undefined before the first one. */
  #home: string | undefined;
  #backlog: PendingRows[] = [];
  #backlogCharacters = 0;
  #lostRows = 0;
  #writeTrouble: string | null = null;
  #syncTrouble: string | null = null;
  #syncing: Promise<void> = Promise.resolve();
  #sealed = 0;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#nextSeq = options.nextSeq;
  }

  /** Why the last write, or the last fsync, failed; null while all is well. */
  get trouble(): string | null {
    return this.#writeTrouble ?? this.#syncTrouble;
  }
  /** Rows given up because the disk refused for longer than memory could bridge. */
  get lostRows(): number {
    return this.#lostRows;
  }
  /** Rows that wait in memory for the disk to take them. */
  get waitingRows(): number {
    return this.#backlog.reduce((sum, { rows }) => sum + rows, 0);
  }
  get lastSeq(): number {
    return this.#nextSeq - 1;
  }
  /** Segments that were sealed since the journal was opened: there is something to fold. */
  get sealedSegments(): number {
    return this.#sealed;
  }

  /** Appends rows to the segment of their dataset and local date, in one write. Never throws: see `trouble`. */
  append(dataset: DatasetName, date: string, ...rows: readonly object[]): void {
    let lines = "";
    for (const row of rows) lines += JSON.stringify(row) + "\n";
    this.#backlog.push({ dataset, date, lines, rows: rows.length });
    this.#backlogCharacters += lines.length;
    this.#drain();
  }

  /** Resolves when what was appended would survive a power cut. Never throws: see `trouble`. */
  sync(): Promise<void> {
    // One at a time, or a segment could be closed while another call still waits for its fsync.
    this.#syncing = this.#syncing.then(() => this.#syncNow());
    return this.#syncing;
  }

  /** Ends the open segments, so that a fold may take them; the next rows go into new ones. */
  async seal(): Promise<void> {
    this.#drain();
    this.#retired.push(...this.#segments.values());
    this.#segments.clear();
    failPoint("seal.before_sync");
    await this.sync();
    failPoint("seal.after_close");
  }

  #drain(): void {
    let written = 0;
    try {
      for (const pending of this.#backlog) {
        this.#segmentFor(pending).append(pending.lines, pending.rows);
        this.#backlogCharacters -= pending.lines.length;
        written++;
      }
      this.#writeTrouble = null;
    } catch (error) {
      this.#writeTrouble = messageOf(error);
    }
    // The usual case is one write that succeeded: no new array for it.
    if (written === this.#backlog.length) this.#backlog.length = 0;
    else this.#backlog.splice(0, written);
    this.#giveUpOldest();
  }

  #giveUpOldest(): void {
    let excess = 0;
    while (this.#backlogCharacters > BACKLOG_LIMIT_CHARACTERS) {
      this.#backlogCharacters -= this.#backlog[excess++]?.lines.length ?? 0;
    }
    if (excess === 0) return;
    for (const { rows } of this.#backlog.splice(0, excess)) this.#lostRows += rows;
  }

  #segmentFor({ dataset, date }: PendingRows): OpenSegment {
    const open = this.#segments.get(dataset);
    const isInPlace = open?.isInPlace ?? true;
    if (open && isInPlace && open.header.date === date) return open;
    if (open) this.#retire(open, isInPlace);
    const { folder, host } = this.#options;
    this.#findHome();
    while (folder.disk.fileSize(folder.segment(host, this.#nextSeq)) !== undefined) this.#nextSeq++;
    const seq = this.#nextSeq;
    const segment = new OpenSegment(folder.disk, folder.segment(host, seq), {
      mtr_journal: 1,
      dataset,
      host,
      date,
      seq,
    });
    this.#nextSeq = seq + 1;
    this.#segments.set(dataset, segment);
    return segment;
  }

  #retire(segment: OpenSegment, isInPlace: boolean): void {
    this.#segments.delete(segment.header.dataset);
    this.#retired.push(segment);
    if (isInPlace) return;
    this.#options.onLoss?.(
      `${segment.path} was removed or moved away while it was written, with ${
        rowsText(segment.rows)
      }`,
    );
  }

  /** Rows that are appended to a folder that is gone would be lost without a word. */
  #findHome(): void {
    const { folder, reopen } = this.#options;
    const home = folder.disk.identity(folder.journal);
    if (home !== undefined && (home === this.#home || this.#home === undefined)) {
      this.#home = home;
      return;
    }
    if (reopen) this.#nextSeq = Math.max(this.#nextSeq, reopen());
    else folder.create();
    this.#home = folder.disk.identity(folder.journal);
  }

  async #syncNow(): Promise<void> {
    const retired = [...this.#retired];
    let trouble: string | null = null;
    for (const segment of new Set([...retired, ...this.#segments.values()])) {
      try {
        await segment.sync();
      } catch (error) {
        trouble = messageOf(error);
        this.#distrust(segment);
      }
    }
    this.#syncTrouble = trouble;
    failPoint("seal.before_close");
    for (const segment of retired) segment.close();
    this.#sealed += retired.length;
    this.#retired = this.#retired.filter((segment) => !retired.includes(segment));
  }

  /**
   * After a failed fsync nobody knows what of the file is on the disk, and asking again only hears that all is well. Its
   * rows can still be read, so the next fold writes them elsewhere; new rows go into a new segment.
   */
  #distrust(segment: OpenSegment): void {
    const { dataset } = segment.header;
    if (this.#segments.get(dataset) !== segment) return;
    this.#segments.delete(dataset);
    this.#retired.push(segment);
  }
}

function rowsText(count: number): string {
  return `${count} ${count === 1 ? "row" : "rows"}`;
}
