/**
 * A segment of the journal: one file of NDJSON, of one dataset, one host and one local date.
 *
 * First line: the header, which has no `ts`. Every other line: one row, with the columns' names as keys and absent
 * keys for NULL. A line that is torn (power cut) is no JSON: readers skip and count it.
 */
import { basename, dirname } from "node:path";
import { type DatasetName, DATASETS } from "../model/mod.ts";
import { parseSegmentName } from "./data_folder.ts";
import type { AppendFile, Disk, FileLock } from "../platform/mod.ts";
import { failPoint, localDate, tryLock } from "../platform/mod.ts";

export interface SegmentHeader {
  readonly mtr_journal: 1;
  readonly dataset: DatasetName;
  readonly host: string;
  /** Local calendar day on which its rows were recorded. */
  readonly date: string;
  readonly seq: number;
  /** Never written: the first line is damaged, and the rows told what it said. */
  readonly rescued?: true;
}

const HEADER_LIMIT_BYTES = 4096;
/** Far more than the blocks that a power cut or a bad sector take. */
const RESCUE_LIMIT_BYTES = 256 * 1024;
const encoder = new TextEncoder();
/** Bytes that a character of a string takes in UTF-8 at most. */
const MOST_BYTES_A_CHARACTER = 3;
/** Lines are encoded into the same bytes each time: new ones, once a second for ever, cost as much as writing them. */
let encoded = new Uint8Array(16 * 1024);

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

  /** @param lines one a row, each with its line feed */
  append(lines: string, rows: number): void {
    this.#file.append(encode(lines));
    this.#unsynced = true;
    this.#rows += rows;
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

/** Valid until the next call. */
function encode(text: string): Uint8Array {
  const most = text.length * MOST_BYTES_A_CHARACTER;
  if (most > encoded.length) encoded = new Uint8Array(most);
  return encoded.subarray(0, encoder.encodeInto(text, encoded).written);
}

/**
 * The header of a segment's file. Where the first line is damaged, its rows tell what it said; null where no row can be
 * read either.
 */
export function readSegmentHeader(disk: Disk, path: string): SegmentHeader | null {
  const name = parseSegmentName(basename(path));
  if (!name) return null;
  const [first = ""] = readLines(disk, path, HEADER_LIMIT_BYTES);
  const header = parseLine(first) as Partial<SegmentHeader> | null;
  if (header && isHeaderOf(header, name)) return header;
  for (const line of readLines(disk, path, RESCUE_LIMIT_BYTES)) {
    const told = headerFromRow(parseLine(line), name);
    if (told) return told;
  }
  return null;
}

function readLines(disk: Disk, path: string, limit: number): string[] {
  try {
    const text = new TextDecoder().decode(disk.readBytes(path, 0, limit));
    // The last piece may be half a line.
    return text.split("\n").slice(0, -1);
  } catch {
    return [];
  }
}

function parseLine(line: string): object | null {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === "object" ? parsed : null;
  } catch {
    return null;
  }
}

function isHeaderOf(
  header: Partial<SegmentHeader>,
  { host, seq }: { host: string; seq: number },
): header is SegmentHeader {
  return header.mtr_journal === 1 && header.host === host && header.seq === seq &&
    (header.dataset ?? "") in DATASETS && /^\d{4}-\d\d-\d\d$/.test(header.date ?? "");
}

function headerFromRow(
  row: object | null,
  name: { host: string; seq: number },
): SegmentHeader | null {
  const { ts, utc_offset_min: offset } = (row ?? {}) as Record<string, unknown>;
  if (row === null || typeof ts !== "number" || typeof offset !== "number") return null;
  const dataset = "boot_id" in row ? "samples" : "label" in row ? "series" : "sources";
  return { mtr_journal: 1, dataset, ...name, date: localDate(ts, offset), rescued: true };
}
