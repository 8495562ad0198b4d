/**
 * A segment of the journal: one file of NDJSON, of one dataset, one host and one local date.
 *
 * First line: the header, which has no `ts`. Every other line: one row, with the columns' names as keys and absent
 * keys for NULL. A line that is torn (power cut) is no JSON: readers skip and count it.
 */
import { dirname } from "node:path";
import type { DatasetName } from "../model/mod.ts";
import type { AppendFile, Disk, FileLock } from "../platform/mod.ts";
import { tryLock } from "../platform/mod.ts";

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
  readonly #lock: FileLock | null;
  #unsynced = true;
  #named = false;

  /** The file appears under its name only when it is locked and has its header. */
  constructor(
    readonly disk: Disk,
    readonly path: string,
    readonly header: SegmentHeader,
  ) {
    const part = `${path}.part`;
    this.#file = disk.openAppend(part);
    this.#file.append(encoder.encode(JSON.stringify(header) + "\n"));
    this.#lock = tryLock(part, "exclusive");
    disk.rename(part, path);
  }

  append(line: string): void {
    this.#file.append(encoder.encode(line));
    this.#unsynced = true;
  }

  async sync(): Promise<void> {
    if (!this.#unsynced) return;
    this.#unsynced = false;
    await this.#file.sync();
    if (this.#named) return;
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
