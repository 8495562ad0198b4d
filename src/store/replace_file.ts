import { dirname } from "node:path";
import type { DataFolder } from "../journal/mod.ts";
import { failPoint } from "../platform/mod.ts";
import { lockForReplacing } from "./store_lock.ts";

/**
 * Puts a finished file in the place of another while no reader is reading: a crash leaves the old one or the new one.
 * @throws {StoreError} when readers hold the store for too long
 */
export async function replaceFile(folder: DataFolder, part: string, target: string): Promise<void> {
  failPoint("replace.before_sync");
  folder.disk.syncFile(part);
  {
    using _lock = await lockForReplacing(folder);
    failPoint("replace.before_rename");
    folder.disk.rename(part, target);
    failPoint("replace.after_rename");
  }
  folder.disk.syncFolder(dirname(target));
}
