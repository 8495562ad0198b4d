/** Text formats of one line a row. */

/** RFC 4180 but for the line ends, which are those of Unix tools: `cut` and `awk` would carry a CR along. Null is nothing, an empty text is `""`. */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(csvCell).join(",")}\n`;
}

function csvCell(cell: string | null): string {
  if (cell === null) return "";
  const needsQuotes = cell === "" || /[",\r\n]/.test(cell) || cell !== cell.trim();
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Tab-separated; tabs, line breaks and backslashes inside of a cell are written \t, \n, \r, \\ (as PostgreSQL's COPY does). */
export function tabsLine(cells: readonly string[]): string {
  return `${cells.map((cell) => cell.replace(/[\\\t\n\r]/g, tabsEscape)).join("\t")}\n`;
}

const TABS_ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};

function tabsEscape(character: string): string {
  return TABS_ESCAPES[character] ?? character;
}

/** DuckDB's `list`: cells joined by `|`, nothing escaped. */
export function listLine(cells: readonly string[]): string {
  return `${cells.join("|")}\n`;
}

/** A row of a Markdown table. */
export function markdownLine(cells: readonly string[]): string {
  return `| ${cells.map(markdownText).join(" | ")} |\n`;
}

/** Text that cannot break out of a table's cell, nor be taken for markup or HTML. `cpu_pct` needs no help. */
export function markdownText(text: string): string {
  return text.replace(/\r\n|[\r\n]/g, " ")
    .replace(/[\\|*`<>[\]]|(?<![\p{L}\d])_|_(?![\p{L}\d])/gu, "\\$&");
}

/** Text for HTML's content and attributes. */
export function htmlText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
