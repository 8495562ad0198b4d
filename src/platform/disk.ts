/**
 * Files, as the journal needs them: small synchronous steps, so that nothing can come between two of them, and an
 * fsync that does not stop the clock. Tests bring a disk that fails, fills up or forgets.
 */
import { dirname } from "node:path";
import { type AppendFile, LocalAppendFile } from "./append_file.ts";
import { identityOf, quickIdentity } from "./file_identity.ts";

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** What a folder knows of a file. */
export interface FileFacts {
  readonly bytes: number;
  /** When it was last written, in epoch milliseconds; 0 where the system does not know. */
  readonly writtenMs: number;
}

/** Fewer bytes where the file has no more. */
export interface FileEnds extends FileFacts {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

export interface Disk {
  /** Opens for appending; creates the file. */
  openAppend(path: string): AppendFile;
  /** The file's text; undefined where there is no such file. */
  readText(path: string): string | undefined;
  /** Bytes [offset, offset + length) of a file, fewer at its end. */
  readBytes(path: string, offset: number, length: number): Uint8Array;
  /** A file's facts, its first and its last bytes, with one opening; undefined where there is no such file. */
  readEnds(path: string, headBytes: number, tailBytes: number): FileEnds | undefined;
  /** Size in bytes; undefined where there is no such file. */
  fileSize(path: string): number | undefined;
  /** Size and time of a file; undefined where there is no such file. */
  fileFacts(path: string): FileFacts | undefined;
  /** Which file or folder a path leads to: stays the same over renames; undefined where there is none. */
  identity(path: string): string | undefined;
  /** Writes a whole file so that a crash leaves the old one or the new one. */
  replaceText(path: string, text: string): void;
  /**
   * Writes text that ends with a line break over a file that is there, in the room that it has: for a full disk, as a crash
   * can leave a part of either. Grows the file first by blanks, so that a disk without room for that leaves it as it was.
   */
  overwriteText(path: string, text: string): void;
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

/** What a disk asks of the operating system; tests bring one that remembers. */
export type SystemCalls = Pick<
  typeof Deno,
  | "openSync"
  | "statSync"
  | "readDirSync"
  | "readTextFileSync"
  | "writeTextFileSync"
  | "copyFileSync"
  | "renameSync"
  | "removeSync"
  | "mkdirSync"
>;

/** A disk on the calls of an operating system. */
export function diskOn(system: SystemCalls): Disk {
  /** Works for folders as well: Deno opens them for reading, and fsync needs no more. */
  const syncFile = (path: string) => {
    using file = system.openSync(path);
    file.syncSync();
  };
  const syncFolder = (path: string) => unlessRefused(() => syncFile(path));
  /** Puts what `write` writes in the place of a file: a crash leaves the old one or the new one. */
  const replace = (path: string, write: (part: string) => void) => {
    const part = `${path}.part`;
    write(part);
    syncFile(part);
    system.renameSync(part, path);
    syncFolder(dirname(path));
  };
  const makeFolder = (path: string) => {
    if (orUndefined(() => system.statSync(path))) return;
    makeFolder(dirname(path));
    system.mkdirSync(path, { recursive: true });
    // Above the data folder may be folders that only others may read: their owners look after them.
    unlessForbidden(() => syncFolder(dirname(path)));
  };
  return {
    openAppend: (path) =>
      new LocalAppendFile(system.openSync(path, { create: true, append: true })),
    readText: (path) => orUndefined(() => system.readTextFileSync(path)),
    readBytes: (path, offset, length) => readBytes(system, path, offset, length),
    readEnds: (path, headBytes, tailBytes) =>
      orUndefined(() => readEnds(system, path, headBytes, tailBytes)),
    fileSize: (path) => orUndefined(() => system.statSync(path).size),
    fileFacts: (path) => orUndefined(() => factsOf(system.statSync(path))),
    identity: (path) => orUndefined(() => identityOf(system.statSync(path))),
    replaceText: (path, text) => replace(path, (part) => system.writeTextFileSync(part, text)),
    overwriteText: (path, text) => overwrite(system, path, new TextEncoder().encode(text)),
    copyFile: (from, to) => replace(to, (part) => system.copyFileSync(from, part)),
    list: (folder) => list(system, folder),
    makeFolder,
    rename: (from, to) => system.renameSync(from, to),
    remove: (path) => void orUndefined(() => system.removeSync(path)),
    syncFolder,
    syncFile,
  };
}

const onDeno = diskOn(Deno);

export const localDisk: Disk = {
  ...onDeno,
  identity: (path) => quickIdentity(path) ?? onDeno.identity(path),
};

function overwrite(system: SystemCalls, path: string, bytes: Uint8Array): void {
  using file = system.openSync(path, { read: true, write: true });
  const { size } = file.statSync();
  try {
    file.seekSync(0, Deno.SeekMode.End);
    writeAll(file, new Uint8Array(Math.max(0, bytes.length - size)).fill(0x20));
    file.syncSync();
  } catch (error) {
    file.truncateSync(size);
    throw error;
  }
  file.seekSync(0, Deno.SeekMode.Start);
  writeAll(file, bytes);
  file.truncateSync(bytes.length);
  file.syncSync();
}

function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
}

function readBytes(
  system: SystemCalls,
  path: string,
  offset: number,
  length: number,
): Uint8Array {
  using file = system.openSync(path);
  return readFrom(file, offset, length);
}

function readEnds(
  system: SystemCalls,
  path: string,
  headBytes: number,
  tailBytes: number,
): FileEnds {
  using file = system.openSync(path);
  const facts = factsOf(file.statSync());
  const { bytes } = facts;
  return {
    ...facts,
    head: readFrom(file, 0, Math.min(bytes, headBytes)),
    tail: readFrom(file, Math.max(0, bytes - tailBytes), Math.min(bytes, tailBytes)),
  };
}

function factsOf({ size, mtime }: Deno.FileInfo): FileFacts {
  return { bytes: size, writtenMs: mtime?.getTime() ?? 0 };
}

function readFrom(file: Deno.FsFile, offset: number, length: number): Uint8Array {
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

function list(system: SystemCalls, folder: string): FolderEntry[] {
  const entries = orUndefined(() => [...system.readDirSync(folder)]) ?? [];
  return entries
    .map(({ name, isDirectory }) => ({ name, isFolder: isDirectory }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Some file systems (shares, FUSE) keep names safe without being asked, and refuse to be asked. */
const NOT_FOR_FOLDERS = ["EINVAL", "EBADF", "ENOTSUP", "EOPNOTSUPP"];

function unlessRefused(sync: () => void): void {
  try {
    sync();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!NOT_FOR_FOLDERS.includes(code)) throw error;
  }
}

function unlessForbidden(sync: () => void): void {
  try {
    sync();
  } catch (error) {
    if (!(error instanceof Deno.errors.PermissionDenied)) throw error;
  }
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
