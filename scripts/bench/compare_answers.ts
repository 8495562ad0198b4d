/** How far mtr's figures are from those of a plain DuckDB query over the same rows, on the same decimal grid. */

/** What `peers.py answers` prints. */
export interface PlainAnswer {
  /** By metric: count, min, max, mean, stddev, p50, p75, p95. */
  readonly stats: Readonly<Record<string, readonly number[]>>;
  /** By metric: weekday (1 = Monday), hour, mean. */
  readonly cells: Readonly<Record<string, readonly (readonly [number, number, number])[]>>;
}

/** What is read of `mtr analyze --json`. */
export interface MtrAnswer {
  readonly metrics: Readonly<Record<string, Readonly<Record<string, number | string | null>>>>;
  readonly heatmaps: Readonly<
    Record<string, readonly { weekday: number; hour: number; mean: number }[]>
  >;
}

/** Largest relative errors, in per cent. Infinity where something is missing. */
export interface Errors {
  readonly basicPct: number;
  readonly percentilesPct: number;
  readonly cellsPct: number;
}

const BASIC = ["count", "min", "max", "mean", "stddev"];
const PERCENTILES = ["p50", "p75", "p95"];
/** Below the step of the grid a relative error says nothing. */
const SMALLEST = 0.01;

export function compareAnswers(mtr: MtrAnswer, plain: PlainAnswer): Errors {
  const worst = (errors: readonly number[]) => Math.max(0, ...errors);
  const stats = Object.entries(plain.stats);
  const names = [...BASIC, ...PERCENTILES];
  const errorsOf = (wanted: readonly string[]) =>
    stats.flatMap(([metric, values]) =>
      wanted.map((name) => errorPct(mtr.metrics[metric]?.[name], values[names.indexOf(name)]))
    );
  return {
    basicPct: worst(errorsOf(BASIC)),
    percentilesPct: worst(errorsOf(PERCENTILES)),
    cellsPct: worst(
      Object.entries(plain.cells).flatMap(([metric, cells]) =>
        cells.map(([weekday, hour, mean]) => errorPct(cellMean(mtr, metric, weekday, hour), mean))
      ),
    ),
  };
}

function cellMean(mtr: MtrAnswer, metric: string, weekday: number, hour: number) {
  return mtr.heatmaps[metric]?.find((cell) => cell.weekday === weekday && cell.hour === hour)?.mean;
}

function errorPct(found: unknown, expected: number | undefined): number {
  if (typeof found !== "number" || expected === undefined) return Number.POSITIVE_INFINITY;
  return (100 * Math.abs(found - expected)) / Math.max(SMALLEST, Math.abs(expected));
}
