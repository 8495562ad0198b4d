import { dirname } from "node:path";
import { messageOf, StoreError, UsageError } from "../model/mod.ts";
import type { FileLock } from "../platform/mod.ts";
import {
  claimHost,
  type DataFolder,
  type Host,
  type Machine,
  rememberHost,
} from "../journal/mod.ts";
import { lastSeqOf } from "../store/mod.ts";
import {
  lockForRecording,
  readRecorderInfo,
  type RecorderInfo,
  writeRecorderInfo,
} from "./recorder_lock.ts";

/**
 * A recorder's place in a data folder: its host's entry in mtr.json, its lock and what the lock file says. It is taken
 * again when the folder is removed or swapped while the recording goes on.
 */
export class RecordingPlace implements Disposable {
  #lock: FileLock;
  /** Which file is locked. */
  #locked: string | undefined;
  #info: RecorderInfo | undefined;

  private constructor(readonly folder: DataFolder, readonly host: Host, lock: FileLock) {
    this.#lock = lock;
    this.#locked = this.#lockFile;
  }

  /**
   * Makes the folder and takes the place of this machine's recorder in it.
   * @throws {StoreError} when the folder cannot be written
   * @throws {UsageError} when the host is being recorded already
   */
  static async take(folder: DataFolder, machine: Machine): Promise<RecordingPlace> {
    const host = await makeAndClaim(folder, machine);
    const lock = lockForRecording(folder, host.id);
    if (!lock) throw alreadyRecorded(folder, host);
    return new RecordingPlace(folder, host, lock);
  }

  /** The first sequence number that no segment of this host has had. */
  nextSeq(): number {
    return Math.max(this.host.last_seq, lastSeqOf(this.folder, this.host.id)) + 1;
  }

  /** Says in the lock file who records. */
  announce(info: RecorderInfo): void {
    this.#info = info;
    writeRecorderInfo(this.folder, info);
  }

  /** Writes what mtr.json has to know of this recording. */
  async remember(lastSeq: number, bootId: string): Promise<void> {
    await rememberHost(this.folder, { ...this.host, last_seq: lastSeq, boot_id: bootId });
  }

  /**
   * Takes the place in the folder that is at the path by now; one that is gone is made again.
   * @returns the first sequence number that is free in it
   * @throws {StoreError} while there is no place: the disk is gone, another recorder records there
   */
  reopen(): number {
    const { folder, host } = this;
    const parent = dirname(folder.path);
    // A disk that was unplugged: a folder in its place would hide the disk's when it comes back.
    if (folder.disk.identity(parent) === undefined) {
      throw new StoreError(`${folder.path} is gone, and ${parent} as well`);
    }
    folder.create();
    if (this.#lockFile === undefined || this.#lockFile !== this.#locked) this.#lockAgain();
    rememberHost(folder, host).catch(() => {
      // mtr.json is written again at the end, and rows can be read without it.
    });
    return this.nextSeq();
  }

  [Symbol.dispose](): void {
    this.#lock.release();
  }

  #lockAgain(): void {
    const lock = lockForRecording(this.folder, this.host.id);
    if (!lock) throw new StoreError(alreadyRecorded(this.folder, this.host).message);
    this.#lock.release();
    this.#lock = lock;
    this.#locked = this.#lockFile;
    if (this.#info) writeRecorderInfo(this.folder, this.#info);
  }

  get #lockFile(): string | undefined {
    return this.folder.disk.identity(this.folder.recordLock(this.host.id));
  }
}

async function makeAndClaim(folder: DataFolder, machine: Machine): Promise<Host> {
  try {
    folder.create();
    return await claimHost(folder, machine);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      `the data folder ${folder.path} can't be written: ${messageOf(error)}`,
      ["use another one: mtr record --data-dir DIR, or set MTR_DATA_DIR"],
      { cause: error },
    );
  }
}

function alreadyRecorded(folder: DataFolder, host: Host): UsageError {
  const other = readRecorderInfo(folder, host.id);
  return new UsageError(
    `${host.name} is being recorded into ${folder.path} already` +
      (other ? `, by pid ${other.pid}` : ""),
    ["look at it: mtr status", "end it:     mtr stop"],
  );
}
