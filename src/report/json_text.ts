/** What all JSON of reports has in common: null for what is no number, UTC times, and a layout that can be read. */

/** Indented, with cells of heatmaps, bins of timelines and lists of numbers on one line each: better read than thousands of lines. */
export function jsonDocument(value: unknown): string {
  const indented = JSON.stringify(value, notANumberAsNull, 2);
  return `${indented.replace(CELL_REGEXP, onOneLine).replace(NUMBERS_REGEXP, onOneLine)}\n`;
}

/** One line. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value, notANumberAsNull)}\n`;
}

/** In UTC; null for what is no moment. */
export function isoTime(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}

// Texts cannot hold a bare line break, so these match nothing but the layout.
const CELL_REGEXP = /\{\n\s+(?:"weekday":|"start": "[^"\n]*",\n\s+"mean":)[^{}]*\n\s+\}/g;
const NUMBERS_REGEXP = /\[\n\s+[-\d][^\][{}"]*\]/g;

function onOneLine(part: string): string {
  return part.replace(/\n\s+/g, " ");
}

/** Also what JSON.stringify does by itself; said here because the schema promises it. */
function notANumberAsNull(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}
