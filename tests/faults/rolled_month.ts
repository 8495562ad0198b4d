/** A month of which a day has only its rollups left, one is rolled up, and one is not yet: before and after the next fold. */
import { deepEqual, ok } from "node:assert/strict";
import type { AnalysisReport } from "../../src/analysis/mod.ts";
import { type DataFolder, foldJournal, planPrune, prune } from "../../src/store/mod.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import {
  copyInto,
  datesFrom,
  type Files,
  filesOf,
  HOST,
  recordDays,
  reportOn,
} from "../store/recorded_days.ts";
import { whileDaysLast } from "../store/while_days_last.ts";

const DAY_MS = 86_400_000;
export const DAYS = datesFrom("2025-02-10", 3);
export const [GONE = "", ROLLED = "", NEW = ""] = DAYS;
/** A report on days without rows; on all; on those that were rolled up before; on those with rows. */
export const RANGES: readonly (readonly string[])[] = [[GONE], DAYS, [GONE, ROLLED], [ROLLED, NEW]];

export interface RolledMonth {
  /** Before the third day is rolled up, and after it. */
  readonly before: Files;
  readonly after: Files;
  /** What rows said of one of RANGES when all were there; asked for once. */
  readonly truthOf: (range: readonly string[]) => Promise<AnalysisReport>;
}

let MADE: Promise<RolledMonth> | undefined;

/** Made once. */
export function rolledMonth(): Promise<RolledMonth> {
  MADE ??= make();
  return MADE;
}

async function make(): Promise<RolledMonth> {
  using folder = new ScratchFolder();
  folder.nameHosts(HOST);
  const datasets = ["samples"] as const;
  await recordDays(folder, [GONE, ROLLED], { datasets });
  await whileDaysLast(() => recordDays(folder, [NEW], { datasets }));
  const withRows = filesOf(folder);
  const truths = new Map<readonly string[], Promise<AnalysisReport>>();
  const truthOf = (range: readonly string[]) => {
    const truth = truths.get(range) ?? reportFromRows(withRows, range);
    truths.set(range, truth);
    return truth;
  };
  await pruneBefore(folder, ROLLED);
  const before = filesOf(folder);
  await foldJournal(folder);
  return { before, after: filesOf(folder), truthOf };
}

async function reportFromRows(files: Files, range: readonly string[]): Promise<AnalysisReport> {
  using folder = copyOf(files);
  return await report(folder, range, { exact: true });
}

/** Removes the rows of days before a date. */
export async function pruneBefore(folder: DataFolder, date: string): Promise<void> {
  const nowMs = Date.parse(date) + DAY_MS / 2;
  await prune(folder, await planPrune(folder, { rowsOlderThanMs: 0, nowMs }), nowMs);
}

export function copyOf(files: Files): ScratchFolder {
  const folder = new ScratchFolder();
  copyInto(folder, files);
  return folder;
}

export function report(
  folder: DataFolder,
  dates: readonly string[],
  { exact = false } = {},
): Promise<AnalysisReport> {
  return reportOn(folder, dates, { exact, heatStatistic: "p95" });
}

/** Reports say of each range what rows say. */
export async function assertTrue(
  folder: DataFolder,
  { truthOf }: RolledMonth,
  when: string,
  ranges = RANGES,
): Promise<void> {
  for (const range of ranges) {
    const what = `${range.length} days from ${range[0]} ${when}`;
    assertSame(await report(folder, range), await truthOf(range), what);
  }
}

export function assertSame(found: AnalysisReport, truth: AnalysisReport, what: string): void {
  deepEqual(comparable(found), comparable(truth), what);
  for (const [i, { heatmap }] of found.metrics.entries()) {
    for (const [j, { p95 }] of heatmap.entries()) {
      const exact = truth.metrics[i]?.heatmap[j]?.p95 ?? Number.NaN;
      // Cells are of bins of one percent.
      ok(Math.abs((p95 ?? 0) - exact) <= 0.01 * Math.max(1, exact), `p95 of a cell: ${what}`);
    }
  }
}

/** Notes of data that is missing, not of rollups whose rows answered instead. */
export function notesOfData({ notes }: AnalysisReport): string[] {
  return notes.filter((note) => !/^rollups of [\d, -]+ are damaged and were left out, /.test(note));
}

/** All that rollups say exactly; percentiles of cells are not among it. */
export function comparable(report: AnalysisReport) {
  const { samples, recordedS, gaps, metrics } = report;
  const round = (value: number | null) => value === null ? null : Number(value.toPrecision(10));
  return {
    ...{ samples, recordedS, notes: notesOfData(report), gaps },
    metrics: metrics.map(({ metric, statistics, heatmap, peak, sufficiency }) => ({
      id: metric.id,
      statistics: Object.values(statistics).map(round),
      heatmap: heatmap.map((cell) => [cell.weekday, cell.hour, round(cell.mean), cell.max]),
      peak: peak && [peak.startMs, peak.endMs, round(peak.mean)],
      ...{ longest: sufficiency?.longestAbove90, verdict: sufficiency?.verdict },
    })),
  };
}
