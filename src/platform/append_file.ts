import { failPoint } from "./fail_points.ts";
import { identityOf } from "./file_identity.ts";

/** A file that only grows. */
export interface AppendFile {
  /** Bytes in the file. */
  readonly size: number;
  /** Which file this is, whatever its path leads to by now: see `Disk.identity`. */
  readonly identity: string;
  /** Appends all bytes or none: after a failure the file is cut back to where it was. */
  append(bytes: Uint8Array): void;
  /** Returns when what was appended would survive a power cut. */
  sync(): Promise<void>;
  close(): void;
}

/** What is asked of the operating system's file; tests bring one that fails. */
export type RawFile = Pick<
  Deno.FsFile,
  "writeSync" | "truncateSync" | "statSync" | "syncData" | "close"
>;

/** An append file on one that was opened for appending. */
export class LocalAppendFile implements AppendFile {
  readonly #file: RawFile;
  /** Whether there may be a part of a row after `size`. */
  #torn = false;
  size: number;
  readonly identity: string;

  constructor(file: RawFile) {
    this.#file = file;
    const info = file.statSync();
    this.size = info.size;
    this.identity = identityOf(info);
  }

  append(bytes: Uint8Array): void {
    failPoint("append.before_write");
    if (this.#torn) this.#cutBack();
    this.#torn = true;
    try {
      this.#write(bytes);
    } catch (error) {
      this.#tryToCutBack();
      throw error;
    }
    this.#torn = false;
    this.size += bytes.length;
    failPoint("append.after_write");
  }

  async sync(): Promise<void> {
    await this.#file.syncData();
  }

  close(): void {
    if (this.#torn) this.#tryToCutBack();
    this.#file.close();
  }

  #write(bytes: Uint8Array): void {
    failPoint(
      "append.half_written",
      () => this.#file.writeSync(bytes.subarray(0, bytes.length / 2)),
    );
    for (let written = 0; written < bytes.length;) {
      written += this.#file.writeSync(bytes.subarray(written));
    }
  }

  /** Before the next row, or it would be glued to the half of another. */
  #cutBack(): void {
    this.#file.truncateSync(this.size);
    this.#torn = false;
  }

  /** A full disk can take half a line; cutting back works on a full disk too. A broken disk is asked again later. */
  #tryToCutBack(): void {
    try {
      this.#cutBack();
    } catch {
      // What went wrong with the write is the news; the next append starts with cutting back.
    }
  }
}
