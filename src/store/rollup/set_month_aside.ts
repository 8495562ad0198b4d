import type { DataFolder } from "../../journal/mod.ts";
import { readFooter } from "../parquet_footer.ts";
import { setAside } from "../quarantine.ts";
import { rollupFiles } from "./rollup_files.ts";

/** Moves all rollups of a host's month to quarantine. Returns a sentence for each. */
export function setMonthAside(
  folder: DataFolder,
  host: string,
  month: string,
  reason: string,
): string[] {
  return rollupFiles(folder).filter((file) => file.host === host && file.month === month).map(
    ({ kind, path }) =>
      setAside(folder, path, `rollup.${kind}.${host}.${month}.${Date.now()}.parquet`, reason),
  );
}

/**
 * The same, where one kind is damaged: nothing of the month can be carried over into new files, and days in the other
 * kinds may have no rows any more, so that they are kept.
 */
export function setDamagedMonthAside(folder: DataFolder, host: string, month: string): string[] {
  const damaged = rollupFiles(folder).find((file) =>
    file.host === host && file.month === month && !readFooter(folder.disk, file.path).whole
  );
  return damaged ? setMonthAside(folder, host, month, `${damaged.kind} is damaged`) : [];
}
