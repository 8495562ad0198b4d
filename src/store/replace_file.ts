import { dirname } from "node:path";
import { StoreError } from "../model/mod.ts";
import type { DataFolder } from "../journal/mod.ts";
import { failPoint, waitForLock } from "../platform/mod.ts";

/** Readers hold the lock for one question; a fold can wait for the slowest of them. */
const LOCK_TIMEOUT_MS = 60_000;

/**
 * Puts a finished file in the place of another while no reader is reading: a crash leaves the old one or the new one.
 * @throws {StoreError} when readers hold the store for too long
 */
export async function replaceFile(folder: DataFolder, part: string, target: string): Promise<void> {
  failPoint("replace.before_sync");
  folder.disk.syncFile(part);
  {
    using lock = await waitForLock(folder.foldLock, "exclusive", LOCK_TIMEOUT_MS);
    if (!lock) {
      throw new StoreError(
        `readers held the store for ${LOCK_TIMEOUT_MS / 1000} s; the rows stay in the journal`,
        ["the next fold takes them: mtr fold"],
      );
    }
    failPoint("replace.before_rename");
    folder.disk.rename(part, target);
    failPoint("replace.after_rename");
  }
  folder.disk.syncFolder(dirname(target));
}
