/** What the tests of imports share: a folder, a way to import into it, and its rows. */
import type { DatasetName } from "../../src/model/mod.ts";
import type { DataFolder } from "../../src/journal/mod.ts";
import { importFiles, type ImportOptions, type ImportResult } from "../../src/importers/mod.ts";
import { withStore } from "../../src/store/mod.ts";
import { whileDaysLast } from "../store/while_days_last.ts";

const FIXTURES = new URL("../fixtures/", import.meta.url);

/** Path of a file below tests/fixtures/. */
export function fixture(name: string): string {
  return new URL(name, FIXTURES).pathname;
}

export function fixtureText(name: string): string {
  return Deno.readTextFileSync(fixture(name));
}

/**
 * Imports in UTC, at a moment after all of the fixtures; but for the store their days are not over yet, unless
 * `daysAreOver`: to roll them up takes three quarters of an import's time, and is a matter of tests/store/.
 */
export async function importInto(
  folder: DataFolder,
  files: readonly string[],
  { daysAreOver = false, ...options }: Partial<ImportOptions> & { daysAreOver?: boolean } = {},
): Promise<ImportResult> {
  const run = () =>
    importFiles(folder, {
      files,
      timeZone: "UTC",
      dryRun: false,
      nowMs: Date.UTC(2027, 0, 1),
      onProgress: () => {},
      ...options,
    });
  return await (daysAreOver ? run() : whileDaysLast(run));
}

export type StoredRow = Readonly<Record<string, unknown>>;

/** The stored rows in time order: `ts` as text, `interval_s`, `utc_offset_min`, and what else has a value. */
export async function storedRows(
  folder: DataFolder,
  dataset: DatasetName = "samples",
): Promise<StoredRow[]> {
  return await withStore(folder, {}, async ({ database }) => {
    const rows = await database.rows<Record<string, unknown>>(
      `SELECT * EXCLUDE (local) FROM ${dataset} ORDER BY ts, host`,
    );
    return rows.map((row) => {
      const known = Object.entries(row).filter(([, value]) => value !== null);
      return Object.fromEntries(
        known.map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
      );
    });
  });
}

/** Chosen columns of rows; what a row does not have is undefined. */
export function columnsOf(rows: readonly StoredRow[], ...names: readonly string[]): unknown[][] {
  return rows.map((row) => names.map((name) => row[name]));
}

/** A temporary file with a text, removed with the test. */
export class TextFile implements Disposable {
  readonly path: string;

  constructor(text: string | Uint8Array, suffix = ".csv") {
    this.path = Deno.makeTempFileSync({ prefix: "mtr-test-", suffix });
    Deno.writeFileSync(this.path, typeof text === "string" ? new TextEncoder().encode(text) : text);
  }

  append(text: string): void {
    Deno.writeTextFileSync(this.path, text, { append: true });
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path);
  }
}

/** Every file of a folder's datasets with a digest of its bytes. */
export async function digests(folder: DataFolder): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const path of filesBelow(folder.path)) {
    if (!path.endsWith(".parquet")) continue;
    const digest = await crypto.subtle.digest("SHA-256", Deno.readFileSync(path));
    found[path.slice(folder.path.length)] = new Uint8Array(digest).toHex();
  }
  return found;
}

function filesBelow(path: string): string[] {
  return [...Deno.readDirSync(path)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(`${path}/${name}`) : [`${path}/${name}`]
  ).sort();
}
