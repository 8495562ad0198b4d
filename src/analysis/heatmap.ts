import type { Metric } from "../model/mod.ts";
import { type Database, metricSource, quoteText } from "../store/mod.ts";
import { fillSql } from "./fill_sql.ts";
import type { RowRange } from "./minutes.ts";
import type { HeatmapCell } from "./report.ts";
import heatmapSql from "./sql/heatmap.sql" with { type: "text" };
import heatmapP95Sql from "./sql/heatmap_p95.sql" with { type: "text" };

interface CellRow extends Omit<HeatmapCell, "p95"> {
  readonly metric: string;
}

interface P95Row {
  readonly metric: string;
  readonly weekday: number;
  readonly hour: number;
  readonly p95: number;
}

/** Weekday × hour cells by metric id, sorted. `withP95` costs another pass over the rows. */
export async function heatmaps(
  database: Database,
  metrics: readonly Metric[],
  range: RowRange,
  { shortestMs, withP95 }: { readonly shortestMs: number; readonly withP95: boolean },
): Promise<Map<string, HeatmapCell[]>> {
  const cells = await database.rows<CellRow>(heatmapSql);
  const p95s = withP95 ? await percentiles(database, metrics, range, shortestMs) : new Map();
  const byMetric = Map.groupBy(cells, ({ metric }) => metric);
  return new Map([...byMetric].map(([id, of]) => [
    id,
    of.map(({ metric, ...cell }) => ({
      ...cell,
      p95: p95s.get(cellKey({ metric, ...cell })) ?? null,
    })),
  ]));
}

async function percentiles(
  database: Database,
  metrics: readonly Metric[],
  range: RowRange,
  shortestMs: number,
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { id } of metrics) {
    const sql = fillSql(heatmapP95Sql, { id: quoteText(id), sql: metricSource(id).sql });
    const rows = await database.rows<P95Row>(sql, { ...range, shortest_ms: shortestMs });
    for (const row of rows) found.set(cellKey(row), row.p95);
  }
  return found;
}

function cellKey({ metric, weekday, hour }: Pick<P95Row, "metric" | "weekday" | "hour">): string {
  return `${metric} ${weekday} ${hour}`;
}
