/** Rows that can be told apart, and what a store has of them. */
import type { SampleRow } from "../../src/model/mod.ts";
import { type DataFolder, withStore } from "../../src/store/mod.ts";
import { sampleRow } from "../journal/scratch_folder.ts";

/** A day that is not over for a long time: that a fold rolls days up is another matter. */
export const DATE = "2096-11-22";
export const DAY_BEFORE = "2096-11-21";
export const DAY_AFTER = "2096-11-23";
export const NOON_MS = Date.UTC(2096, 10, 22, 12);

/** Row number n: recorded n seconds after noon, with its number as a value. */
export function numberedRow(number: number, ts = NOON_MS + number * 1000): SampleRow {
  return sampleRow(ts, { ram_used_bytes: number, cpu_pct: (number % 100) + 0.5 });
}

export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

export interface Stored {
  /** The numbers of all rows, in order; one that is there twice is twice in it. */
  readonly numbers: number[];
  readonly notes: readonly string[];
}

/** What a reader gets out of a folder. */
export async function readStored(folder: DataFolder, host?: string): Promise<Stored> {
  const options = { publicViews: false, ...(host === undefined ? {} : { host }) };
  return await withStore(folder, options, async ({ database, notes }) => {
    const rows = await database.rows<{ number: number }>(
      "SELECT ram_used_bytes AS number FROM stored_samples ORDER BY number",
    );
    return { numbers: rows.map(({ number }) => number), notes };
  });
}

export async function storedNumbers(folder: DataFolder, host?: string): Promise<number[]> {
  return (await readStored(folder, host)).numbers;
}
