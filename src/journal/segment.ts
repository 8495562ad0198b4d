/**
 * A segment of the journal: one file of NDJSON, of one dataset, one host and one local date.
 *
 * First line: the header, which has no `ts`. Every other line: one row, with the columns' names as keys and absent
 * keys for NULL. A line that is torn (power cut) is no JSON: readers skip and count it.
 */
import { dirname } from "node:path";
import type { DatasetName } from "../model/mod.ts";
import type { AppendFile, Disk, FileLock } from "../platform/mod.ts";
import { failPoint, tryLock } from "../platform/mod.ts";

export interface SegmentHeader {
  readonly mtr_journal: 1;
  readonly dataset: DatasetName;
  readonly host: string;
  /** Local calendar day on which its rows were recorded. */
  readonly date: string;
  readonly seq: number;
}

const HEADER_LIMIT_BYTES = 4096;
const encoder = new TextEncoder();

/** A segment that is being written. Its file is locked for as long, so that no fold takes it. */
export class OpenSegment {
  readonly #file: AppendFile;
  #lock: FileLock | null = null;
  #unsynced = true;
  #named = false;
  #rows = 0;

  /**
   * The file appears under its name only when it is locked and has its header.
   * @throws {Error} of the operating system; nothing is left behind then
   */
  constructor(
    readonly disk: Disk,
    readonly path: string,
    readonly header: SegmentHeader,
  ) {
    const part = `${path}.part`;
    // One of a recorder that was killed at this very step.
    disk.remove(part);
    this.#file = disk.openAppend(part);
    try {
      failPoint("segment.before_header");
      this.#file.append(encoder.encode(JSON.stringify(header) + "\n"));
      this.#lock = tryLock(part, "exclusive");
      failPoint("segment.before_rename");
      disk.rename(part, path);
      failPoint("segment.after_rename");
    } catch (error) {
      this.close();
      disk.remove(part);
      throw error;
    }
  }

  /** Rows that were appended. */
  get rows(): number {
    return this.#rows;
  }

  /** Whether its path still leads to it: folders are removed, moved and swapped while they are written to. */
  get isInPlace(): boolean {
    return this.disk.identity(this.path) === this.#file.identity;
  }

  append(line: string): void {
    this.#file.append(encoder.encode(line));
    this.#unsynced = true;
    this.#rows++;
  }

  async sync(): Promise<void> {
    if (!this.#unsynced) return;
    this.#unsynced = false;
    await this.#file.sync();
    if (this.#named || !this.isInPlace) return;
    // The first time, the file's name has to survive as well.
    this.disk.syncFolder(dirname(this.path));
    this.#named = true;
  }

  close(): void {
    this.#file.close();
    this.#lock?.release();
  }
}

/** The header of a segment's file; null where the first line is not one. */
export function readSegmentHeader(disk: Disk, path: string): SegmentHeader | null {
  try {
    const head = new TextDecoder().decode(disk.readBytes(path, 0, HEADER_LIMIT_BYTES));
    const header = JSON.parse(head.slice(0, head.indexOf("\n") + 1));
    return header.mtr_journal === 1 ? header : null;
  } catch {
    return null;
  }
}
