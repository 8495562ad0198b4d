/** Staged rows → a machine's days, each row once. */
import { type Dataset, DATASETS, METRICS } from "../model/mod.ts";
import {
  type DataFolder,
  type DayOf,
  fillSql,
  growDay,
  type GrownDay,
  isDamaged,
  putInPlace,
  quoteText,
  rolledOnlyDays,
  type Store,
  viewAround,
  withStore,
} from "../store/mod.ts";
import newSamplesSql from "./sql/new_samples.sql" with { type: "text" };
import newSeriesSql from "./sql/new_series.sql" with { type: "text" };
import newSourcesSql from "./sql/new_sources.sql" with { type: "text" };
import type { StagedFile } from "./stage_files.ts";
import type { StagedDay } from "./staging.ts";

export interface MergeOptions {
  /** The host's id in the store. */
  readonly host: string;
  /** All of them of this host. */
  readonly days: readonly StagedDay[];
  readonly files: readonly StagedFile[];
  readonly dryRun: boolean;
  /** After each day. */
  readonly onDay: (done: number, all: number) => void;
}

export interface MergeResult {
  readonly added: number;
  /** Rows whose time was stored already. */
  readonly known: number;
  /** First and last moment that was added, in ms; null where nothing was. */
  readonly first: number | null;
  readonly last: number | null;
  /** Days whose files can't be read, so that nothing was added to them. */
  readonly damaged: readonly string[];
  /** Days whose rows were removed on purpose and whose rollups answer, with the samples that were left out of them. */
  readonly gone: readonly GoneDay[];
}

export interface GoneDay {
  readonly date: string;
  readonly samples: number;
}

/** Adds what is new to the days of a host. Hold the folding lock. */
export async function mergeStaged(folder: DataFolder, options: MergeOptions): Promise<MergeResult> {
  const { result, grown } = await withStore(folder, { host: options.host }, async (store) => {
    const merge = new Merge(store, folder, options);
    await merge.run();
    return merge;
  });
  await putInPlace(folder, grown);
  return result;
}

class Merge {
  readonly grown: GrownDay[] = [];
  result: MergeResult = { added: 0, known: 0, first: null, last: null, damaged: [], gone: [] };
  readonly #rollupOnly = new Set<string>();
  /** Last row of each format on the days before, in ms. */
  readonly #previous = new Map<string, number>();

  constructor(readonly store: Store, readonly folder: DataFolder, readonly options: MergeOptions) {}

  async run(): Promise<void> {
    await this.store.database.run(filesSql(this.options.files));
    const { host, days } = this.options;
    const dates = [...Map.groupBy(days, ({ date }) => date)];
    const gone = rolledOnlyDays(this.folder, this.store.listing.files, { host });
    for (const { date } of gone) this.#rollupOnly.add(date);
    for (const [done, [date, staged]] of dates.entries()) {
      await this.#day(date, staged);
      this.options.onDay(done + 1, dates.length);
    }
  }

  async #day(date: string, staged: readonly StagedDay[]): Promise<void> {
    // Rows beside the rollup that stands for them would count twice.
    if (this.#rollupOnly.has(date)) return this.#leaveOut(date, staged);
    const of = (dataset: Dataset): DayOf => ({ dataset, host: this.options.host, date });
    const damaged = Object.values(DATASETS).some((dataset) =>
      isDamaged(this.store, this.folder, of(dataset))
    );
    if (damaged) {
      this.result = { ...this.result, damaged: [...this.result.damaged, date] };
      return;
    }
    const added = await this.#samples(of(DATASETS.samples), staged);
    if (added > 0) {
      await this.#grow(of(DATASETS.samples), "SELECT * FROM new_samples");
      await this.#grow(of(DATASETS.sources), newSourcesSql);
    }
    if (await this.#series(of(DATASETS.series), staged) > 0) {
      await this.#grow(of(DATASETS.series), "SELECT * FROM new_series");
    }
  }

  #leaveOut(date: string, staged: readonly StagedDay[]): void {
    const samples = staged.filter(({ dataset }) => dataset === "samples")
      .reduce((sum, { rows }) => sum + rows, 0);
    this.result = { ...this.result, gone: [...this.result.gone, { date, samples }] };
  }

  /** Makes `new_samples`; the number of rows in it. */
  async #samples(day: DayOf, staged: readonly StagedDay[]): Promise<number> {
    const { database } = this.store;
    const columns = METRICS.map(({ id }) => id).join(", ");
    await viewAround(this.store, day);
    await database.run(emptyTableSql("new_samples", day.dataset, ["file INTEGER"]));
    let read = 0;
    for (const { path, format } of staged.filter(({ dataset }) => dataset === "samples")) {
      await database.run(stagedSql(path, day.dataset));
      const [span] = await database.rows<{ last: number; rows: number }>(
        "SELECT max(ts) AS last, count(*) AS rows FROM staged",
      );
      const previous = this.#previous.get(format);
      const rows = fillSql(newSamplesSql, { columns, previous_ts: String(previous ?? "NULL") });
      await database.run(`INSERT INTO new_samples BY NAME ${rows}`);
      read += span?.rows ?? 0;
      this.#previous.set(format, span?.last ?? previous ?? 0);
    }
    return await this.#count(read);
  }

  async #count(read: number): Promise<number> {
    const [found] = await this.store.database.rows<
      { rows: number; first: number | null; last: number | null }
    >("SELECT count(*) AS rows, min(epoch_ms(ts)) AS first, max(epoch_ms(ts)) AS last FROM new_samples");
    const { rows = 0, first = null, last = null } = found ?? {};
    const before = this.result;
    this.result = {
      ...before,
      added: before.added + rows,
      known: before.known + read - rows,
      first: before.first ?? first,
      last: last ?? before.last,
    };
    return rows;
  }

  /** Makes `new_series`; the number of rows in it. */
  async #series(day: DayOf, staged: readonly StagedDay[]): Promise<number> {
    const parts = staged.filter(({ dataset }) => dataset === "series");
    if (parts.length === 0) return 0;
    const { database } = this.store;
    await viewAround(this.store, day);
    await database.run(emptyTableSql("new_series", day.dataset));
    for (const { path } of parts) {
      await database.run(stagedSql(path, day.dataset));
      await database.run(`INSERT INTO new_series BY NAME ${newSeriesSql}`);
    }
    const [found] = await database.rows<{ rows: number }>(
      "SELECT count(*) AS rows FROM new_series",
    );
    return found?.rows ?? 0;
  }

  async #grow(day: DayOf, query: string): Promise<void> {
    if (!this.options.dryRun) this.grown.push(await growDay(this.store, this.folder, day, query));
  }
}

function filesSql(files: readonly StagedFile[]): string {
  const rows = files.map(({ nominalMs, format: { name, title } }, file) =>
    `(${file}, ${nominalMs}::BIGINT, ${quoteText(name)}, ${quoteText(`${title}, imported`)})`
  );
  return `CREATE OR REPLACE TEMP TABLE files AS
    SELECT * FROM (VALUES ${rows.join(", ")}) AS files(file, nominal_ms, source, description)`;
}

function emptyTableSql(name: string, dataset: Dataset, more: readonly string[] = []): string {
  const columns = dataset.columns.map(({ name, type }) => `${name} ${type}`);
  return `CREATE OR REPLACE TEMP TABLE ${name} (${[...more, ...columns].join(", ")})`;
}

/** Lines of JSON as the table `staged`, with the types of the store. */
function stagedSql(path: string, dataset: Dataset): string {
  const typed = dataset.columns.map(({ name, type }) =>
    `${name}: ${quoteText(name === "ts" ? "BIGINT" : name === "interval_s" ? "DOUBLE" : type)}`
  );
  return `CREATE OR REPLACE TEMP TABLE staged AS
    SELECT * FROM read_json(${quoteText(path)}, format = 'newline_delimited',
      columns = {file: 'INTEGER', n: 'BIGINT', ${typed.join(", ")}})`;
}
