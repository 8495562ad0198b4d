/** Which finished days are rolled up, and in which files. */
import { join } from "node:path";
import type { DataFolder } from "../../journal/mod.ts";
import type { DayFile, FoundFile } from "../listing.ts";
import { footerText, readFooter } from "../parquet_footer.ts";
import { type RollupKind, ROLLUPS } from "./kinds.ts";

/** Key of the footer under which the days of a rollup file stand. */
export const DAYS_KEY = "mtr_days";

/** The version of a day file that was rolled up, and the first and last tick in it. */
export interface RolledDay {
  readonly seq: number;
  readonly bytes: number;
  /** `DayFile.check` of that version; older rollups do not have it. */
  readonly check?: string;
  readonly first: number;
  readonly last: number;
}

/** The rollups of one month of a host. */
export interface RollupMonth {
  readonly host: string;
  /** `2026-11` */
  readonly month: string;
  readonly paths: Readonly<Record<RollupKind, string>>;
  /** Days that are in all kinds of days, by date. */
  readonly days: ReadonlyMap<string, RolledDay>;
  /** Days that any of its files names. */
  readonly named: ReadonlySet<string>;
  /**
   * Whether all files hold the same days. They do not where a fold was ended between two of them: a file may hold more days
   * than all of them, and what is summed up may be of other days.
   */
  readonly isSound: boolean;
  /** When the first of its files was written, in epoch milliseconds. */
  readonly writtenMs: number;
}

export function rollupPath(
  folder: DataFolder,
  kind: RollupKind,
  host: string,
  month: string,
): string {
  return join(folder.path, "rollups", kind, `host=${host}`, `month=${month}`, "rows.parquet");
}

/** One file of rollups. */
export interface RollupFile {
  readonly kind: RollupKind;
  readonly host: string;
  /** `2026-11` */
  readonly month: string;
  readonly path: string;
}

/** Every file of rollups that is there, whole or not. */
export function rollupFiles(folder: DataFolder): RollupFile[] {
  const { disk } = folder;
  return ROLLUPS.flatMap(({ kind }) => {
    const ofKind = join(folder.path, "rollups", kind);
    return disk.list(ofKind).flatMap(({ name: hostFolder }) => {
      const host = /^host=(.+)$/.exec(hostFolder)?.[1];
      if (host === undefined) return [];
      return disk.list(join(ofKind, hostFolder)).flatMap(({ name }) => {
        const month = /^month=(\d{4}-\d\d)$/.exec(name)?.[1];
        if (month === undefined) return [];
        const path = rollupPath(folder, kind, host, month);
        return disk.fileSize(path) === undefined ? [] : [{ kind, host, month, path }];
      });
    });
  });
}

/** The rollups of a host's months, or of those that are wanted; months without readable files have no days. */
export function rollupMonths(
  folder: DataFolder,
  host: string,
  isWanted: (month: string) => boolean = () => true,
): RollupMonth[] {
  const { disk } = folder;
  const [first] = ROLLUPS;
  const months = disk.list(join(folder.path, "rollups", first?.kind ?? "", `host=${host}`))
    .map(({ name }) => /^month=(\d{4}-\d\d)$/.exec(name)?.[1])
    .filter((month) => month !== undefined && isWanted(month)) as string[];
  return months.map((month) => rollupMonth(folder, host, month));
}

export function rollupMonth(folder: DataFolder, host: string, month: string): RollupMonth {
  const paths = Object.fromEntries(
    ROLLUPS.map(({ kind }) => [kind, rollupPath(folder, kind, host, month)]),
  ) as Record<RollupKind, string>;
  const texts = ROLLUPS.map(({ of, kind }) => ({ of, ...daysText(folder, paths[kind]) }));
  // Mostly one: what all files say.
  const parsed = new Map(texts.map(({ text }) => [text, parseDays(text)]));
  const ofDayKinds = [...new Set(texts.filter(({ of }) => of === "day").map(({ text }) => text))]
    .map((text) => parsed.get(text) ?? {});
  const [some = {}, ...others] = ofDayKinds;
  const inAll = Object.entries(some).filter(([date, day]) =>
    others.every((days) => JSON.stringify(days[date]) === JSON.stringify(day))
  );
  return {
    host,
    month,
    paths,
    days: new Map(inAll),
    named: new Set([...parsed.values()].flatMap((days) => Object.keys(days))),
    isSound: parsed.size === 1,
    writtenMs: Math.min(...texts.map(({ writtenMs }) => writtenMs)),
  };
}

/** Whether a rolled-up day is of the file that is there now. */
export function isFresh(file: DayFile, day: RolledDay | undefined): boolean {
  if (day === undefined) return false;
  const isSame = day.seq === file.lastSeq && day.bytes === file.bytes;
  // A file that was not opened has been found unchanged, and rollups of an older mtr do not know better.
  const isUnknown = day.check === undefined || file.check === undefined;
  return isSame && (isUnknown || day.check === file.check);
}

/**
 * Tells the last sequence number of day files that are as they were when they were rolled up: of the same size, and not
 * written since. So the files of a year need not be opened to answer from rollups.
 */
export function seqFromRollups(
  months: readonly RollupMonth[],
): (file: FoundFile) => number | undefined {
  const byMonth = new Map(months.map((month) => [`${month.host}/${month.month}`, month]));
  return (file) => seqAsRolledUp(byMonth.get(`${file.host}/${monthOf(file)}`), file);
}

/** The last sequence number of a day file by its month's rollups; undefined where they may be of another version of it. */
export function seqAsRolledUp(
  month: RollupMonth | undefined,
  { dataset, date, bytes, writtenMs }: FoundFile,
): number | undefined {
  if (dataset !== "samples") return undefined;
  const day = month?.days.get(date);
  if (!month || day?.bytes !== bytes || writtenMs === 0) return undefined;
  return writtenMs <= month.writtenMs ? day.seq : undefined;
}

/** Which month's rollups a day belongs to. */
export function monthOf({ date }: { readonly date: string }): string {
  return date.slice(0, 7);
}

/** The rollups of months, each read when it is first asked for. */
export function monthReader(
  folder: DataFolder,
): (day: { readonly host: string; readonly date: string }) => RollupMonth {
  const months = new Map<string, RollupMonth>();
  return (day) => {
    const key = `${day.host}/${monthOf(day)}`;
    const month = months.get(key) ?? rollupMonth(folder, day.host, monthOf(day));
    months.set(key, month);
    return month;
  };
}

/** A rollup that cannot be read is one that is not there: its days are answered from rows. */
const NO_DAYS = { text: "{}", writtenMs: 0 };

/** The days that a file says it has, and when it was written. */
function daysText(
  folder: DataFolder,
  path: string,
): { readonly text: string; readonly writtenMs: number } {
  try {
    const footer = readFooter(folder.disk, path);
    if (!footer.whole) return NO_DAYS;
    return { text: footerText(footer.bytes, DAYS_KEY) ?? "{}", writtenMs: footer.writtenMs };
  } catch {
    return NO_DAYS;
  }
}

function parseDays(text: string): Readonly<Record<string, RolledDay>> {
  try {
    const days: unknown = JSON.parse(text);
    return typeof days === "object" && days !== null ? days as Record<string, RolledDay> : {};
  } catch {
    return {};
  }
}
