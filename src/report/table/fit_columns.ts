/** Which columns of a table are shown, and how wide: as DuckDB's duckbox decides it. */
import { stringWidth } from "../string_width.ts";

/** A column as it is drawn. */
export interface BoxColumn {
  readonly head: string;
  readonly cells: readonly string[];
  /** Read from the right. */
  readonly isNumeric: boolean;
  /** Whether a part of a value says something: of a text it does, of a number or a time it would be a wrong one. */
  readonly isShortenable: boolean;
}

export interface FittedColumn extends BoxColumn {
  readonly width: number;
  /** Stands for columns that are not shown. */
  readonly isFiller: boolean;
}

/** A blank on either side of a cell and the line to its left. */
const FRAME = 3;
/** A text shortened below this says nothing. */
const NARROWEST_TEXT = 8;

/**
 * Columns that fit into `width` with their frames. Wide texts and heads are shortened first, numbers and times never;
 * where that is not enough, columns in the middle give way to one with an ellipsis.
 */
export function fitColumns(
  columns: readonly BoxColumn[],
  { width, ellipsis }: { width: number; ellipsis: string },
): FittedColumn[] {
  const natural = columns.map((column) => ({
    ...column,
    width: naturalWidth(column),
    isFiller: false,
  }));
  const narrowest = natural.map((column) => ({ ...column, width: narrowestWidth(column) }));
  if (totalWidth(narrowest) <= width) return shrunk(natural, width);
  return shrunk(withoutMiddle(natural, { width, ellipsis }), width);
}

function naturalWidth({ head, cells }: BoxColumn): number {
  return Math.max(1, stringWidth(head), widestOf(cells));
}

/** Not `Math.max(...)`: a call takes some ten thousand arguments, not a million. */
function widestOf(cells: readonly string[]): number {
  return cells.reduce((widest, cell) => Math.max(widest, stringWidth(cell)), 0);
}

function narrowestWidth({ isShortenable, width, cells }: FittedColumn): number {
  const whole = isShortenable ? 0 : widestOf(cells);
  return Math.min(width, Math.max(whole, NARROWEST_TEXT));
}

function totalWidth(columns: readonly { width: number }[]): number {
  return columns.reduce((sum, { width }) => sum + width + FRAME, 1);
}

/** Takes from the widest text column, one column of the screen at a time, until all fit. */
function shrunk(columns: readonly FittedColumn[], width: number): FittedColumn[] {
  const result = columns.map((column) => ({ ...column }));
  let excess = totalWidth(result) - width;
  while (excess > 0 && Number.isFinite(excess)) {
    const widest = result.filter((column) => column.width > narrowestWidth(column))
      .reduce<FittedColumn | null>((a, b) => (a && a.width >= b.width ? a : b), null);
    const target = widest ?? result.reduce((a, b) => (a.width >= b.width ? a : b));
    if (target.width <= 1) break;
    result[result.indexOf(target as typeof result[number])] = {
      ...target,
      width: target.width - 1,
    };
    excess--;
  }
  return result;
}

/** As many columns as fit at their narrowest, from both ends inwards, the left one first. */
function withoutMiddle(
  columns: readonly FittedColumn[],
  { width, ellipsis }: { width: number; ellipsis: string },
): FittedColumn[] {
  const rows = columns[0]?.cells.length ?? 0;
  const filler: FittedColumn = {
    head: ellipsis,
    cells: Array.from({ length: rows }, () => ellipsis),
    isNumeric: false,
    isShortenable: false,
    width: stringWidth(ellipsis),
    isFiller: true,
  };
  const left: FittedColumn[] = [];
  const right: FittedColumn[] = [];
  const rest = [...columns];
  while (rest.length > 0) {
    const fromLeft = left.length <= right.length;
    const next = fromLeft ? rest.shift() : rest.pop();
    if (!next) break;
    const narrow = [...left, ...right, next, filler]
      .map((column) => ({ width: narrowestWidth(column) }));
    if (totalWidth(narrow) > width && left.length > 0) break;
    if (fromLeft) left.push(next);
    else right.unshift(next);
  }
  return [...left, filler, ...right];
}
