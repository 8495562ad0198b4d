import type { Metric } from "../model/mod.ts";
import { type Database, fillSql, quoteText } from "../store/mod.ts";
import type { Statistics, ValueBins } from "./report.ts";
import valueBinsSql from "./sql/value_bins.sql" with { type: "text" };

/** Fine enough for a curve over a screen; a multiple of the 8 and 10 bars that histograms have. */
const BINS = 200;

/** Where a metric's bins end, in its unit; they begin at 0. */
export type TopOf = (metric: Metric, statistics: Statistics) => number;

/** How the time is spread over the values, by metric id, from `value_counts`. */
export async function valueBins(
  database: Database,
  found: readonly { readonly metric: Metric; readonly statistics: Statistics }[],
  topOf: TopOf,
): Promise<Map<string, ValueBins>> {
  if (found.length === 0) return new Map();
  const tops = found.map(({ metric, statistics }) => ({
    id: metric.id,
    top: topOf(metric, statistics),
  }));
  const sql = fillSql(valueBinsSql, {
    tops: tops.map(({ id, top }) => `(${quoteText(id)}, ${top}::DOUBLE)`).join(", "),
  });
  const rows = await database.rows<{ metric: string; bin: number; share_pct: number }>(sql, {
    bins: BINS,
  });
  const byMetric = Map.groupBy(rows, ({ metric }) => metric);
  return new Map(tops.map(({ id, top }) => {
    const shares = new Map(byMetric.get(id)?.map((row) => [row.bin, row.share_pct]));
    return [id, {
      top,
      sharesPct: Array.from({ length: BINS }, (_, bin) => shares.get(bin) ?? 0),
    }];
  }));
}
