/** What `mtr prune` removed: `<data>/prune.log`, one JSON object a line, oldest first. */
import { join } from "node:path";
import type { DataFolder } from "../journal/mod.ts";

/** One removed file; its names are those of the log. */
export interface PrunedFile {
  /** Relative to the data folder. */
  readonly file: string;
  /** A dataset's name, or `rollups`. */
  readonly dataset: string;
  readonly host: string;
  /** `2026-11-22`, or `2026-11` for rollups. */
  readonly date: string;
  readonly rows: number;
  readonly bytes: number;
  readonly reason: "age" | "size";
}

export function pruneLogPath(folder: DataFolder): string {
  return join(folder.path, "prune.log");
}

/**
 * Notes files that are about to be removed, so that nothing goes without a line: a line whose file is still there tells
 * of a prune that was ended in between.
 * @throws {Error} of the operating system; nothing is to be removed then
 */
export async function logPruned(
  folder: DataFolder,
  files: readonly PrunedFile[],
  nowMs: number,
): Promise<void> {
  const time = new Date(nowMs).toISOString();
  const lines = files.map((file) => JSON.stringify({ time, ...file }) + "\n");
  const log = folder.disk.openAppend(pruneLogPath(folder));
  try {
    log.append(new TextEncoder().encode(lines.join("")));
    await log.sync();
  } finally {
    log.close();
  }
}

/** What the log says was removed; lines that a power cut tore are passed over. */
export function readPruneLog(folder: DataFolder): PrunedFile[] {
  const text = folder.disk.readText(pruneLogPath(folder)) ?? "";
  return text.split("\n").flatMap((line) => {
    try {
      const { file, dataset, host, date, rows, bytes, reason } = JSON.parse(line);
      return typeof file === "string" ? [{ file, dataset, host, date, rows, bytes, reason }] : [];
    } catch {
      return [];
    }
  });
}
