/** A range, reduced to the tables that questions are asked of: rolled-up days and rows together. */
import type { Metric } from "../../model/mod.ts";
import type { Store } from "../store.ts";
import type { RolledMonth } from "../rollup/select_rollups.ts";
import { isByHour, readDays, rolledCellBins, rolledTables } from "./read_rolled.ts";
import { reduceRange, type RowsReduced } from "./reduce_range.ts";
import { CELLS_OF_HOURS, makeHourBins, makeSaturations, type RowRange } from "./reduce_rows.ts";
import type { ReducedTable } from "./reduced_tables.ts";
import { unionByName } from "../sql_text.ts";

const MINUTE_MS = 60_000;
const QUARTER_HOUR_MS = 900_000;
const HOUR_MS = 3_600_000;

/** What the range holds as a whole. */
export interface Overview {
  readonly samples: number;
  readonly first_ms: number;
  readonly last_ms: number;
  readonly recorded_ms: number;
  readonly shortest_ms: number;
}

/** A range whose tables are made. */
export interface Reduced {
  readonly overview: Overview;
  /** The metrics that `value_counts` has. */
  readonly counted: readonly Metric[];
  /** How long the longest of `metric_spans` are. */
  readonly spanMs: number;
  readonly rows: RowsReduced;
}

export interface ReduceOptions {
  /** Metrics of which only the distribution is wanted. */
  readonly alsoCount?: readonly Metric[];
  /** Whether `reduceToCellBins` will be asked for. */
  readonly withCells?: boolean;
}

/** Making a table costs more than reading the parts twice, but of `runs`, which are few and asked often. */
const AS: Readonly<Record<ReducedTable, "TABLE" | "VIEW">> = {
  value_counts: "VIEW",
  metric_spans: "VIEW",
  busy_minutes: "VIEW",
  runs: "TABLE",
};

/** Makes the tables of reduced_tables.ts; null when the range has no rows. */
export async function reduce(
  store: Store,
  metrics: readonly Metric[],
  range: RowRange,
  { alsoCount = [], withCells = false }: ReduceOptions = {},
): Promise<Reduced | null> {
  const { database, rolled } = store;
  const wanted = { metrics, counted: [...metrics, ...alsoCount], withCells };
  const { how, tables } = await reduceRange(store, wanted, range);
  const parts = [
    ...(tables ? [tables] : []),
    ...(rolled.length > 0 ? [rolledTables(rolled, wanted)] : []),
  ];
  if (parts.length === 0) return null;
  for (const [name, as] of Object.entries(AS) as [ReducedTable, "TABLE" | "VIEW"][]) {
    const rows = unionByName(parts.map((part) => part[name]));
    await database.run(`CREATE OR REPLACE TEMP ${as} ${name} AS ${rows}`);
  }
  const [overview] = await database.rows<Overview>(
    `SELECT sum(row_count)::BIGINT AS samples, min(first_ms) AS first_ms, max(last_ms) AS last_ms,
       sum(recorded_ms) AS recorded_ms, min(shortest_ms) AS shortest_ms FROM runs`,
  );
  if (!overview || overview.samples === 0) return null;
  return { overview, counted: wanted.counted, spanMs: longestSpanMs(rolled, how), rows: how };
}

function longestSpanMs(rolled: readonly RolledMonth[], how: RowsReduced): number {
  if (rolled.some(isByHour)) return HOUR_MS;
  return rolled.length > 0 || how === "by month" ? QUARTER_HOUR_MS : MINUTE_MS;
}

/** Makes `cell_bins` (metric, cell, bin, weight_ms) of the range: distributions within hours of the week, to ±1 %. */
export async function reduceToCellBins(
  { database, rolled }: Store,
  { rows }: Reduced,
  metrics: readonly Metric[],
  range: RowRange,
): Promise<void> {
  const parts = rolled.length > 0 ? [rolledCellBins(rolled, metrics)] : [];
  if (rows === "by month") parts.push("SELECT * FROM month_of_cells");
  if (rows === "at once") {
    await makeHourBins(database, metrics, range);
    parts.push(CELLS_OF_HOURS);
  }
  await database.run(
    `CREATE OR REPLACE TEMP VIEW cell_bins AS ${unionByName(parts)}`,
  );
}

/** Makes `saturations` (metric, start_ms, end_ms) of the range: stretches above 90 %. */
export async function reduceToSaturations(
  { database, rolled }: Store,
  { rows }: Reduced,
  metrics: readonly Metric[],
  range: RowRange,
): Promise<void> {
  const parts = rolled.length > 0
    ? [`SELECT metric, start_ms, end_ms FROM (${readDays("saturations", rolled, metrics)})`]
    : [];
  if (rows === "by month") parts.push("SELECT * FROM month_of_saturations");
  if (rows === "at once") {
    await makeSaturations(database, metrics, range);
    parts.push("SELECT * FROM row_saturations");
  }
  await database.run(
    `CREATE OR REPLACE TEMP VIEW saturations AS ${unionByName(parts)}`,
  );
}
