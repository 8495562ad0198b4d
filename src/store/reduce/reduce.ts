/** A range, reduced to the tables that questions are asked of: rolled-up days and rows together. */
import type { Metric } from "../../model/mod.ts";
import type { Database } from "../database.ts";
import type { RollupKind } from "../rollup/kinds.ts";
import type { RolledMonth } from "../rollup/select_rollups.ts";
import { quoteList, quoteText } from "../sql_text.ts";
import type { Store } from "../store.ts";
import {
  makeHourBins,
  makeMinutes,
  makeRuns,
  makeSaturations,
  makeValueCounts,
  type RowRange,
} from "./reduce_rows.ts";
import candidatesSql from "./sql/busy_candidates.sql" with { type: "text" };

/** What the range holds as a whole. */
export interface Overview {
  readonly samples: number;
  readonly first_ms: number;
  readonly last_ms: number;
  readonly recorded_ms: number;
  readonly shortest_ms: number;
}

export interface ReduceOptions {
  /** Metrics of which only the distribution is wanted. */
  readonly alsoCount?: readonly Metric[];
}

/**
 * Makes these tables of the range; null when it has no rows.
 *
 * - `value_counts` (metric, value, n, weight_ms): exact distributions; a value may stand in several rows
 * - `metric_spans` (metric, minute, utc_offset_min, n, weight_ms, weighted_sum, min, max): spans of one or 15 minutes
 * - `busy_minutes` (metric, minute, weight_ms, weighted_sum): all minutes that can be in the busiest 15
 * - `runs`: see reduce_rows.ts
 */
export async function reduce(
  { database, rolled }: Store,
  metrics: readonly Metric[],
  range: RowRange,
  { alsoCount = [] }: ReduceOptions = {},
): Promise<Overview | null> {
  const counted = [...metrics, ...alsoCount];
  await makeMinutes(database, metrics, range);
  await makeRuns(database);
  await makeValueCounts(database, counted, range);
  if (rolled.length > 0) await addRolledDays(database, { metrics, counted, rolled });
  else await useMinutesOnly(database);
  const [overview] = await database.rows<Overview>(
    `SELECT sum(row_count)::BIGINT AS samples, min(first_ms) AS first_ms, max(last_ms) AS last_ms,
       sum(recorded_ms) AS recorded_ms, min(shortest_ms) AS shortest_ms FROM runs`,
  );
  return overview && overview.samples > 0 ? overview : null;
}

/** Makes `hour_bins` (metric, local_hour, bin, weight_ms) of the range, from rolled-up days and rows. */
export async function reduceToHourBins(
  { database, rolled }: Store,
  metrics: readonly Metric[],
  range: RowRange,
): Promise<void> {
  await makeHourBins(database, metrics, range);
  if (rolled.length === 0) return;
  await database.run(`INSERT INTO hour_bins
    SELECT metric, local_hour, unnest(bins) AS bin, unnest(bin_weights) AS weight_ms
    FROM (${readRolled("hours", rolled, metrics)})`);
}

/** Makes `saturations` (metric, start_ms, end_ms) of the range: stretches above 90 %. Needs `runs`. */
export async function reduceToSaturations(
  { database, rolled }: Store,
  metrics: readonly Metric[],
  range: RowRange,
): Promise<void> {
  await makeSaturations(database, metrics, range);
  if (rolled.length === 0) return;
  await database.run(`INSERT INTO saturations
    SELECT metric, start_ms, end_ms FROM (${readRolled("saturations", rolled, metrics)})`);
}

async function useMinutesOnly(database: Database): Promise<void> {
  await database.run("CREATE OR REPLACE TEMP VIEW metric_spans AS SELECT * FROM metric_minutes");
  await database.run(
    "CREATE OR REPLACE TEMP VIEW busy_minutes AS SELECT metric, minute, weight_ms, weighted_sum FROM metric_minutes",
  );
}

interface RolledDays {
  readonly metrics: readonly Metric[];
  /** Metrics of which the distribution is wanted: the others and more. */
  readonly counted: readonly Metric[];
  readonly rolled: readonly RolledMonth[];
}

async function addRolledDays(
  database: Database,
  { metrics, counted, rolled }: RolledDays,
): Promise<void> {
  await database.run(`INSERT INTO value_counts
    SELECT metric, value, sum(n), sum(weight_ms) FROM (${
    readRolled("counts", rolled, counted)
  }) GROUP BY ALL`);
  await database.run(`INSERT INTO runs BY NAME
    SELECT * EXCLUDE (date) FROM (${readRolled("runs", rolled)})`);
  await database.run(
    `CREATE OR REPLACE TEMP VIEW rolled_quarters AS ${readRolled("quarters", rolled, metrics)}`,
  );
  await database.run(`CREATE OR REPLACE TEMP TABLE metric_spans AS
    SELECT metric, minute, utc_offset_min, n, weight_ms, weighted_sum, min, max FROM metric_minutes
    UNION ALL
    SELECT metric, quarter::BIGINT * 15, utc_offset_min, n, weight_ms, weighted_sum, min, max FROM rolled_quarters`);
  await database.run(`CREATE OR REPLACE TEMP TABLE busy_minutes AS ${candidatesSql}`);
}

/** Rows of a kind for the selected days and metrics. Whole months are not filtered by day. */
function readRolled(
  kind: RollupKind,
  rolled: readonly RolledMonth[],
  metrics?: readonly Metric[],
): string {
  const whole = rolled.filter(({ isWhole }) => isWhole).map(({ paths }) => paths[kind]);
  const wanted = metrics === undefined
    ? "true"
    : `metric IN (${metrics.map(({ id }) => quoteText(id)).join(", ")})`;
  const read = (paths: readonly string[], dates = "true") =>
    `SELECT * FROM read_parquet(${
      quoteList(paths)
    }, hive_partitioning = false) WHERE ${wanted} AND ${dates}`;
  const parts = rolled.filter(({ isWhole }) => !isWhole).map(({ paths, dates }) =>
    read([paths[kind]], `date IN (${dates.map((date) => `DATE ${quoteText(date)}`).join(", ")})`)
  );
  return [...(whole.length > 0 ? [read(whole)] : []), ...parts].join("\nUNION ALL BY NAME\n");
}
