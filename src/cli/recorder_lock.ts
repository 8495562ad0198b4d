/** Who is recording into a data folder: the lock says whether, its file says who. */
import { join } from "node:path";
import type { DataFolder } from "../journal/mod.ts";
import { type FileLock, hostName, tryLock } from "../platform/mod.ts";

/** What a recorder writes into its lock file. */
export interface RecorderInfo {
  readonly pid: number;
  /** The machine that the pid is of: a folder can be shared. */
  readonly machine: string;
  readonly host: string;
  readonly since: number;
  readonly source: string;
  readonly interval_ms: number;
}

/** Takes the lock of a host; null while another recorder holds it. */
export function lockForRecording(folder: DataFolder, host: string): FileLock | null {
  return tryLock(folder.recordLock(host), "exclusive");
}

export function writeRecorderInfo(folder: DataFolder, info: RecorderInfo): void {
  // In place: a renamed file would be another one than the locked one.
  Deno.writeTextFileSync(folder.recordLock(info.host), JSON.stringify(info) + "\n");
}

/** What the lock file of a host says, whether or not its writer is alive. */
export function readRecorderInfo(folder: DataFolder, host: string): RecorderInfo | null {
  try {
    return JSON.parse(folder.disk.readText(folder.recordLock(host)) ?? "null");
  } catch {
    return null;
  }
}

/** The recorders that are running on this folder now. */
export function runningRecorders(folder: DataFolder): RecorderInfo[] {
  const hosts = folder.disk.list(folder.path)
    .map(({ name }) => /^record\.(.+)\.lock$/.exec(name)?.[1])
    .filter((host) => host !== undefined);
  return hosts.filter((host) => isLocked(folder, host))
    .map((host) => readRecorderInfo(folder, host))
    .filter((info) => info !== null);
}

/** Whether somebody holds the lock of a host now. */
export function isLocked(folder: DataFolder, host: string): boolean {
  try {
    const lock = tryLock(join(folder.path, `record.${host}.lock`), "shared");
    lock?.release();
    return lock === null;
  } catch {
    return false;
  }
}

/** Whether a recorder runs on this machine, so that it can be signalled. */
export function isHere(info: RecorderInfo): boolean {
  return info.machine === hostName();
}
