/** What could not be read is kept in a folder of its own. mtr deletes nothing from it. */
import { basename, join } from "node:path";
import type { DataFolder } from "../journal/mod.ts";
import { failPoint } from "../platform/mod.ts";

/**
 * Moves a file (or a folder) out of the way, with a note beside it that says where it was, and why it went.
 * @returns the sentence that tells the user
 */
export function setAside(folder: DataFolder, path: string, name: string, reason: string): string {
  const aside = join(folder.quarantine, name);
  folder.disk.makeFolder(folder.quarantine);
  folder.disk.replaceText(`${aside}.txt`, `${path}\nset aside: ${reason}\n`);
  failPoint("aside.before_rename");
  folder.disk.rename(path, aside);
  folder.disk.syncFolder(folder.quarantine);
  return `${path} was moved to ${aside}: ${reason}`;
}

/** Keeps a copy of a file of which a part could not be read, before what could be read is folded. */
export function keepCopy(folder: DataFolder, path: string, name = basename(path)): void {
  folder.disk.makeFolder(folder.quarantine);
  folder.disk.copyFile(path, join(folder.quarantine, name));
}
