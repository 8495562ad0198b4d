/** SQL of rolled-up days, in the shape of the tables that reports ask. */
import type { Metric } from "../../model/mod.ts";
import type { DayKind, MonthKind, RollupKind } from "../rollup/kinds.ts";
import type { RolledMonth } from "../rollup/select_rollups.ts";
import { quoteList, quoteText } from "../sql_text.ts";
import type { ReducedTables, Wanted } from "./reduced_tables.ts";

/** The selected days as parts of the tables of reduced_tables.ts. */
export function rolledTables(
  rolled: readonly RolledMonth[],
  { metrics, counted }: Wanted,
): ReducedTables {
  return {
    value_counts: readSums(rolled, counted, {
      month: ["month_counts", "metric, value, n, weight_ms"],
      day: ["counts", "metric, value, n, weight_ms"],
    }),
    metric_spans: `SELECT metric, quarter::BIGINT * 15 AS minute, utc_offset_min, n, weight_ms,
        weighted_sum, min, max
      FROM (${readDays("quarters", rolled, metrics)})`,
    busy_minutes: `SELECT metric, minute::BIGINT AS minute, weight_ms, weighted_sum
      FROM (${readDays("busy", rolled, metrics)})`,
    runs: `SELECT * EXCLUDE (date) FROM (${readDays("runs", rolled)})`,
  };
}

/** `metric, cell, bin, weight_ms` of the selected days. A cell is an hour of the week since Monday 0:00. */
export function rolledCellBins(rolled: readonly RolledMonth[], metrics: readonly Metric[]): string {
  return readSums(rolled, metrics, {
    month: ["month_cells", "metric, cell, bin, weight_ms"],
    day: [
      "hours",
      "metric, (local_hour - 96) % 168 AS cell, unnest(bins) AS bin, unnest(bin_weights) AS weight_ms",
    ],
  });
}

/** Rows of a kind for the selected days and metrics. */
export function readDays(
  kind: DayKind,
  rolled: readonly RolledMonth[],
  metrics?: readonly Metric[],
): string {
  return union([
    ...readWhole(kind, rolled, "*", metrics),
    ...readSome(kind, rolled, "*", metrics),
  ]);
}

/** Whole months from what is summed up already, the other days one by one. */
function readSums(
  rolled: readonly RolledMonth[],
  metrics: readonly Metric[],
  { month, day }: {
    readonly month: readonly [kind: MonthKind, columns: string];
    readonly day: readonly [kind: DayKind, columns: string];
  },
): string {
  return union([
    ...readWhole(month[0], rolled, month[1], metrics),
    ...readSome(day[0], rolled, day[1], metrics),
  ]);
}

function readWhole(
  kind: RollupKind,
  rolled: readonly RolledMonth[],
  columns: string,
  metrics?: readonly Metric[],
): string[] {
  const paths = rolled.filter(({ isWhole }) => isWhole).map(({ paths }) => paths[kind]);
  return paths.length > 0 ? [read(paths, columns, isWanted(metrics))] : [];
}

function readSome(
  kind: DayKind,
  rolled: readonly RolledMonth[],
  columns: string,
  metrics?: readonly Metric[],
): string[] {
  return rolled.filter(({ isWhole }) => !isWhole).map(({ paths, dates }) => {
    const days = dates.map((date) => `DATE ${quoteText(date)}`).join(", ");
    return read([paths[kind]], columns, `${isWanted(metrics)} AND date IN (${days})`);
  });
}

function read(paths: readonly string[], columns: string, where: string): string {
  return `SELECT ${columns}
    FROM read_parquet(${quoteList(paths)}, hive_partitioning = false)
    WHERE ${where}`;
}

function isWanted(metrics: readonly Metric[] | undefined): string {
  if (metrics === undefined) return "true";
  return `metric IN (${metrics.map(({ id }) => quoteText(id)).join(", ")})`;
}

function union(parts: readonly string[]): string {
  return parts.join("\nUNION ALL BY NAME\n");
}
