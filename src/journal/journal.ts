import { type DatasetName, messageOf } from "../model/mod.ts";
import type { DataFolder } from "./data_folder.ts";
import { OpenSegment } from "./segment.ts";

/** Rows kept in memory while the disk takes none: an hour at 1 Hz, about 2 MB. */
const BACKLOG_LIMIT = 3600;

interface PendingLine {
  readonly dataset: DatasetName;
  readonly date: string;
  readonly line: string;
}

export interface JournalOptions {
  readonly folder: DataFolder;
  readonly host: string;
  /** The first sequence number that is free. */
  readonly nextSeq: number;
}

/**
 * Rows → disk, now. A row is handed to the kernel the moment it is appended: kill -9 loses none; `sync` bounds what a
 * power cut can take. While the disk refuses (full, gone), rows wait in memory and are written when it takes them again.
 */
export class Journal {
  readonly #folder: DataFolder;
  readonly #host: string;
  readonly #segments = new Map<DatasetName, OpenSegment>();
  /** Segments that get no more rows and are closed when they are safe on the disk. */
  #retired: OpenSegment[] = [];
  #nextSeq: number;
  #backlog: PendingLine[] = [];
  #lostRows = 0;
  #trouble: string | null = null;
  #sealed = 0;

  constructor({ folder, host, nextSeq }: JournalOptions) {
    this.#folder = folder;
    this.#host = host;
    this.#nextSeq = nextSeq;
  }

  /** Why the last write failed; null while all is well. */
  get trouble(): string | null {
    return this.#trouble;
  }
  /** Rows given up because the disk refused for longer than memory could bridge. */
  get lostRows(): number {
    return this.#lostRows;
  }
  get lastSeq(): number {
    return this.#nextSeq - 1;
  }
  /** Segments that were sealed since the journal was opened: there is something to fold. */
  get sealedSegments(): number {
    return this.#sealed;
  }

  /** Appends a row to the segment of its dataset and local date. Never throws: see `trouble`. */
  append(dataset: DatasetName, date: string, row: object): void {
    this.#backlog.push({ dataset, date, line: JSON.stringify(row) + "\n" });
    this.#drain();
  }

  /** Resolves when what was appended would survive a power cut. Never throws: see `trouble`. */
  async sync(): Promise<void> {
    try {
      for (const segment of [...this.#segments.values(), ...this.#retired]) await segment.sync();
      this.#closeRetired();
    } catch (error) {
      this.#trouble = messageOf(error);
    }
  }

  /** Ends the open segments, so that a fold may take them; the next rows go into new ones. */
  async seal(): Promise<void> {
    this.#drain();
    this.#retired.push(...this.#segments.values());
    this.#segments.clear();
    await this.sync();
  }

  #drain(): void {
    let written = 0;
    try {
      for (const pending of this.#backlog) {
        this.#segmentFor(pending).append(pending.line);
        written++;
      }
      this.#trouble = null;
    } catch (error) {
      this.#trouble = messageOf(error);
    }
    // The usual case is one row, written: no new array for it.
    if (written === this.#backlog.length) this.#backlog.length = 0;
    else this.#backlog.splice(0, written);
    const excess = this.#backlog.length - BACKLOG_LIMIT;
    if (excess > 0) {
      this.#backlog.splice(0, excess);
      this.#lostRows += excess;
    }
  }

  #segmentFor({ dataset, date }: PendingLine): OpenSegment {
    const open = this.#segments.get(dataset);
    if (open?.header.date === date) return open;
    if (open) this.#retired.push(open);
    const seq = this.#nextSeq;
    const segment = new OpenSegment(this.#folder.disk, this.#folder.segment(this.#host, seq), {
      mtr_journal: 1,
      dataset,
      host: this.#host,
      date,
      seq,
    });
    this.#nextSeq = seq + 1;
    this.#segments.set(dataset, segment);
    return segment;
  }

  #closeRetired(): void {
    for (const segment of this.#retired) segment.close();
    this.#sealed += this.#retired.length;
    this.#retired = [];
  }
}
