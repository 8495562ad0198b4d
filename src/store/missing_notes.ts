import { DATASETS } from "../model/mod.ts";
import type { Database } from "./database.ts";
import type { Listing } from "./listing.ts";
import type { ReadingPlan } from "./reading_plan.ts";
import { IS_ROW_SQL, readJournalSql } from "./views.ts";

/** Longer than it takes to write one row. */
const WRITE_MS = 20;

/** Sentences about what is missing from answers, or had to be read from elsewhere; none when all could be read. */
export async function missingNotes(
  database: Database,
  { listing, unanswered, lost, unusable }: ReadingPlan,
): Promise<string[]> {
  return [
    ...damageNotes(listing),
    ...await tornNotes(database, listing),
    ...goneNotes(unanswered, "; their rollups answer for whole days only"),
    ...goneNotes(lost, ", and their rollups are damaged: mtr check"),
    ...unusableNotes(unusable),
  ];
}

function damageNotes({ files, damaged }: Listing): string[] {
  if (damaged.length === 0) return [];
  const total = files.length + damaged.length;
  const each = damaged.map(({ path, problem }) => `${path} (${problem})`);
  return [`${damaged.length} of ${total} files could not be read: ${each.join("; ")}`];
}

function goneNotes(dates: readonly string[], how: string): string[] {
  const [first] = dates;
  if (first === undefined) return [];
  const days = dates.length === 1 ? first : `${dates.length} days (${first} … ${dates.at(-1)})`;
  return [`the rows of ${days} are gone${how}`];
}

function unusableNotes(months: readonly string[]): string[] {
  if (months.length === 0) return [];
  const names = months.join(", ");
  return [`rollups of ${names} are damaged and were left out, which takes longer (mtr check)`];
}

/** Counts the lines that are neither rows nor headers. */
async function tornNotes(database: Database, listing: Listing): Promise<string[]> {
  if (await countTorn(database, listing) === 0) return [];
  // A row that is being written this very moment is seen in halves: look again.
  await new Promise((resolve) => setTimeout(resolve, WRITE_MS));
  const torn = await countTorn(database, listing);
  return torn === 0 ? [] : [`${torn} lines of the journal could not be read (torn by a crash)`];
}

async function countTorn(database: Database, { segments }: Listing): Promise<number> {
  let torn = 0;
  for (const dataset of Object.values(DATASETS)) {
    const read = segments.filter((of) => of.dataset === dataset.name);
    if (read.length === 0) continue;
    const [found] = await database.rows<{ lines: number }>(
      `SELECT count(*) FILTER ((${IS_ROW_SQL}) IS NOT TRUE) AS lines
       FROM ${readJournalSql(dataset, read.map(({ path }) => path))}`,
    );
    const headers = read.reduce((sum, { headerLines }) => sum + headerLines, 0);
    torn += Math.max(0, (found?.lines ?? 0) - headers);
  }
  return torn;
}
