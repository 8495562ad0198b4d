import type { DataFolder } from "../../journal/mod.ts";
import type { DayFile } from "../listing.ts";
import type { RollupKind } from "./kinds.ts";
import { isFresh, type RollupMonth } from "./rollup_files.ts";
import { rowsGoneOf } from "./rows_gone.ts";

/** Rolled-up days of one month that a question uses. */
export interface RolledMonth {
  readonly paths: Readonly<Record<RollupKind, string>>;
  readonly dates: readonly string[];
  /** Whether these are all days of all the files, so that none has to be filtered out and what is summed up is right. */
  readonly isWhole: boolean;
}

export interface RolledSelection {
  readonly months: readonly RolledMonth[];
  /** Day files whose rows need not be read. */
  readonly covered: ReadonlySet<string>;
  /** Day files that are known to have no rows in the range. */
  readonly outside: ReadonlySet<string>;
}

/**
 * The days of a host that lie in a range as a whole and are rolled up as they are now, and those whose rows are gone and
 * which only their rollup remembers.
 */
export function selectRollups(
  folder: DataFolder,
  host: string,
  { rolledMonths, files, range }: {
    readonly rolledMonths: readonly RollupMonth[];
    readonly files: readonly DayFile[];
    readonly range: { readonly startMs: number; readonly endMs: number };
  },
): RolledSelection {
  const byDate = new Map(
    files.filter((file) => file.dataset === "samples" && file.host === host)
      .map((file) => [file.date, file]),
  );
  const isGone = rowsGoneOf(folder, host);
  const covered = new Set<string>();
  const outside = new Set<string>();
  const months = rolledMonths.map(({ paths, days, isSound }): RolledMonth => {
    const dates = [...days].flatMap(([date, day]) => {
      const file = byDate.get(date);
      const isOutside = day.last < range.startMs || day.first >= range.endMs;
      if (isOutside && file && isFresh(file, day)) outside.add(file.path);
      const isInside = day.first >= range.startMs && day.last < range.endMs;
      if (!isInside) return [];
      if (!file) return isGone(date) ? [date] : [];
      if (isFresh(file, day)) covered.add(file.path);
      // Rows that came after the day's own were removed stand beside its rollup.
      else if (!isGone(date)) return [];
      return [date];
    });
    return { paths, dates, isWhole: isSound && dates.length === days.size };
  });
  return { months: months.filter(({ dates }) => dates.length > 0), covered, outside };
}
