import type { DatasetName } from "../../../src/model/mod.ts";
import { type DataFolder, Journal } from "../../../src/journal/mod.ts";
import type { Database } from "../../../src/store/mod.ts";
import { HOST } from "./convert_generated.ts";

/** Rows of one dataset, by a query whose columns are the journal's: `ts` in epoch milliseconds. */
export interface JournalRows {
  readonly dataset: DatasetName;
  readonly sql: string;
}

/** Writes rows through the journal, as a recorder does, and seals it: they are ready to be folded. */
export async function writeJournal(
  folder: DataFolder,
  database: Database,
  { date, nextSeq, rows }: {
    readonly date: string;
    readonly nextSeq: number;
    readonly rows: readonly JournalRows[];
  },
): Promise<void> {
  const journal = new Journal({ folder, host: HOST, nextSeq });
  for (const { dataset, sql } of rows) {
    for (const row of await database.rows<Record<string, unknown>>(sql)) {
      // What is not known is absent in a line of the journal.
      const known = Object.entries(row).filter(([, value]) => value !== null);
      journal.append(dataset, date, Object.fromEntries(known));
    }
  }
  await journal.seal();
  if (journal.trouble !== null) {
    throw new Error(`the journal could not be written: ${journal.trouble}`);
  }
}
