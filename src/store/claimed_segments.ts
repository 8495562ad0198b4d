import { basename, join } from "node:path";
import { DATASETS } from "../model/mod.ts";
import type { DataFolder } from "../journal/mod.ts";
import type { Database } from "./database.ts";
import type { PendingSegment } from "./listing.ts";
import { setAside } from "./quarantine.ts";
import { isReadable } from "./is_readable.ts";
import { parquetSql } from "./sql_text.ts";
import { columnsFromJournal, IS_ROW_SQL, readJournalSql } from "./views.ts";

/** What is to be done with segments that a day file's footer claims to hold. */
export interface Claims {
  /** All their rows are in the day file: a fold was ended before it could remove them. */
  readonly held: readonly PendingSegment[];
  /** None of their rows is in it, so that the claim is false: a folder was restored or swapped. */
  readonly free: readonly PendingSegment[];
  readonly notes: readonly string[];
}

/**
 * Looks for the rows of segments in the day files that claim them: nothing is deleted because of a number alone. A
 * segment with some of its rows in the file and some not is set aside.
 */
export async function checkClaims(
  folder: DataFolder,
  database: Database,
  claimed: readonly PendingSegment[],
): Promise<Claims> {
  const held: PendingSegment[] = [];
  const free: PendingSegment[] = [];
  const notes: string[] = [];
  for (const segment of claimed) {
    const file = join(folder.day(segment.dataset, segment.host, segment.date), "rows.parquet");
    if (!await isReadable(database, file)) {
      // The fold sets the file aside; until then it says nothing about what it holds.
      free.push(segment);
      continue;
    }
    const { rows, found } = await countFound(database, segment, file);
    if (found === rows) held.push(segment);
    else if (found === 0) free.push(segment);
    else {
      const reason = `${rows - found} of its ${rows} rows are not in the day file that claims it`;
      notes.push(setAside(folder, segment.path, basename(segment.path), reason));
    }
  }
  return { held, free, notes };
}

/** How many of a segment's rows a day file holds. */
export async function countFound(
  database: Database,
  { dataset: name, path }: PendingSegment,
  file: string,
): Promise<{ rows: number; found: number }> {
  const dataset = DATASETS[name];
  const stored = await database.rows<{ column_name: string }>(
    `DESCRIBE SELECT * FROM ${parquetSql(file)}`,
  );
  const inFile = new Set(stored.map(({ column_name: column }) => column));
  const names = dataset.columns.map(({ name }) => name).filter((name) => inFile.has(name));
  const [counted] = await database.rows<{ rows: number; found: number }>(
    `WITH journal AS (
       SELECT ${columnsFromJournal(dataset)} FROM ${readJournalSql(dataset, [path])}
       WHERE ${IS_ROW_SQL}
     ), file AS (
       FROM ${parquetSql(file)}
     ), shared AS (
       SELECT ${names.join(", ")} FROM journal INTERSECT ALL SELECT ${names.join(", ")} FROM file
     )
     SELECT (SELECT count(*) FROM journal) AS rows, (SELECT count(*) FROM shared) AS found`,
  );
  return counted ?? { rows: 0, found: 0 };
}
