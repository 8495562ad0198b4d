/**
 * Days whose rows are gone on purpose while their rollups stay (`rows_gone` of mtr.json). Without that word a day file
 * that is not there is one that somebody removed, and nothing is said about its day.
 */
import type { DataFolder, FolderInfo, RowsGone } from "../../journal/mod.ts";
import type { RecordedDay } from "../listing.ts";
import { type RolledDay, rollupMonth, rollupMonths } from "./rollup_files.ts";
import { localDate } from "../../platform/mod.ts";

const DAY_MS = 86_400_000;

export interface RolledOnlyDay extends RolledDay {
  readonly host: string;
  readonly date: string;
}

/** Whether a day's rows are known to be gone. Rows of it that are there all the same came later. */
export function rowsGoneOf(folder: DataFolder, host: string): (date: string) => boolean {
  const stretches = folder.info()?.rows_gone?.[host] ?? [];
  return (date) => stretches.some(([first, last]) => first <= date && date <= last);
}

/** Days that only rollups can answer for, in order: of all hosts, or of one. */
export function rolledOnlyDays(
  folder: DataFolder,
  files: readonly RecordedDay[],
  { host }: { readonly host?: string } = {},
): RolledOnlyDay[] {
  // Most folders never lost a row: their rollups need not be looked at.
  const hosts = Object.keys(folder.info()?.rows_gone ?? {});
  return hosts.filter((one) => host === undefined || one === host).flatMap((one) => {
    const isGone = rowsGoneOf(folder, one);
    const samples = files.filter((file) => file.dataset === "samples" && file.host === one);
    const there = new Set(samples.map(({ date }) => date));
    return rollupMonths(folder, one).flatMap(({ days }) =>
      [...days].filter(([date]) => isGone(date) && !there.has(date))
        .map(([date, day]) => ({ ...day, host: one, date }))
    );
  }).sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Days of a host without rows whose rollups are there and can't be used, because one of their month's is damaged. */
export function lostDays(
  folder: DataFolder,
  files: readonly RecordedDay[],
  host: string,
): string[] {
  const samples = files.filter((file) => file.dataset === "samples" && file.host === host);
  const there = new Set(samples.map(({ date }) => date));
  const stretches = folder.info()?.rows_gone?.[host] ?? [];
  const dates = stretches.flatMap(([first, last]) => datesFrom(first, last))
    .filter((date) => !there.has(date));
  return [...Map.groupBy(dates, (date) => date.slice(0, 7))].flatMap(([month, ofMonth]) => {
    const { isSound, days } = rollupMonth(folder, host, month);
    return isSound ? [] : ofMonth.filter((date) => !days.has(date));
  });
}

/** What mtr.json says with other days of a host as gone. */
export function withRowsGone(
  info: FolderInfo,
  host: string,
  { add = [], drop = [] }: { readonly add?: readonly string[]; readonly drop?: readonly string[] },
): FolderInfo {
  const before = (info.rows_gone?.[host] ?? []).flatMap(([first, last]) => datesFrom(first, last));
  const dates = [...new Set([...before, ...add])].filter((date) => !drop.includes(date)).sort();
  const others = Object.entries(info.rows_gone ?? {}).filter(([id]) => id !== host);
  const gone = dates.length > 0 ? [[host, stretchesOf(dates)] as const] : [];
  return { ...info, rows_gone: Object.fromEntries([...others, ...gone]) };
}

function stretchesOf(dates: readonly string[]): RowsGone {
  const stretches: [first: string, last: string][] = [];
  for (const date of dates) {
    const current = stretches.at(-1);
    if (current && dayAfter(current[1]) === date) current[1] = date;
    else stretches.push([date, date]);
  }
  return stretches;
}

function datesFrom(first: string, last: string): string[] {
  const dates: string[] = [];
  for (let date = first; date <= last; date = dayAfter(date)) dates.push(date);
  return dates;
}

function dayAfter(date: string): string {
  return localDate(Date.parse(date) + DAY_MS, 0);
}
