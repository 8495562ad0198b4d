/** What the lines of a segment's file are, without the engine: pure. */
import { localDate } from "../../platform/mod.ts";

export interface SegmentLines {
  /** Whether the first line is a header of the journal. */
  readonly hasHeader: boolean;
  readonly rows: number;
  /** Lines that are not rows, without the first. */
  readonly torn: number;
  /** Of these such that are nothing but zero bytes: blocks that a power cut left unwritten. */
  readonly zeros: number;
  /** Local dates of the rows, with how many there are. */
  readonly dates: ReadonlyMap<string, number>;
}

/**
 * Looks at every line. The last one counts only when it ends: a row that is being written has no end yet.
 * @param isGrowing whether a recorder may be writing the last line this very moment
 */
export function readSegmentLines(
  text: string,
  { isGrowing }: { readonly isGrowing: boolean },
): SegmentLines {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  if (last !== "" && !isGrowing) lines.push(last);
  const [first = "", ...others] = lines;
  const hasHeader = isHeader(parseLine(first));
  const dates = new Map<string, number>();
  let rows = 0;
  let torn = 0;
  let zeros = 0;
  // A first line that is neither is a damaged header.
  const isFirstLost = !hasHeader && dateOfRow(parseLine(first)) === null;
  for (const line of hasHeader || isFirstLost ? others : lines) {
    const date = dateOfRow(parseLine(line));
    if (date === null) {
      torn++;
      if (/^\0+$/.test(line)) zeros++;
      continue;
    }
    rows++;
    dates.set(date, (dates.get(date) ?? 0) + 1);
  }
  return { hasHeader, rows, torn, zeros, dates };
}

function parseLine(line: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) ?? {};
  } catch {
    return {};
  }
}

function isHeader(line: Readonly<Record<string, unknown>>): boolean {
  return line.mtr_journal === 1 && typeof line.dataset === "string";
}

function dateOfRow({ ts, utc_offset_min: offset }: Readonly<Record<string, unknown>>) {
  if (typeof ts !== "number" || typeof offset !== "number") return null;
  // Damage must not make a number that is no date.
  return ts >= 0 && ts <= 253_402_300_799_999 ? localDate(ts, offset) : null;
}
