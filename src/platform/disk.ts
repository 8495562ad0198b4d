/**
 * Files, as the journal needs them: small synchronous steps, so that nothing can come between two of them, and an
 * fsync that does not stop the clock. Tests bring a disk that fails, fills up or forgets.
 */
import { dirname } from "node:path";

/** A file that only grows. */
export interface AppendFile {
  /** Bytes in the file. */
  readonly size: number;
  /** Appends all bytes or none: after a failure the file is cut back to where it was. */
  append(bytes: Uint8Array): void;
  /** Returns when what was appended would survive a power cut. */
  sync(): Promise<void>;
  close(): void;
}

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export interface Disk {
  /** Opens for appending; creates the file. */
  openAppend(path: string): AppendFile;
  /** The file's text; undefined where there is no such file. */
  readText(path: string): string | undefined;
  /** Bytes [offset, offset + length) of a file, fewer at its end. */
  readBytes(path: string, offset: number, length: number): Uint8Array;
  /** Size in bytes; undefined where there is no such file. */
  fileSize(path: string): number | undefined;
  /** Writes a whole file so that a crash leaves the old one or the new one. */
  replaceText(path: string, text: string): void;
  /** What is in a folder, by name; empty where there is no such folder. */
  list(folder: string): FolderEntry[];
  makeFolder(path: string): void;
  rename(from: string, to: string): void;
  /** Removes a file; one that is gone already is fine. */
  remove(path: string): void;
  /** Makes renames and removals in a folder survive a power cut. */
  syncFolder(path: string): void;
  /** Makes a file's contents survive a power cut. */
  syncFile(path: string): void;
}

export const localDisk: Disk = {
  openAppend: (path) => new LocalAppendFile(path),
  readText: (path) => orUndefined(() => Deno.readTextFileSync(path)),
  readBytes,
  fileSize: (path) => orUndefined(() => Deno.statSync(path).size),
  replaceText,
  list,
  makeFolder: (path) => Deno.mkdirSync(path, { recursive: true }),
  rename: (from, to) => Deno.renameSync(from, to),
  remove: (path) => void orUndefined(() => Deno.removeSync(path)),
  syncFolder: syncPath,
  syncFile: syncPath,
};

class LocalAppendFile implements AppendFile {
  readonly #file: Deno.FsFile;
  size: number;

  constructor(path: string) {
    this.#file = Deno.openSync(path, { create: true, append: true });
    this.size = this.#file.statSync().size;
  }

  append(bytes: Uint8Array): void {
    try {
      for (let written = 0; written < bytes.length;) {
        written += this.#file.writeSync(bytes.subarray(written));
      }
    } catch (error) {
      // A full disk can take half a line; cutting back works on a full disk too.
      this.#file.truncateSync(this.size);
      throw error;
    }
    this.size += bytes.length;
  }

  async sync(): Promise<void> {
    await this.#file.syncData();
  }

  close(): void {
    this.#file.close();
  }
}

function readBytes(path: string, offset: number, length: number): Uint8Array {
  using file = Deno.openSync(path);
  file.seekSync(offset, Deno.SeekMode.Start);
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = file.readSync(buffer.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}

function replaceText(path: string, text: string): void {
  const part = `${path}.part`;
  Deno.writeTextFileSync(part, text);
  syncPath(part);
  Deno.renameSync(part, path);
  syncPath(dirname(path));
}

function list(folder: string): FolderEntry[] {
  const entries = orUndefined(() => [...Deno.readDirSync(folder)]) ?? [];
  return entries
    .map(({ name, isDirectory }) => ({ name, isFolder: isDirectory }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Works for folders as well: Deno opens them for reading, and fsync needs no more. */
function syncPath(path: string): void {
  using file = Deno.openSync(path);
  file.syncSync();
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
