import type { DataFolder } from "../journal/mod.ts";
import { localDate } from "../platform/mod.ts";
import { type DayFile, hasSegments, type Listing } from "./listing.ts";
import type { RollupMonth } from "./rollup/rollup_files.ts";
import { lostDays, rolledOnlyDays } from "./rollup/rows_gone.ts";
import { type RolledMonth, selectRollups } from "./rollup/select_rollups.ts";

export interface WantedRows {
  /** Only files that can hold rows of this range are opened. */
  readonly range?: { readonly startMs: number; readonly endMs: number };
  /** Only this host's rows. */
  readonly host?: string;
}

/** What a question reads. */
export interface ReadingPlan {
  readonly listing: Listing;
  readonly rolled: readonly RolledMonth[];
  readonly mayHaveRows: boolean;
  /** The newest day files, which the view `newest_samples` reads whether or not their days are rolled up. */
  readonly newest: readonly DayFile[];
  /** Days of the range whose rows are gone, and whose rollups do not fit the range. */
  readonly unanswered: readonly string[];
  /** Days of the range whose rows are gone, and whose rollups are damaged. */
  readonly lost: readonly string[];
  /** Months whose rollups turned out to be damaged: the same takes longer from elsewhere. */
  readonly unusable: readonly string[];
}

/**
 * Decides what is read from rollups and what from rows.
 * @param rolledMonths rollups that can be used
 * @param seemingMonths those that seemed usable, until a question failed
 */
export function planReading(
  folder: DataFolder,
  listing: Listing,
  { range, host }: WantedRows,
  rolledMonths: readonly RollupMonth[],
  seemingMonths = rolledMonths,
): ReadingPlan {
  const newest = newestOf(listing);
  const unusable = unusableMonths(seemingMonths, rolledMonths);
  if (!range || host === undefined) {
    return { listing, rolled: [], mayHaveRows: true, newest, unanswered: [], lost: [], unusable };
  }
  const { months, covered, outside } = selectRollups(folder, host, {
    rolledMonths,
    files: listing.files,
    range,
  });
  const files = listing.files.filter(({ path }) => !covered.has(path));
  const answered = new Set(months.flatMap(({ dates }) => dates));
  const unanswered = rolledOnlyDays(folder, listing.files, { host })
    .filter(({ first, last, date }) =>
      last >= range.startMs && first < range.endMs && !answered.has(date)
    );
  return {
    listing: { ...listing, files },
    rolled: months,
    mayHaveRows: hasSegments(listing, "samples") ||
      files.some(({ dataset, path }) => dataset === "samples" && !outside.has(path)),
    newest,
    unanswered: unanswered.map(({ date }) => date),
    lost: lostDays(folder, listing.files, host)
      .filter((date) => date >= localDate(range.startMs, 0) && date < localDate(range.endMs, 0)),
    unusable,
  };
}

/** Of the months of a range, those that only seemed sound. */
function unusableMonths(
  months: readonly RollupMonth[],
  usable: readonly RollupMonth[],
): string[] {
  const sound = new Set(usable.filter(({ isSound }) => isSound).map(({ month }) => month));
  return months.filter(({ month, isSound }) => isSound && !sound.has(month))
    .map(({ month }) => month);
}

/** With the slack around a range, up to two of the files may hold only later rows. */
const NEWEST_FILES = 3;

function newestOf({ files }: Listing): DayFile[] {
  return files.filter(({ dataset }) => dataset === "samples")
    .sort((a, b) => (a.date < b.date ? 1 : -1)).slice(0, NEWEST_FILES);
}
