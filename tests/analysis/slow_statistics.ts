/**
 * What reports say, calculated a second time: from the definitions, one row after the other, without SQL. Slow, and
 * on purpose without a line in common with src/analysis.
 */

/** One row with the metric's value as it was recorded; null = not known. */
export interface SlowRow {
  readonly ts: number;
  readonly intervalS: number;
  readonly value: number | null;
}

export interface SlowStatistics {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  readonly p99: number;
  readonly stddev: number | null;
  readonly variance: number | null;
  readonly above90Pct: number;
}

/** Every value as often as it stands for shortest intervals, in order. */
export function expand(rows: readonly SlowRow[], shortestS: number): number[] {
  const expanded: number[] = [];
  for (const { value, intervalS } of rows) {
    if (value === null) continue;
    for (let i = 0; i < Math.round(intervalS / shortestS); i++) expanded.push(value);
  }
  return expanded.sort((a, b) => a - b);
}

/** The continuous quantile of sorted values: Excel's PERCENTILE.INC. */
export function percentileInc(sorted: readonly number[], p: number): number {
  const position = p * (sorted.length - 1);
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? low;
  return low + (position - Math.floor(position)) * (high - low);
}

/** Null where no row has a value. */
export function slowStatistics(
  rows: readonly SlowRow[],
  shortestS: number,
): SlowStatistics | null {
  const all = expand(rows, shortestS);
  if (all.length === 0) return null;
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const squares = all.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const variance = all.length > 1 ? squares / (all.length - 1) : null;
  return {
    count: rows.filter(({ value }) => value !== null).length,
    min: all[0] ?? Number.NaN,
    max: all.at(-1) ?? Number.NaN,
    mean,
    p50: percentileInc(all, 0.5),
    p75: percentileInc(all, 0.75),
    p95: percentileInc(all, 0.95),
    p99: percentileInc(all, 0.99),
    stddev: variance === null ? null : Math.sqrt(variance),
    variance,
    above90Pct: (100 * all.filter((value) => value > 90).length) / all.length,
  };
}

export interface SlowCell {
  readonly weekday: number;
  readonly hour: number;
  readonly mean: number;
  readonly p95: number;
  readonly max: number;
  readonly count: number;
}

/** Cells of the weekday × hour heatmap, in order, by the calendar of a zone. */
export function slowHeatmap(
  rows: readonly SlowRow[],
  shortestS: number,
  timeZone: string,
): SlowCell[] {
  const cells = Map.groupBy(rows.filter(({ value }) => value !== null), ({ ts }) => {
    const local = Temporal.Instant.fromEpochMilliseconds(ts).toZonedDateTimeISO(timeZone);
    return local.dayOfWeek * 100 + local.hour;
  });
  return [...cells].sort(([a], [b]) => a - b).flatMap(([key, of]) => {
    const statistics = slowStatistics(of, shortestS);
    if (!statistics) return [];
    const { mean, p95, max, count } = statistics;
    return [{ weekday: Math.floor(key / 100), hour: key % 100, mean, p95, max, count }];
  });
}

const MINUTE_MS = 60_000;

/** Mean over the 15 minutes that begin with a minute; null where fewer than 12 of them are recorded. */
export function meanOf15Minutes(rows: readonly SlowRow[], startMs: number): number | null {
  let seconds = 0;
  let sum = 0;
  for (const { ts, intervalS, value } of rows) {
    if (value === null || ts < startMs || ts >= startMs + 15 * MINUTE_MS) continue;
    seconds += intervalS;
    sum += value * intervalS;
  }
  return seconds >= 12 * 60 ? sum / seconds : null;
}

/** The highest mean of all 15 minutes that begin with a whole minute. */
export function slowPeakMean(rows: readonly SlowRow[]): number | null {
  const first = Math.floor((rows[0]?.ts ?? 0) / MINUTE_MS);
  const last = Math.floor((rows.at(-1)?.ts ?? 0) / MINUTE_MS);
  let best: number | null = null;
  for (let minute = first - 14; minute <= last; minute++) {
    const mean = meanOf15Minutes(rows, minute * MINUTE_MS);
    if (mean !== null && (best === null || mean > best)) best = mean;
  }
  return best;
}

/** Stretches of at least a minute between two rows for which neither stands. */
export function slowGaps(
  rows: readonly { readonly ts: number; readonly intervalS: number }[],
): { startMs: number; endMs: number }[] {
  const gaps: { startMs: number; endMs: number }[] = [];
  rows.forEach(({ ts, intervalS }, i) => {
    const before = rows[i - 1];
    const endMs = ts - intervalS * 1000;
    if (before && endMs - before.ts >= MINUTE_MS) gaps.push({ startMs: before.ts, endMs });
  });
  return gaps;
}
