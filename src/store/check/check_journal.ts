/** Are the journal's lines rows, of their day, and each in one place only? */
import { basename, dirname, join } from "node:path";
import { DATASETS } from "../../model/mod.ts";
import { tryLock } from "../../platform/mod.ts";
import { countFound } from "../claimed_segments.ts";
import type { PendingSegment } from "../listing.ts";
import { columnsFromJournal, IS_ROW_SQL, readJournalSql } from "../views.ts";
import { type CheckContext, count, note, problem } from "./check_context.ts";
import type { Finding } from "./finding.ts";
import { readSegmentLines, type SegmentLines } from "./read_segment.ts";

const FOLD = { do: "fold" } as const;

export interface JournalCheck {
  readonly findings: readonly Finding[];
  readonly rows: number;
}

export async function checkJournal(context: CheckContext): Promise<JournalCheck> {
  const { listing, folder } = context;
  const findings = listing.damaged.filter(({ path }) => dirname(path) === folder.journal)
    .map(({ path, problem: what }) => unreadable(context, path, what));
  let rows = 0;
  for (const segment of listing.segments) {
    const checked = await checkSegment(context, segment);
    findings.push(...checked.findings);
    rows += checked.rows;
    context.onFile();
  }
  return { findings: [...findings, ...await doubledSegments(context)], rows };
}

function unreadable(context: CheckContext, path: string, what: string): Finding {
  return problem(context, "journal.unreadable", path, {
    what,
    consequence: "nobody can tell which day its rows are of, if there are any",
    remedy: "moves it to quarantine",
    repair: FOLD,
  });
}

async function checkSegment(context: CheckContext, segment: PendingSegment): Promise<JournalCheck> {
  const { folder } = context;
  const isGrowing = isBeingWritten(segment.path);
  const text = folder.disk.readText(segment.path) ?? "";
  const lines = readSegmentLines(text, { isGrowing });
  const findings = [
    ...damagedLines(context, segment, lines),
    ...otherDays(context, segment, lines),
  ];
  // What is being written is neither folded nor in a day file yet.
  if (!isGrowing) findings.push(...await inDayFile(context, segment, lines));
  return { findings, rows: lines.rows };
}

/** A recorder locks the segment that it writes; in a folder that may only be read, nobody writes. */
function isBeingWritten(path: string): boolean {
  try {
    const lock = tryLock(path, "shared");
    lock?.release();
    return lock === null;
  } catch {
    return false;
  }
}

function damagedLines(
  context: CheckContext,
  { path }: PendingSegment,
  { hasHeader, torn, zeros, rows }: SegmentLines,
): Finding[] {
  const findings: Finding[] = [];
  if (!hasHeader) {
    findings.push(problem(context, "journal.header", path, {
      what: "its first line is not a header",
      consequence: `none for its ${count(rows, "row")}: they tell which day they are of`,
      remedy: "folds the rows; a copy of the segment goes to quarantine",
      repair: FOLD,
    }));
  }
  if (torn > 0) {
    findings.push(problem(context, zeros > 0 ? "journal.zeros" : "journal.torn", path, {
      what: `${count(torn, "line")} can't be read (${
        zeros > 0 ? "zero bytes, as a power cut leaves them" : "torn, or with damage inside"
      })`,
      consequence: `rows that stood there are lost; the other ${count(rows, "row")} are not`,
      remedy: "folds the rows; a copy of the segment goes to quarantine",
      repair: FOLD,
    }));
  }
  return findings;
}

function otherDays(
  context: CheckContext,
  { path, date }: PendingSegment,
  { dates }: SegmentLines,
): Finding[] {
  const elsewhere = [...dates].filter(([of]) => of !== date);
  if (elsewhere.length === 0) return [];
  const rows = elsewhere.reduce((sum, [, n]) => sum + n, 0);
  return [problem(context, "journal.date", path, {
    what: `${count(rows, "row")} of ${
      elsewhere.map(([of]) => of).join(", ")
    } in a segment of ${date}`,
    consequence: "a question about that day does not look here",
    remedy: "folds the segment, and moves the rows to their day",
    repair: FOLD,
  })];
}

/** The same row in the journal and in the day file: hidden or counted twice, as the numbers say. */
async function inDayFile(
  context: CheckContext,
  segment: PendingSegment,
  { rows }: SegmentLines,
): Promise<Finding[]> {
  const { folder, database } = context;
  const { dataset, host, date, path, folded } = segment;
  const file = join(folder.day(dataset, host, date), "rows.parquet");
  const isWhole = context.listing.files.some((of) => of.path === file);
  if (rows === 0 || !isWhole) return [];
  const found = await countSafely(() => countFound(database, segment, file));
  if (found === null) return [];
  if (folded && found === rows) {
    return [note(context, "journal.folded", path, {
      what: "all its rows are in the day file",
      consequence: "none: a fold was ended before it could remove it, and readers pass it over",
      remedy: "the next fold removes it",
      repair: FOLD,
    })];
  }
  if (folded) {
    return [problem(context, "journal.hidden", path, {
      what: `its day file claims to hold it, but ${count(rows - found, "row")} are not there`,
      consequence: "reports do not show them",
      remedy: found === 0
        ? "folds them"
        : "moves the segment to quarantine: which of its rows are doubles, a person has to say",
      repair: FOLD,
    })];
  }
  if (found === 0) return [];
  return [problem(context, "journal.doubled", path, {
    what: `${count(found, "row")} of ${rows} are in the day file already`,
    consequence: "reports count them twice",
    remedy: "folds the segment, and removes the doubles; what was there goes to quarantine",
    repair: FOLD,
  })];
}

/** Null for a day file with damage inside, which those tell who look at it. */
async function countSafely(ask: () => Promise<{ found: number }>): Promise<number | null> {
  try {
    return (await ask()).found;
  } catch {
    return null;
  }
}

/** Rows that stand in two segments of a day: a copied file. */
async function doubledSegments(context: CheckContext): Promise<Finding[]> {
  const { database, listing } = context;
  const days = Map.groupBy(
    listing.segments.filter(({ folded }) => !folded),
    ({ dataset, host, date }) => `${dataset}/${host}/${date}`,
  );
  const findings: Finding[] = [];
  for (const segments of days.values()) {
    const [first, second] = segments;
    if (!first || !second) continue;
    const dataset = DATASETS[first.dataset];
    const rows = `SELECT ${columnsFromJournal(dataset)} FROM ${
      readJournalSql(dataset, segments.map(({ path }) => path))
    } WHERE ${IS_ROW_SQL}`;
    const [counted] = await database.rows<{ doubles: number }>(
      `WITH journal AS MATERIALIZED (${rows})
       SELECT (SELECT count(*) FROM journal) - (SELECT count(*) FROM (SELECT DISTINCT * FROM journal))
         AS doubles`,
    );
    const doubles = counted?.doubles ?? 0;
    if (doubles > 0) findings.push(doubled(context, segments, doubles));
  }
  return findings;
}

function doubled(
  context: CheckContext,
  segments: readonly PendingSegment[],
  doubles: number,
): Finding {
  const [first, ...others] = segments.map(({ path }) => path);
  return problem(context, "journal.doubled", first ?? "", {
    what: `${count(doubles, "row")} stand in it and in ${
      others.map((path) => basename(path)).join(", ")
    }`,
    consequence: "reports count them twice",
    remedy: "folds the segments, and removes the doubles; what was there goes to quarantine",
    repair: FOLD,
  });
}
