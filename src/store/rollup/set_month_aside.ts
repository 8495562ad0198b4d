import type { DataFolder } from "../../journal/mod.ts";
import { readFooter } from "../parquet_footer.ts";
import { keepCopy, setAside } from "../quarantine.ts";
import { MONTH_ROLLUPS, type RollupKind } from "./kinds.ts";
import { type RollupFile, rollupFiles } from "./rollup_files.ts";

/** Moves all rollups of a host's month to quarantine, or those of some kinds. Returns a sentence for each. */
export function setMonthAside(
  folder: DataFolder,
  host: string,
  month: string,
  reason: string,
  kinds?: readonly RollupKind[],
): string[] {
  return rollupFiles(folder).filter((file) =>
    file.host === host && file.month === month && (kinds === undefined || kinds.includes(file.kind))
  ).map(({ kind, path }) => setAside(folder, path, nameOf({ kind, host, month }), reason));
}

/**
 * Moves what is damaged of a month to quarantine. Where that is a kind of days, all of the month goes: nothing can be
 * carried over into new files, and days in the other kinds may have no rows any more, so that they are kept.
 */
export function setDamagedMonthAside(folder: DataFolder, host: string, month: string): string[] {
  const damaged = rollupFiles(folder).filter((file) =>
    file.host === host && file.month === month && !readFooter(folder.disk, file.path).whole
  ).map(({ kind }) => kind);
  return setKindsAside(folder, host, month, damaged);
}

/** The same for kinds that are known to be damaged. */
export function setKindsAside(
  folder: DataFolder,
  host: string,
  month: string,
  damaged: readonly RollupKind[],
): string[] {
  const [first] = damaged;
  if (first === undefined) return [];
  const isDerived = damaged.every((kind) => MONTH_ROLLUPS.some((of) => of.kind === kind));
  const reason = `${first} is damaged`;
  return setMonthAside(folder, host, month, reason, isDerived ? damaged : undefined);
}

/** Keeps copies of a month's rollups, before some of it is derived anew. */
export function keepMonth(folder: DataFolder, host: string, month: string): void {
  for (const file of rollupFiles(folder)) {
    if (file.host === host && file.month === month) keepCopy(folder, file.path, nameOf(file));
  }
}

function nameOf({ kind, host, month }: Omit<RollupFile, "path">): string {
  return `rollup.${kind}.${host}.${month}.${Date.now()}.parquet`;
}
