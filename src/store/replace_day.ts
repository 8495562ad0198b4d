/** What mtr.json says of days whose rows are gone stays right when a day's file is replaced or set aside. */
import { checkFooter } from "./parquet_footer.ts";
import type { DataFolder } from "../journal/mod.ts";
import type { DayFile } from "./listing.ts";
import { setAside } from "./quarantine.ts";
import { replaceFile } from "./replace_file.ts";
import { isFresh, rollupMonth } from "./rollup/rollup_files.ts";
import { rowsGoneOf, withRowsGone } from "./rollup/rows_gone.ts";

type NamedFile = Pick<DayFile, "dataset" | "host" | "date" | "path">;

/**
 * Puts a day's file that holds all rows of the one before in its place. A prune that was ended may have called the day's rows
 * gone without removing them: its rollup and the new file would both be counted, so the word is taken back.
 */
export async function replaceDay(folder: DataFolder, part: string, file: NamedFile): Promise<void> {
  const { dataset, host, date } = file;
  if (dataset === "samples" && rowsGoneOf(folder, host)(date) && isAsRolledUp(folder, file)) {
    await folder.updateInfo((info) => withRowsGone(info, host, { drop: [date] }));
  }
  await replaceFile(folder, part, file.path);
}

function isAsRolledUp(folder: DataFolder, file: NamedFile): boolean {
  const bytes = folder.disk.fileSize(file.path);
  if (bytes === undefined) return false;
  const footer = checkFooter(folder.disk, file.path);
  if (!footer.whole) return false;
  const { lastSeq, check } = footer;
  return isFresh({ ...file, bytes, lastSeq: lastSeq ?? 0, check }, rolledDay(folder, file));
}

function rolledDay(folder: DataFolder, { host, date }: Pick<DayFile, "host" | "date">) {
  return rollupMonth(folder, host, date.slice(0, 7)).days.get(date);
}

/**
 * Moves a day's damaged file to quarantine; its rollup, where there is one, answers for the day from then on. First the word,
 * then the move: in between, the day is answered as before.
 * @returns the sentence that tells the user
 */
export async function setDayAside(
  folder: DataFolder,
  { dataset, host, date, path }: NamedFile,
  reason: string,
): Promise<string> {
  if (dataset === "samples" && rolledDay(folder, { host, date })) {
    await folder.updateInfo((info) => withRowsGone(info, host, { add: [date] }));
  }
  return setAside(folder, path, `${dataset}.${host}.${date}.${Date.now()}.parquet`, reason);
}
