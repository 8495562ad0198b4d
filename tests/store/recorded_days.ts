/** Data folders with a few finished days in them, for tests of what is done to a store later. */
import { dirname, join, relative } from "node:path";
import { createHash } from "node:crypto";
import type { AnalysisReport } from "../../src/analysis/mod.ts";
import type { DatasetName } from "../../src/model/mod.ts";
import type { DataFolder } from "../../src/journal/mod.ts";
import { foldJournal, withStore } from "../../src/store/mod.ts";
import { plainReport } from "../analysis/plain_report.ts";
import { whileDaysLast } from "./while_days_last.ts";
import { journalRows, sampleRow, ScratchFolder } from "../journal/scratch_folder.ts";

export const HOST = "box";
const DAY_MS = 86_400_000;
const STEP_MS = 600_000;

/** Noon of the day after the last of `dates`: that day is not over, the others are. */
export function nowAfter(dates: readonly string[]): number {
  return Date.parse(dates.at(-1) ?? "") + DAY_MS * 1.5;
}

/** `days` dates from `first` on. */
export function datesFrom(first: string, days: number): string[] {
  return Array.from(
    { length: days },
    (_, i) => new Date(Date.parse(first) + i * DAY_MS).toISOString().slice(0, 10),
  );
}

/** Files of a folder that is made once and copied often: contents by their names in it. */
export type Files = ReadonlyMap<string, Uint8Array>;

export function filesOf(folder: DataFolder): Files {
  const names = [...treeOf(folder).keys()];
  return new Map(names.map((name) => [name, Deno.readFileSync(join(folder.path, name))]));
}

export function copyInto(folder: DataFolder, files: Files): void {
  for (const [name, bytes] of files) {
    Deno.mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    Deno.writeFileSync(join(folder.path, name), bytes);
  }
}

const RECORDED = new Map<string, Promise<Files>>();

/** What of a day is recorded; tests that need less are faster. */
export interface RecordOptions {
  readonly host?: string;
  readonly datasets?: readonly DatasetName[];
  /** @default true */
  readonly rolledUp?: boolean;
}

/** A folder with these days recorded and folded; made once, then copied. */
export async function copyOfRecorded(
  dates: readonly string[],
  options: RecordOptions = {},
): Promise<ScratchFolder> {
  const key = JSON.stringify({ dates, options });
  const files = RECORDED.get(key) ?? recordOnce(dates, options);
  RECORDED.set(key, files);
  const folder = new ScratchFolder();
  copyInto(folder, await files);
  return folder;
}

async function recordOnce(
  dates: readonly string[],
  options: RecordOptions,
): Promise<Files> {
  using folder = new ScratchFolder();
  folder.nameHosts(HOST);
  const record = () => recordDays(folder, dates, options);
  await (options.rolledUp === false ? whileDaysLast(record) : record());
  return filesOf(folder);
}

/** Records whole days (UTC) of samples, series and sources, and folds them. */
export async function recordDays(
  folder: DataFolder,
  dates: readonly string[],
  { host = HOST, datasets = ["samples", "series", "sources"] }: RecordOptions = {},
): Promise<void> {
  for (const date of dates) {
    for (const dataset of datasets) await journalRows(folder, host, ROWS[dataset](date), dataset);
  }
  await foldJournal(folder);
}

type Row = { readonly ts: number; readonly utc_offset_min: number };

const ROWS: Readonly<Record<DatasetName, (date: string) => Row[]>> = {
  samples: (date) =>
    ticksOf(date).map((ts, i) =>
      sampleRow(ts, { interval_s: 600, cpu_pct: (i * 7) % 100, load1: i / 4 })
    ),
  series: (date) =>
    ticksOf(date).map((ts) => ({
      ...{ ts, utc_offset_min: 0 },
      ...{ metric: "core_pct", label: "0", value: 5 },
    })),
  sources: (date) =>
    ticksOf(date).map((ts) => ({
      ...{ ts, utc_offset_min: 0 },
      ...{ source: "native", description: "test", interval_s: 600, reads: 1, failures: 0 },
      ...{ not_ready: 0, dropped_values: 0, read_ms: 1 },
    })),
};

export function ticksOf(date: string): number[] {
  const midnight = Date.parse(date);
  return Array.from({ length: DAY_MS / STEP_MS }, (_, i) => midnight + i * STEP_MS);
}

export function dayFile(folder: DataFolder, date: string, dataset = "samples"): string {
  return join(folder.day(dataset as "samples", HOST, date), "rows.parquet");
}

/** A report on whole days. */
export function reportOn(
  folder: DataFolder,
  dates: readonly string[],
  { exact = false, heatStatistic = "mean" }: {
    readonly exact?: boolean;
    readonly heatStatistic?: "mean" | "p95";
  } = {},
): Promise<AnalysisReport> {
  const startMs = Date.parse(dates[0] ?? "");
  const endMs = Date.parse(dates.at(-1) ?? "") + DAY_MS;
  return plainReport(folder, { startMs, endMs, exact, heatStatistic });
}

/** How many samples of whole days every question is asked of: those of day files and journal. Faster than a report. */
export function rowsSeen(folder: DataFolder, dates: readonly string[]): Promise<number> {
  const startMs = Date.parse(dates[0] ?? "");
  const endMs = Date.parse(dates.at(-1) ?? "") + DAY_MS;
  return withStore(folder, { publicViews: false }, async ({ database }) => {
    const [seen] = await database.rows<{ n: number }>(
      `SELECT count(*) AS n FROM stored_samples
       WHERE host = '${HOST}' AND epoch_ms(ts) >= ${startMs} AND epoch_ms(ts) < ${endMs}`,
    );
    return seen?.n ?? 0;
  });
}

/** What a report says of CPU, without how it was made. */
export function figures({ samples, recordedS, metrics }: AnalysisReport) {
  return { samples, recordedS, statistics: metrics[0]?.statistics, heatmap: metrics[0]?.heatmap };
}

/** Every file under a folder with a hash of its contents, locks left out. */
export function treeOf(folder: DataFolder, under = folder.path): Map<string, string> {
  const tree = new Map<string, string>();
  for (const { name, isDirectory } of Deno.readDirSync(under)) {
    const path = join(under, name);
    if (isDirectory) treeOf(folder, path).forEach((hash, file) => tree.set(file, hash));
    else if (!name.endsWith(".lock")) {
      const hash = createHash("sha256").update(Deno.readFileSync(path)).digest("hex");
      tree.set(relative(folder.path, path), hash);
    }
  }
  return tree;
}
