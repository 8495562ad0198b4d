/** A result set in a box, fitted to the terminal the way DuckDB's duckbox does it. */
import Table from "cli-table3";
import { countText } from "../../model/mod.ts";
import { padEnd, padStart } from "../terminal/block.ts";
import { makeTheme, type Theme } from "../terminal/theme.ts";
import { type BoxColumn, fitColumns, type FittedColumn } from "./fit_columns.ts";
import { screenCells } from "./screen_cells.ts";
import { shortened } from "./shortened.ts";
import { isNumeric, type TableData, type TableOptions } from "./table_data.ts";

export function boxTable(data: TableData, options: TableOptions): string {
  const { color = "none", ascii = false, width = Infinity, hasFooter } = options;
  const theme = makeTheme({ color, ascii });
  const ellipsis = theme.text("…");
  const { first, last, isCut } = rowsToShow(data.rows, options.maxRows);
  const columns = data.columns.map((_, i) =>
    boxColumn(data, i, {
      shown: [...first, ...last],
      cutAt: isCut ? first.length : null,
      theme,
      options,
    })
  );
  const fitted = fitColumns(columns, { width, ellipsis });
  const box = fitted.length === 0 ? "" : `${drawn(fitted, theme, options)}\n`;
  if (!(hasFooter ?? options.width !== undefined)) return box;
  const shown = {
    rows: first.length + last.length,
    columns: fitted.filter(({ isFiller }) => !isFiller).length,
  };
  return `${box}${theme.chalk.dim(`  ${footer(data, shown, options)}`)}\n`;
}

type Rows = TableData["rows"];

/** All, or the first and last ones with something left out between them. */
function rowsToShow(rows: Rows, maxRows = Infinity): { first: Rows; last: Rows; isCut: boolean } {
  if (rows.length <= maxRows) return { first: rows, last: [], isCut: false };
  const firstCount = Math.ceil(maxRows / 2);
  const lastCount = maxRows - firstCount;
  return {
    first: rows.slice(0, firstCount),
    last: rows.slice(rows.length - lastCount),
    isCut: true,
  };
}

function boxColumn(
  { columns }: TableData,
  index: number,
  { shown, cutAt, theme, options }: {
    shown: Rows;
    cutAt: number | null;
    theme: Theme;
    options: TableOptions;
  },
): BoxColumn {
  const column = columns[index] ?? { name: "", type: "" };
  const nullText = options.nullText ?? "NULL";
  const cells = screenCells(shown.map((row) => row[index]), column, options.timeZone)
    .map((cell) => theme.text(cell ?? nullText));
  if (cutAt !== null) cells.splice(cutAt, 0, theme.text("…"));
  const isDate = shown.some((row) => row[index] instanceof Date);
  return {
    head: theme.text(column.name),
    cells,
    isNumeric: isNumeric(column),
    isShortenable: !isNumeric(column) && !isDate,
  };
}

/** Private use: no text has it after plainText, and every measure of width takes it for one column. */
const STAND_IN = "\ue000";

/**
 * cli-table3 draws with stand-ins as wide as the columns, which are then replaced in order by what is to be shown: its own
 * measure of width (string-width 4) does not know newer emoji and scripts, and would push the lines apart.
 */
function drawn(columns: readonly FittedColumn[], theme: Theme, options: TableOptions): string {
  const rows = columns[0]?.cells.length ?? 0;
  const standIns = columns.map(({ width }) => STAND_IN.repeat(width));
  const table = new Table({
    head: standIns,
    chars: boxCharacters(theme),
    // Its own colours would not follow ours.
    style: { head: [], border: [], compact: true },
  });
  // All rows are drawn alike, and cli-table3 compares every cell with every other: ten thousand rows would take hours.
  if (rows > 0) table.push(standIns);
  const lines = table.toString().split("\n");
  const body = lines.at(-2) ?? "";
  const all = rows > 1
    ? [...lines.slice(0, -2), ...Array.from({ length: rows }, () => body), ...lines.slice(-1)]
    : lines;
  const cells = shownCells(columns, theme, options).values();
  return all.join("\n").replaceAll(
    new RegExp(`${STAND_IN}+`, "g"),
    () => cells.next().value ?? "",
  );
}

/** The heads, then row by row, each as wide as its column. */
function shownCells(
  columns: readonly FittedColumn[],
  theme: Theme,
  { nullText = "NULL" }: TableOptions,
): string[] {
  const { chalk } = theme;
  const cell = (
    text: string,
    { width, isNumeric }: FittedColumn,
    style = (text: string) => text,
  ) => {
    const styled = style(shortened(text, width, theme.text("…")));
    return isNumeric ? padStart(styled, width) : padEnd(styled, width);
  };
  const rows = columns[0]?.cells.length ?? 0;
  const heads = columns.map((column) => cell(column.head, column, chalk.bold));
  return heads.concat(
    Array.from({ length: rows }, (_, row) =>
      columns.map((column) => {
        const text = column.cells[row] ?? "";
        return cell(text, column, text === nullText ? chalk.dim : undefined);
      })).flat(),
  );
}

function boxCharacters({ glyphs: { horizontal: h, vertical: v, box } }: Theme) {
  return {
    "top": h,
    "top-mid": box.topMid,
    "top-left": box.topLeft,
    "top-right": box.topRight,
    "bottom": h,
    "bottom-mid": box.bottomMid,
    "bottom-left": box.bottomLeft,
    "bottom-right": box.bottomRight,
    "left": v,
    "left-mid": box.leftMid,
    "mid": h,
    "mid-mid": box.midMid,
    "right": v,
    "right-mid": box.rightMid,
    "middle": v,
  };
}

/** `41 rows (20 shown), 12 columns (5 shown), 9 ms`. */
function footer(
  { rows, columns }: TableData,
  shown: { rows: number; columns: number },
  { elapsedMs }: TableOptions,
): string {
  const counted = (all: number, some: number, word: string) =>
    `${countText(all)} ${word}${all === 1 ? "" : "s"}` + (some < all ? ` (${some} shown)` : "");
  return [
    counted(rows.length, shown.rows, "row"),
    ...(shown.columns < columns.length ? [counted(columns.length, shown.columns, "column")] : []),
    ...(elapsedMs === undefined ? [] : [`${countText(elapsedMs)} ms`]),
  ].join(", ");
}
