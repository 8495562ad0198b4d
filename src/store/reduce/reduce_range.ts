import { DATASETS } from "../../model/mod.ts";
import type { Database } from "../database.ts";
import { type DayFile, hasSegments } from "../listing.ts";
import { DAY_ROLLUPS } from "../rollup/kinds.ts";
import type { Store } from "../store.ts";
import { journalTable, storedViewSql } from "../views.ts";
import { readStatistics } from "./file_statistics.ts";
import { countValues, type KnownOfRows, type RowFacts, usualLength } from "./count_values.ts";
import { makeMinutes } from "./make_minutes.ts";
import {
  CELLS_OF_HOURS,
  makeHourBins,
  makeRuns,
  makeSaturations,
  type RowRange,
} from "./reduce_rows.ts";
import type { ReducedTables, Wanted } from "./reduced_tables.ts";

/** Rows of more days are reduced some months at a time, so that the minutes of these only are in memory. */
const MOST_DAYS_AT_ONCE = 31;
/** What some fifty megabytes hold: the minutes of a quarter of a year, of four metrics. */
const METRIC_MONTHS_AT_ONCE = 12;
const MOST_MONTHS_AT_ONCE = 3;
const DAY_MS = 86_400_000;

/** How the rows of a range were reduced: there were none, or few, or so many that it was done some months at a time. */
export type RowsReduced = "none" | "at once" | "by month";

export interface ReducedRows {
  readonly how: RowsReduced;
  /** What the rows add to the tables; null where there are none. */
  readonly tables: ReducedTables | null;
}

const AT_ONCE: ReducedTables = {
  value_counts: "SELECT * FROM row_counts",
  metric_spans: "SELECT * FROM metric_minutes",
  busy_minutes: "SELECT * FROM near_busiest",
  runs: "SELECT * FROM row_runs",
};

/** Months are reduced as finished days are: to the kinds of rollups. */
const BY_MONTH: ReducedTables = {
  value_counts: "SELECT * FROM month_of_counts",
  metric_spans: "SELECT * EXCLUDE (quarter), quarter * 15 AS minute FROM month_of_quarters",
  busy_minutes: "SELECT * FROM month_of_busy",
  runs: "SELECT * FROM month_of_runs",
};

/** What is kept of each month, by the names of tables: the kinds of rollups, and bins of the cells of heatmaps. */
const MONTHLY: readonly (readonly [name: string, sql: string])[] = [
  ...DAY_ROLLUPS.filter(({ kind }) => kind !== "hours").map(({ kind, sql }) =>
    [kind, sql] as const
  ),
  [
    "cells",
    `SELECT metric, cell, bin, sum(weight_ms) AS weight_ms FROM (${CELLS_OF_HOURS}) GROUP BY ALL`,
  ],
];

/** Reduces the rows of `stored_samples` that are in a range. */
export async function reduceRange(
  store: Store,
  wanted: Wanted,
  range: RowRange,
): Promise<ReducedRows> {
  const { database, listing, mayHaveRows } = store;
  if (!mayHaveRows) return { how: "none", tables: null };
  const days = listing.files.filter(({ dataset }) => dataset === "samples");
  if (days.length > MOST_DAYS_AT_ONCE) return await reduceByMonth(store, wanted, days, range);
  // Where rollups answer there are none, and what follows would take longer than all else.
  const usual = await usualLength(database, range);
  if (!usual) return { how: "none", tables: null };
  const constants = await layOut(store, days, range);
  const facts = await reduceRows(database, wanted, range, { constants, usualLength: usual });
  return facts ? { how: "at once", tables: AT_ONCE } : { how: "none", tables: null };
}

async function reduceByMonth(
  store: Store,
  wanted: Wanted,
  days: readonly DayFile[],
  range: RowRange,
): Promise<ReducedRows> {
  const { database, listing } = store;
  let isFirst = true;
  for (const month of monthsOf(range, days, monthsAtOnce(wanted))) {
    // Opening a year's files for each of a month's questions would cost more than these.
    const constants = await layOut(store, filesAround(days, month), month);
    const facts = await reduceRows(database, wanted, month, { constants });
    if (!facts) continue;
    await makeSaturations(database, wanted.metrics, month);
    if (wanted.withCells) await makeHourBins(database, wanted.metrics, month);
    for (const [name, sql] of MONTHLY.filter(([name]) => wanted.withCells || name !== "cells")) {
      await database.run(
        isFirst
          ? `CREATE OR REPLACE TEMP TABLE month_of_${name} AS ${sql}`
          : `INSERT INTO month_of_${name} BY NAME ${sql}`,
      );
    }
    isFirst = false;
  }
  await database.run(
    storedViewSql(DATASETS.samples, days, { journal: hasSegments(listing, "samples") }),
  );
  return isFirst ? { how: "none", tables: null } : { how: "by month", tables: BY_MONTH };
}

/**
 * Makes `stored_samples` of some files, so that questions on a range look at no more of each row than they have to: where
 * all rows of a file are in the range, no row has to be asked; what is the same in all rows is not read. Returns the columns
 * that have only one value in all rows of the range, and its SQL.
 */
async function layOut(
  { database, listing }: Store,
  files: readonly DayFile[],
  range: RowRange,
): Promise<ReadonlyMap<string, string>> {
  // Every question opens all of the files.
  await database.run("SET parquet_metadata_cache = true");
  const { spans, constants } = await readStatistics(database, files);
  const isInside = ({ path }: DayFile) => {
    const span = spans.get(path);
    return span !== undefined && span.first_ms >= range.start_ms && span.last_ms < range.end_ms;
  };
  const journal = hasSegments(listing, "samples");
  await database.run(
    storedViewSql(DATASETS.samples, files.filter(isInside), {
      apart: files.filter((file) => !isInside(file)),
      journal,
      constants,
    }),
  );
  return journal && await isInJournal(database, range) ? new Map() : constants;
}

async function isInJournal(database: Database, range: RowRange): Promise<boolean> {
  const rows = await database.rows(
    `SELECT 1 AS one
     FROM ${journalTable(DATASETS.samples)}
     WHERE ts >= make_timestamptz($start_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
     LIMIT 1`,
    { ...range },
  );
  return rows.length > 0;
}

/** Null where there are no rows. */
async function reduceRows(
  database: Database,
  { metrics, counted }: Wanted,
  range: RowRange,
  known: KnownOfRows,
): Promise<RowFacts | null> {
  const facts = await countValues(database, counted, range, known);
  if (!facts) return null;
  await makeMinutes(database, metrics, range, facts);
  await makeRuns(database);
  return facts;
}

function monthsAtOnce({ metrics, withCells }: Wanted): number {
  // There are many bins an hour.
  if (withCells) return 1;
  const most = Math.floor(METRIC_MONTHS_AT_ONCE / Math.max(1, metrics.length));
  return Math.min(MOST_MONTHS_AT_ONCE, Math.max(1, most));
}

/** The range, cut where a month begins in UTC, without months before the first and behind the last file. */
function monthsOf(range: RowRange, days: readonly DayFile[], atOnce: number): RowRange[] {
  const dates = days.map(({ date }) => Date.parse(date)).sort((a, b) => a - b);
  const first = Math.max(range.start_ms, (dates[0] ?? 0) - DAY_MS);
  const last = Math.min(range.end_ms, (dates.at(-1) ?? 0) + 2 * DAY_MS);
  const months: RowRange[] = [];
  for (let start = first; start < last;) {
    const at = new Date(start);
    const end = Math.min(last, Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + atOnce));
    months.push({ start_ms: start, end_ms: end });
    start = end;
  }
  return months;
}

/** Files are named by local days, which begin up to a day before and end up to a day behind those of UTC. */
function filesAround(days: readonly DayFile[], { start_ms: start, end_ms: end }: RowRange) {
  return days.filter(({ date }) => {
    const day = Date.parse(date);
    return day >= start - 2 * DAY_MS && day <= end + DAY_MS;
  });
}
