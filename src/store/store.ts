import { DATASETS, messageOf } from "../model/mod.ts";
import type { DataFolder } from "../journal/mod.ts";
import { Database } from "./database.ts";
import { type DamagedFile, type DayFile, hasSegments, type Listing, listStore } from "./listing.ts";
import { mayBeDamage } from "./may_be_damage.ts";
import { lostDays, rolledOnlyDays } from "./rollup/rows_gone.ts";
import { readableMonths } from "./rollup/readable_months.ts";
import { type RollupMonth, rollupMonths, seqFromRollups } from "./rollup/rollup_files.ts";
import { type RolledMonth, selectRollups } from "./rollup/select_rollups.ts";
import { quoteText } from "./sql_text.ts";
import { lockForReading } from "./store_lock.ts";
import {
  IS_ROW_SQL,
  journalTableSql,
  publicViewSql,
  readJournalSql,
  storedViewSql,
} from "./views.ts";
import { localDate } from "../platform/mod.ts";

/** Longer than it takes to write one row. */
const WRITE_MS = 20;
/** A day of slack on both sides: files are named by local days, ranges are instants. */
const DAY_MS = 86_400_000;

export interface OpenStoreOptions {
  /** Only files that can hold rows of this range are opened. */
  readonly range?: { readonly startMs: number; readonly endMs: number };
  /** Only this host's rows. */
  readonly host?: string;
  /** Answer whole days from rollups where there are fresh ones; needs `range` and `host`. */
  readonly useRollups?: boolean;
  /**
   * Make the views for people (`samples`, `series`, `sources`) besides the `stored_…` ones. Making a view opens its files.
   * @default true
   */
  readonly publicViews?: boolean;
  /** Settings for the engine, by DuckDB's names. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A data folder opened for reading: the engine with the views, and what could not be read. */
export interface Store {
  readonly database: Database;
  readonly listing: Listing;
  /** Days of the range that need not be read from rows; their rows are not in the views. */
  readonly rolled: readonly RolledMonth[];
  /** Whether `stored_samples` can have rows of the range; false where the rollups of its days tell that it has none. */
  readonly mayHaveRows: boolean;
  /** Sentences about what is missing from the answers; empty when all could be read. */
  readonly notes: readonly string[];
}

/**
 * Opens the views, runs a question on them, and closes all. Files that turn out to be damaged while they are read are
 * left out and named, and the question runs once more: one bad file never hides another day.
 * @throws {StoreError} when a fold holds the store for too long
 */
export async function withStore<Answer>(
  folder: DataFolder,
  options: OpenStoreOptions,
  ask: (store: Store) => Promise<Answer>,
): Promise<Answer> {
  // A format that this mtr does not read is refused before its files are taken for today's.
  folder.info();
  using _lock = await lockForReading(folder);
  const rolledMonths = rolledMonthsFor(folder, options);
  const listing = listFor(folder, options, rolledMonths);
  const plan = planOf(folder, listing, options, rolledMonths);
  try {
    return await askOnce(plan, options, ask);
  } catch (error) {
    // Only what people write asks of all of time.
    if (!mayBeDamage(error, options.range !== undefined)) throw error;
    const damaged = await findDamaged(listing);
    const isRolled = plan.rolled.length > 0;
    if (damaged.length === 0 && !isRolled) throw error;
    const rest = without(listing, damaged);
    const askWith = (months: readonly RollupMonth[]) => {
      const unusable = unusableMonths(rolledMonths, months);
      return askOnce({ ...planOf(folder, rest, options, months), unusable }, options, ask);
    };
    if (!isRolled) return await askWith([]);
    const readable = await readableMonths(rolledMonths);
    // A file can be damaged in a way that shows in some questions only: rows say the same.
    return await askWith(readable).catch(() => askWith([]));
  }
}

/** What a question reads. */
interface Plan {
  readonly listing: Listing;
  readonly rolled: readonly RolledMonth[];
  readonly mayHaveRows: boolean;
  /** The newest day files, which the view `newest_samples` reads whether or not their days are rolled up. */
  readonly newest: readonly DayFile[];
  /** Days of the range whose rows are gone, and whose rollups do not fit the range. */
  readonly unanswered: readonly string[];
  /** Days of the range whose rows are gone, and whose rollups are damaged. */
  readonly lost: readonly string[];
  /** Months whose rollups turned out to be damaged: the same takes longer from rows. */
  readonly unusable: readonly string[];
}

function planOf(
  folder: DataFolder,
  listing: Listing,
  { range, host }: OpenStoreOptions,
  rolledMonths: readonly RollupMonth[],
): Plan {
  const newest = newestOf(listing);
  if (!range || host === undefined) {
    return {
      listing,
      rolled: [],
      mayHaveRows: true,
      newest,
      unanswered: [],
      lost: [],
      unusable: [],
    };
  }
  const { months, covered, outside } = selectRollups(folder, host, {
    rolledMonths,
    files: listing.files,
    range,
  });
  const files = listing.files.filter(({ path }) => !covered.has(path));
  const answered = new Set(months.flatMap(({ dates }) => dates));
  const unanswered = rolledOnlyDays(folder, listing.files, { host })
    .filter(({ first, last, date }) =>
      last >= range.startMs && first < range.endMs && !answered.has(date)
    );
  return {
    listing: { ...listing, files },
    rolled: months,
    mayHaveRows: hasSegments(listing, "samples") ||
      files.some(({ dataset, path }) => dataset === "samples" && !outside.has(path)),
    newest,
    unanswered: unanswered.map(({ date }) => date),
    lost: lostDays(folder, listing.files, host)
      .filter((date) => date >= localDate(range.startMs, 0) && date < localDate(range.endMs, 0)),
    unusable: [],
  };
}

/** Of the months of a range, those that seemed sound until a question failed. */
function unusableMonths(
  months: readonly RollupMonth[],
  usable: readonly RollupMonth[],
): string[] {
  const sound = new Set(usable.filter(({ isSound }) => isSound).map(({ month }) => month));
  return months.filter(({ month, isSound }) => isSound && !sound.has(month))
    .map(({ month }) => month);
}

/** With the slack around a range, up to two of the files may hold only later rows. */
const NEWEST_FILES = 3;

function newestOf({ files }: Listing): DayFile[] {
  return files.filter(({ dataset }) => dataset === "samples")
    .sort((a, b) => (a.date < b.date ? 1 : -1)).slice(0, NEWEST_FILES);
}

async function askOnce<Answer>(
  plan: Plan,
  { settings, publicViews = true }: OpenStoreOptions,
  ask: (store: Store) => Promise<Answer>,
): Promise<Answer> {
  using database = await Database.open(settings);
  const store = await open(database, plan);
  if (publicViews) {
    for (const dataset of Object.values(DATASETS)) await database.run(publicViewSql(dataset));
  }
  return await ask(store);
}

async function open(database: Database, plan: Plan): Promise<Store> {
  const { listing, rolled, mayHaveRows, newest, unanswered, lost, unusable } = plan;
  for (const dataset of Object.values(DATASETS)) {
    const segments = listing.segments.filter((segment) => segment.dataset === dataset.name);
    const files = listing.files.filter((file) => file.dataset === dataset.name);
    const journal = hasSegments(listing, dataset.name);
    if (journal) await database.run(journalTableSql(dataset, segments));
    await database.run(storedViewSql(dataset, files, { journal }));
  }
  await database.run(
    storedViewSql(DATASETS.samples, newest, {
      name: "newest_samples",
      journal: hasSegments(listing, "samples"),
    }),
  );
  return {
    database,
    listing,
    rolled,
    mayHaveRows,
    notes: [
      ...damageNotes(listing),
      ...await tornNotes(database, listing),
      ...goneNotes(unanswered, "; their rollups answer for whole days only"),
      ...goneNotes(lost, ", and their rollups are damaged: mtr check"),
      ...unusableNotes(unusable),
    ],
  };
}

function rolledMonthsFor(
  folder: DataFolder,
  { range, host, useRollups }: OpenStoreOptions,
): RollupMonth[] {
  if (!useRollups || !range || host === undefined) return [];
  const { first, last } = datesAround(range);
  return rollupMonths(
    folder,
    host,
    (month) => month >= first.slice(0, 7) && month <= last.slice(0, 7),
  );
}

function listFor(
  folder: DataFolder,
  { range, host }: OpenStoreOptions,
  rolledMonths: readonly RollupMonth[],
): Listing {
  const { first, last } = range ? datesAround(range) : ALL_DATES;
  const listing = listStore(folder, {
    isWanted: (day) =>
      (host === undefined || day.host === host) && day.date >= first && day.date <= last,
    knownSeq: seqFromRollups(rolledMonths),
  });
  return { ...listing, segments: listing.segments.filter(({ folded }) => !folded) };
}

const ALL_DATES = { first: "", last: "9999" };

function datesAround({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }) {
  return { first: localDate(startMs - DAY_MS, 0), last: localDate(endMs + DAY_MS, 0) };
}

/** Reads every file on its own: slow, and only done after a question failed. */
async function findDamaged({ files, segments }: Listing): Promise<DamagedFile[]> {
  using database = await Database.open();
  const reads = [
    ...files.map(({ path }) => ({ path, from: `read_parquet(${quoteText(path)})` })),
    ...segments.map(({ path, dataset }) => ({
      path,
      from: readJournalSql(DATASETS[dataset], [path]),
    })),
  ];
  const damaged: DamagedFile[] = [];
  for (const { path, from } of reads) {
    try {
      await database.run(`SELECT max(hash(COLUMNS(*))) FROM ${from}`);
    } catch (error) {
      damaged.push({ path, problem: messageOf(error).split("\n")[0] ?? "" });
    }
  }
  return damaged;
}

function without(listing: Listing, damaged: readonly DamagedFile[]): Listing {
  const bad = new Set(damaged.map(({ path }) => path));
  return {
    files: listing.files.filter(({ path }) => !bad.has(path)),
    segments: listing.segments.filter(({ path }) => !bad.has(path)),
    damaged: [...listing.damaged, ...damaged],
  };
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
  return [`rollups of ${names} are damaged: what they say is read from rows (mtr check)`];
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
