/** The journal's rows on their way into a day's file: parsed once, into a table, and counted there. */
import { basename } from "node:path";
import { type Dataset, messageOf } from "../model/mod.ts";
import type { DataFolder } from "../journal/mod.ts";
import type { Database } from "./database.ts";
import { copyToFile } from "./day_file.ts";
import type { PendingSegment } from "./listing.ts";
import { keepCopy, setAside } from "./quarantine.ts";
import { columnsFromJournal, IS_ROW_SQL, readJournalSql } from "./views.ts";

/** A segment whose rows are staged, and how many they are. */
export type StagedSegment = PendingSegment & { readonly rows: number };

/**
 * Reads a day's segments into a table for `copyStaged`. Before rows are folded out of a segment with lines that are not rows,
 * a copy of it is kept: mtr deletes nothing that it could not read. One that cannot be read at all is set aside.
 */
export async function stageSegments(
  folder: DataFolder,
  database: Database,
  { dataset, segments }: {
    readonly dataset: Dataset;
    readonly segments: readonly PendingSegment[];
  },
  notes: string[],
): Promise<StagedSegment[]> {
  const typed = dataset.columns.map(({ name, type }) =>
    `${name} ${type === "TIMESTAMPTZ" ? "BIGINT" : type}`
  );
  await database.run(`CREATE OR REPLACE TEMP TABLE staged (seq BIGINT, ${typed.join(", ")})`);
  const staged: StagedSegment[] = [];
  for (const segment of segments) {
    const { path } = segment;
    try {
      const { rows, lines } = await stage(database, dataset, segment);
      const unreadable = lines - segment.headerLines - rows;
      if (unreadable > 0) {
        keepCopy(folder, path);
        notes.push(
          `${unreadable} lines of ${path} could not be read; a copy is kept in ${folder.quarantine}`,
        );
      }
      staged.push({ ...segment, rows });
    } catch (error) {
      if (!isAboutContent(error)) throw error;
      notes.push(setAside(folder, path, basename(path), messageOf(error).split("\n")[0] ?? ""));
    }
  }
  return staged;
}

async function stage(
  database: Database,
  dataset: Dataset,
  { path, seq }: PendingSegment,
): Promise<{ rows: number; lines: number }> {
  await database.run(
    `INSERT INTO staged BY NAME SELECT ${seq} AS seq, * FROM ${readJournalSql(dataset, [path])}`,
  );
  const [counted] = await database.rows<{ rows: number; lines: number }>(
    `SELECT count(*) FILTER (${IS_ROW_SQL}) AS rows, count(*) AS lines FROM staged WHERE seq = ${seq}`,
  );
  return counted ?? { rows: 0, lines: 0 };
}

/** Of the engine's errors those that another attempt would meet again. */
function isAboutContent(error: unknown): boolean {
  return /^(Invalid|Conversion|Serialization|TProtocol)/.test(messageOf(error));
}

/** Writes one file of the rows of a query, where there is one, and the staged ones. */
export async function copyStaged(
  database: Database,
  dataset: Dataset,
  before: string | null,
  to: { readonly part: string; readonly lastSeq: number },
): Promise<void> {
  const added = `SELECT ${columnsFromJournal(dataset)} FROM staged WHERE ${IS_ROW_SQL}`;
  const queries = before === null ? [added] : [before, added];
  const isSorted = await areInOrder(database, dataset, queries);
  await copyToFile(database, dataset, queries, { ...to, isSorted });
}

/**
 * Whether the rows of queries, one after the other, are in the order of the day's file. They are, unless the clock was set back;
 * sorting a long day at every fold would cost half as much as writing it.
 */
async function areInOrder(
  database: Database,
  { order }: Dataset,
  queries: readonly string[],
): Promise<boolean> {
  const [by, ...rest] = order;
  if (by === undefined || rest.length > 0) return false;
  const all = queries.map((query) => `SELECT ${by} FROM (${query})`).join(" UNION ALL ");
  const [found] = await database.rows<{ early: number }>(
    `SELECT count(*) FILTER (is_early) AS early
     FROM (SELECT ${by} < lag(${by}) OVER () AS is_early FROM (${all}))`,
  );
  return found?.early === 0;
}
