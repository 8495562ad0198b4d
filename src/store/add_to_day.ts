/** Rows that do not come from the journal into days that may have rows already. Whoever calls holds the folding lock. */
import { dirname, join } from "node:path";
import { messageOf, StoreError } from "../model/mod.ts";
import type { DataFolder } from "../journal/mod.ts";
import { copyToFile, type DayOf } from "./day_file.ts";
import { type DayFile, hasSegments } from "./listing.ts";
import { replaceDay } from "./replace_day.ts";
import { parquetSql } from "./sql_text.ts";
import type { Store } from "./store.ts";
import { storedViewSql } from "./views.ts";
import { localDate } from "../platform/mod.ts";

const DAY_MS = 86_400_000;

/** A day's file with rows added, finished and not yet in its place. */
export interface GrownDay {
  readonly part: string;
  readonly day: DayOf;
}

/**
 * Binds the view `stored_<dataset>` to what is stored around a day: files of it and its neighbours, and the journal. (A
 * moment can be in two dates' files, where the zone changed.)
 */
export async function viewAround(
  { database, listing }: Store,
  { dataset, host, date }: DayOf,
): Promise<void> {
  const shifted = (days: number) => localDate(Date.parse(date) + days * DAY_MS, 0);
  const dates = [shifted(-1), date, shifted(1)];
  const files = listing.files.filter((file) =>
    file.dataset === dataset.name && file.host === host && dates.includes(file.date)
  );
  const journal = hasSegments(listing, dataset.name);
  await database.run(storedViewSql(dataset, files, { journal }));
}

/** Whether the day has a file that can't be read: nothing can be added to it. */
export function isDamaged(
  { listing }: Pick<Store, "listing">,
  folder: DataFolder,
  day: DayOf,
): boolean {
  return folder.disk.fileSize(targetOf(folder, day)) !== undefined && !fileOf(listing.files, day);
}

/**
 * Writes the day's file anew, with the rows of a query added, beside its place. It still says up to which segment it
 * holds the journal: no row of the journal is hidden or doubled by it.
 */
export async function growDay(
  { database, listing }: Store,
  folder: DataFolder,
  day: DayOf,
  query: string,
): Promise<GrownDay> {
  const target = targetOf(folder, day);
  const part = join(folder.tmp, `grown.${day.dataset.name}.${day.host}.${day.date}.part`);
  const file = fileOf(listing.files, day);
  const before = file ? [`SELECT * FROM ${parquetSql(target)}`] : [];
  await copyToFile(database, day.dataset, [...before, query], {
    part,
    lastSeq: file?.lastSeq ?? 0,
  });
  return { part, day };
}

/**
 * Puts grown days in their places. Not within `withStore`: it waits until nobody reads. Rollups of such a day are of
 * another version of its file, so that it is answered from its rows until the next fold rolls it up.
 */
export async function putInPlace(folder: DataFolder, days: readonly GrownDay[]): Promise<void> {
  const waiting = [...days];
  try {
    for (let grown = waiting[0]; grown; grown = waiting[0]) {
      const { part, day } = grown;
      const path = targetOf(folder, day);
      folder.disk.makeFolder(dirname(path));
      await replaceDay(folder, part, { ...day, dataset: day.dataset.name, path });
      waiting.shift();
    }
  } catch (error) {
    // What is in its place stays there; on a full disk the rest would be in the way.
    for (const { part } of waiting) folder.disk.remove(part);
    throw new StoreError(
      `${waiting.length} of ${days.length} files could not be replaced: ${messageOf(error)}`,
      ["run it again: what is stored by now is not stored twice"],
      { cause: error },
    );
  }
}

function targetOf(folder: DataFolder, { dataset, host, date }: DayOf): string {
  return join(folder.day(dataset.name, host, date), "rows.parquet");
}

function fileOf(files: readonly DayFile[], { dataset, host, date }: DayOf): DayFile | undefined {
  return files.find((file) =>
    file.dataset === dataset.name && file.host === host && file.date === date
  );
}
