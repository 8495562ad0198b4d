import { DATASETS, messageOf } from "../model/mod.ts";
import type { DataFolder } from "../journal/mod.ts";
import { Database } from "./database.ts";
import { type DamagedFile, hasSegments, type Listing, listStore } from "./listing.ts";
import { mayBeDamage } from "./may_be_damage.ts";
import { missingNotes } from "./missing_notes.ts";
import { planReading, type ReadingPlan, type WantedRows } from "./reading_plan.ts";
import { readableMonths } from "./rollup/readable_months.ts";
import { type RollupMonth, rollupMonths, seqFromRollups } from "./rollup/rollup_files.ts";
import type { RolledMonth } from "./rollup/select_rollups.ts";
import { quoteText } from "./sql_text.ts";
import { lockForReading } from "./store_lock.ts";
import { journalTableSql, publicViewSql, readJournalSql, storedViewSql } from "./views.ts";
import { localDate } from "../platform/mod.ts";

/** A day of slack on both sides: files are named by local days, ranges are instants. */
const DAY_MS = 86_400_000;

export interface OpenStoreOptions extends WantedRows {
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
  const plan = planReading(folder, listing, options, rolledMonths);
  try {
    return await askOnce(plan, options, ask);
  } catch (error) {
    // Only what people write asks of all of time.
    if (!mayBeDamage(error, options.range !== undefined)) throw error;
    const damaged = await findDamaged(listing);
    const isRolled = plan.rolled.length > 0;
    if (damaged.length === 0 && !isRolled) throw error;
    const rest = without(listing, damaged);
    const askWith = (months: readonly RollupMonth[]) =>
      askOnce(planReading(folder, rest, options, months, rolledMonths), options, ask);
    if (!isRolled) return await askWith([]);
    const readable = await readableMonths(rolledMonths);
    // A file can be damaged in a way that shows in some questions only: rows say the same.
    return await askWith(readable).catch(() => askWith([]));
  }
}

async function askOnce<Answer>(
  plan: ReadingPlan,
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

async function open(database: Database, plan: ReadingPlan): Promise<Store> {
  const { listing, rolled, mayHaveRows, newest } = plan;
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
    notes: await missingNotes(database, plan),
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
