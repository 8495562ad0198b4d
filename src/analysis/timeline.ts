import type { Metric } from "../model/mod.ts";
import { type Database, fillSql, metricSource, quoteText, type RowRange } from "../store/mod.ts";
import type { TimelineBin } from "./report.ts";
import timelineSql from "./sql/timeline.sql" with { type: "text" };
import timelineRowsSql from "./sql/timeline_rows.sql" with { type: "text" };

const MINUTE_MS = 60_000;

interface BinRow {
  readonly metric: string;
  readonly bin: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** How a window is cut into bins. */
export interface Binning {
  readonly startMs: number;
  readonly binMs: number;
  readonly bins: number;
  /** Whether every span lies in one bin. */
  readonly bySpans: boolean;
}

/**
 * Cuts a window into at most `columns` equal bins: whole spans (minutes, or quarter-hours where days are rolled up) where
 * it is long enough, so that spans need not be split; else whole multiples of the interval.
 */
export function binningOf(
  window: { readonly startMs: number; readonly endMs: number },
  columns: number,
  { intervalMs, spanMs }: { readonly intervalMs: number; readonly spanMs: number },
): Binning {
  const lengthMs = Math.max(intervalMs, window.endMs - window.startMs);
  const bySpans = spanMs > MINUTE_MS || lengthMs >= columns * MINUTE_MS;
  const grainMs = bySpans ? spanMs : intervalMs;
  const startMs = Math.floor(window.startMs / grainMs) * grainMs;
  // The last row is in the window.
  const coveredMs = window.endMs - startMs + 1;
  const binMs = Math.ceil(coveredMs / columns / grainMs) * grainMs;
  return { startMs, binMs, bins: Math.ceil(coveredMs / binMs), bySpans };
}

/** Equal bins over the window by metric id; null values where nothing was recorded. */
export async function timelines(
  database: Database,
  metrics: readonly Metric[],
  range: RowRange,
  binning: Binning,
): Promise<Map<string, TimelineBin[]>> {
  const { startMs, binMs, bins, bySpans } = binning;
  const parameters = { window_start_ms: startMs, bin_ms: binMs };
  const rows = bySpans
    ? await database.rows<BinRow>(timelineSql, parameters)
    : await database.rows<BinRow>(rowsSql(metrics), { ...parameters, ...range });
  const byMetric = Map.groupBy(rows, ({ metric }) => metric);
  return new Map([...byMetric].map(([id, of]) => {
    const byBin = new Map(of.map((row) => [row.bin, row]));
    const timeline = Array.from({ length: bins }, (_, bin): TimelineBin => {
      const { mean = null, min = null, max = null } = byBin.get(bin) ?? {};
      return { startMs: startMs + bin * binMs, mean, min, max };
    });
    return [id, timeline];
  }));
}

function rowsSql(metrics: readonly Metric[]): string {
  return metrics.map(({ id }) =>
    `(${fillSql(timelineRowsSql, { id: quoteText(id), sql: metricSource(id).sql })})`
  ).join("\nUNION ALL\n");
}
