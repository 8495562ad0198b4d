const DELIMITERS = [",", ";", "\t"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The delimiter of a file, from its first line: the one that occurs most. */
export function delimiterOf(header: string): Delimiter {
  const counts = DELIMITERS.map((delimiter) => splitCsvLine(header, delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

/** The cells of a line, without their quotes; a quote within a quoted cell is doubled. */
export function splitCsvLine(line: string, delimiter: Delimiter): string[] {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const character = line[i];
    if (character === '"' && quoted && line[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) {
      cells.push(cell);
      cell = "";
    } else cell += character;
  }
  cells.push(cell);
  return cells;
}

/** What programs write for "no value". */
const MISSING = /^(|-|–|nan|null|none|n\/a|na|[+-]?inf(inity)?)$/i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * The number in a cell; undefined where there is none. A decimal comma is read where the delimiter is none.
 * @throws {SyntaxError} for anything else
 */
export function numberInCell(cell: string, delimiter: Delimiter): number | undefined {
  const text = cell.trim();
  if (MISSING.test(text)) return undefined;
  const plain = delimiter === "," ? text : text.replace(/^([+-]?\d+),(\d+)$/, "$1.$2");
  if (!NUMBER.test(plain)) throw new SyntaxError(`not a number: ${text}`);
  return Number(plain);
}
