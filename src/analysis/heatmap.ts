import type { Metric } from "../model/mod.ts";
import {
  fillSql,
  metricSource,
  quoteText,
  type Reduced,
  reduceToCellBins,
  type RowRange,
  type Store,
} from "../store/mod.ts";
import { isZoneClockSql } from "./clocks.ts";
import type { HeatmapCell } from "./report.ts";
import heatmapSql from "./sql/heatmap.sql" with { type: "text" };
import heatmapP95Sql from "./sql/heatmap_p95.sql" with { type: "text" };
import heatmapP95BinsSql from "./sql/heatmap_p95_bins.sql" with { type: "text" };

interface CellRow extends Omit<HeatmapCell, "p95"> {
  readonly metric: string;
  readonly first_used: number | null;
  readonly is_zone_clock: boolean;
}

export interface Heatmaps {
  /** By metric id, sorted. */
  readonly cells: ReadonlyMap<string, HeatmapCell[]>;
  /** Minute since 1970 of the first span with a value above zero, by metric id; without those that were never used. */
  readonly firstUsed: ReadonlyMap<string, number>;
  /** Whether all rows were recorded where clocks show what they do in the report's zone. */
  readonly isZoneClock: boolean;
}

interface HeatmapOptions {
  readonly reduced: Reduced;
  readonly withP95: boolean;
  /** IANA name of the report's zone. */
  readonly timeZone: string;
}

interface P95Row {
  readonly metric: string;
  readonly weekday: number;
  readonly hour: number;
  readonly p95: number;
}

/** Weekday × hour cells. `withP95` costs another pass over the rows. */
export async function heatmaps(
  store: Store,
  metrics: readonly Metric[],
  range: RowRange,
  { reduced, withP95, timeZone }: HeatmapOptions,
): Promise<Heatmaps> {
  const sql = fillSql(heatmapSql, { is_zone_clock: isZoneClockSql(reduced, timeZone) });
  const rows = await store.database.rows<CellRow>(sql);
  const p95s = withP95 ? await percentiles(store, metrics, range, reduced) : new Map();
  const byMetric = Map.groupBy(rows, ({ metric }) => metric);
  const cells = new Map([...byMetric].map(([id, of]) => [
    id,
    of.map((row) => ({
      weekday: row.weekday,
      hour: row.hour,
      mean: row.mean,
      max: row.max,
      count: row.count,
      p95: p95s.get(cellKey(row)) ?? null,
    })),
  ]));
  const firstUsed = new Map([...byMetric].flatMap(([id, of]) => {
    const minutes = of.flatMap(({ first_used: minute }) => minute ?? []);
    return minutes.length > 0 ? [[id, Math.min(...minutes)] as const] : [];
  }));
  return { cells, firstUsed, isZoneClock: rows.every((row) => row.is_zone_clock) };
}

/** Exact for a month of rows; within ±1 % for more of them, and where days come from rollups. */
async function percentiles(
  store: Store,
  metrics: readonly Metric[],
  range: RowRange,
  reduced: Reduced,
): Promise<Map<string, number>> {
  const rows = isByBins(store, reduced)
    ? await fromBins(store, metrics, range, reduced)
    : await fromRows(store, metrics, range, reduced);
  return new Map(rows.map((row) => [cellKey(row), row.p95]));
}

/** Whether p95 comes from bins: where days are rolled up, or there are so many that each value's time would not fit. */
export function isByBins({ rolled }: Store, { rows }: Reduced): boolean {
  return rolled.length > 0 || rows === "by month";
}

async function fromBins(
  store: Store,
  metrics: readonly Metric[],
  range: RowRange,
  reduced: Reduced,
): Promise<P95Row[]> {
  await reduceToCellBins(store, reduced, metrics, range);
  return await store.database.rows<P95Row>(heatmapP95BinsSql, {
    shortest_ms: reduced.overview.shortest_ms,
  });
}

async function fromRows(
  { database }: Store,
  metrics: readonly Metric[],
  range: RowRange,
  reduced: Reduced,
): Promise<P95Row[]> {
  const rows: P95Row[] = [];
  for (const { id } of metrics) {
    const sql = fillSql(heatmapP95Sql, { id: quoteText(id), sql: metricSource(id).sql });
    rows.push(
      ...await database.rows<P95Row>(sql, {
        ...range,
        shortest_ms: reduced.overview.shortest_ms,
      }),
    );
  }
  return rows;
}

function cellKey({ metric, weekday, hour }: Pick<P95Row, "metric" | "weekday" | "hour">): string {
  return `${metric} ${weekday} ${hour}`;
}
