/**
 * Files, as the journal needs them: small synchronous steps, so that nothing can come between two of them, and an
 * fsync that does not stop the clock. Tests bring a disk that fails, fills up or forgets.
 */
import { dirname } from "node:path";
import { type AppendFile, identityOf, LocalAppendFile } from "./append_file.ts";

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
  /** Which file or folder a path leads to: stays the same over renames; undefined where there is none. */
  identity(path: string): string | undefined;
  /** Writes a whole file so that a crash leaves the old one or the new one. */
  replaceText(path: string, text: string): void;
  /** Writes a copy of a file, byte by byte, that survives a power cut. */
  copyFile(from: string, to: string): void;
  /** What is in a folder, by name; empty where there is no such folder. */
  list(folder: string): FolderEntry[];
  /** Makes a folder, and those above it, so that they survive a power cut. */
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
  openAppend: (path) => new LocalAppendFile(Deno.openSync(path, { create: true, append: true })),
  readText: (path) => orUndefined(() => Deno.readTextFileSync(path)),
  readBytes,
  fileSize: (path) => orUndefined(() => Deno.statSync(path).size),
  identity: (path) => orUndefined(() => identityOf(Deno.statSync(path))),
  replaceText,
  copyFile,
  list,
  makeFolder,
  rename: (from, to) => Deno.renameSync(from, to),
  remove: (path) => void orUndefined(() => Deno.removeSync(path)),
  syncFolder,
  syncFile: syncPath,
};

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
  syncFolder(dirname(path));
}

function copyFile(from: string, to: string): void {
  const part = `${to}.part`;
  Deno.copyFileSync(from, part);
  syncPath(part);
  Deno.renameSync(part, to);
  syncFolder(dirname(to));
}

function makeFolder(path: string): void {
  if (orUndefined(() => Deno.statSync(path))) return;
  makeFolder(dirname(path));
  Deno.mkdirSync(path, { recursive: true });
  syncParent(path);
}

/** Above the data folder may be folders that only others may read: their owners look after them. */
function syncParent(path: string): void {
  try {
    syncFolder(dirname(path));
  } catch (error) {
    if (!(error instanceof Deno.errors.PermissionDenied)) throw error;
  }
}

function list(folder: string): FolderEntry[] {
  const entries = orUndefined(() => [...Deno.readDirSync(folder)]) ?? [];
  return entries
    .map(({ name, isDirectory }) => ({ name, isFolder: isDirectory }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Some file systems (shares, FUSE) keep names safe without being asked, and refuse to be asked. */
const NOT_FOR_FOLDERS = ["EINVAL", "EBADF", "ENOTSUP", "EOPNOTSUPP"];

function syncFolder(path: string): void {
  try {
    syncPath(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!NOT_FOR_FOLDERS.includes(code)) throw error;
  }
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
    // A foreign file where a folder should be: nothing of ours is in it.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw error;
  }
}
