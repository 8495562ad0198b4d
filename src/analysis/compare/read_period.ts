/** What is read of one period: its hours, and statistics of those that are compared. */
import type { Metric } from "../../model/mod.ts";
import {
  type DataFolder,
  fillSql,
  metricSource,
  type Overview,
  quoteText,
  reduce,
  withStore,
} from "../../store/mod.ts";
import { type Distribution, distributions } from "../distribution.ts";
import type { ReportRange } from "../report.ts";
import countsSql from "../sql/compare_counts.sql" with { type: "text" };
import hoursSql from "../sql/compare_hours.sql" with { type: "text" };
import firstUseSql from "../sql/first_use.sql" with { type: "text" };
import type { HourMean } from "./day_blocks.ts";

/** Half of an hour has to be recorded for its mean to stand for it. */
const FULL_ENOUGH_MS = 1_800_000;

/** One hour of one metric, however little of it was recorded; see compare_hours.sql. */
export interface HourRow {
  readonly metric: string;
  readonly local_hour: number;
  readonly mean: number;
  readonly weight_ms: number;
  readonly max: number;
  readonly first_used: number | null;
  readonly last_used: number | null;
}

export interface ReadPeriod {
  readonly range: ReportRange;
  readonly overview: Overview;
  /** How long the longest spans are that hours are made of. */
  readonly spanMs: number;
  readonly hours: readonly HourRow[];
  /** Of everything in the range, by metric id. */
  readonly distributions: ReadonlyMap<string, Distribution>;
  /** Days that were answered from rollups. */
  readonly rolledDays: number;
  readonly notes: readonly string[];
}

export interface ReadOptions {
  readonly range: ReportRange;
  readonly metrics: readonly Metric[];
  /** Id of the host. */
  readonly host: string;
  readonly exact: boolean;
}

/** Null where nothing was recorded in the range. */
export async function readPeriod(
  folder: DataFolder,
  { range, metrics, host, exact }: ReadOptions,
): Promise<ReadPeriod | null> {
  const opened = { range, host, useRollups: !exact, publicViews: false };
  return await withStore(folder, opened, async (store) => {
    const rows = { start_ms: range.startMs, end_ms: range.endMs };
    const reduced = await reduce(store, metrics, rows);
    if (!reduced) return null;
    const { overview, spanMs } = reduced;
    return {
      range,
      overview,
      spanMs,
      hours: await store.database.rows<HourRow>(hoursSql),
      distributions: await distributions(store.database, metrics, overview.shortest_ms),
      rolledDays: store.rolled.reduce((sum, { dates }) => sum + dates.length, 0),
      notes: store.notes,
    };
  });
}

/** Statistics of those hours of the week (weekday × 24 + hour) only. Always from rows: rollups of values know no hours. */
export async function distributionsOfCells(
  folder: DataFolder,
  { overview }: ReadPeriod,
  { range, metrics, host, cells }: ReadOptions & { readonly cells: readonly number[] },
): Promise<ReadonlyMap<string, Distribution>> {
  if (cells.length === 0) return new Map();
  return await withStore(folder, { range, host, publicViews: false }, async ({ database }) => {
    const parts = metrics.map(({ id }) =>
      fillSql(countsSql, {
        id: quoteText(id),
        sql: metricSource(id).sql,
        cells: cells.join(", "),
      })
    );
    await database.run(
      `CREATE OR REPLACE TEMP TABLE value_counts AS ${parts.join("\nUNION ALL\n")}`,
      { start_ms: range.startMs, end_ms: range.endMs },
    );
    return await distributions(database, metrics, overview.shortest_ms);
  });
}

/** The first or last row of a span in which a metric was above zero; the span itself where rows are gone. */
export async function momentOfUse(
  folder: DataFolder,
  { minute, spanMs, metric, host, which }: {
    readonly minute: number;
    readonly spanMs: number;
    readonly metric: Metric;
    readonly host: string;
    readonly which: "first" | "last";
  },
): Promise<number> {
  const range = { startMs: minute * 60_000, endMs: minute * 60_000 + spanMs };
  const [found] = await withStore(
    folder,
    { range, host, publicViews: false },
    ({ database }) =>
      database.rows<{ first_ms: number | null; last_ms: number | null }>(
        fillSql(firstUseSql, { sql: metricSource(metric.id).sql }),
        { start_ms: range.startMs, end_ms: range.endMs },
      ),
  );
  return found?.[`${which}_ms`] ?? range.startMs;
}

/** Hours of a metric of which at least half was recorded. */
export function fullHours(hours: readonly HourRow[], metric: string): HourMean[] {
  return hours
    .filter((row) => row.metric === metric && row.weight_ms >= FULL_ENOUGH_MS)
    .map(({ local_hour: localHour, mean }) => ({ localHour, mean }));
}

/** Hours of which at least half was recorded, whatever was known of them. */
export function recordedHours(hours: readonly HourRow[]): number[] {
  const full = hours.filter(({ weight_ms: weightMs }) => weightMs >= FULL_ENOUGH_MS);
  return [...new Set(full.map(({ local_hour: localHour }) => localHour))];
}
