/** What folds cost a recorder: one every two hours, later ones rewrite a longer day, and the first after midnight rolls it up. */
import { join } from "node:path";
import { localDisk } from "../../src/platform/mod.ts";
import { DATASETS } from "../../src/model/mod.ts";
import { Database, DataFolder, quoteText, writeDayFile } from "../../src/store/mod.ts";
import { type BenchData, FIRST_DATE } from "./data/bench_data.ts";
import { HOST, writeInfo } from "./data/convert_generated.ts";
import { writeJournal } from "./data/journal_hour.ts";
import { MACTOP_LABELS, seriesRowsSql } from "./data/series_rows.ts";
import { type Contender, type MeasuredRun, measureRun } from "./measure_run.ts";
import { median } from "./median.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Hours between a recorder's folds. */
const FOLD_HOURS = 2;
const FOLDS_A_DAY = 24 / FOLD_HOURS;
/** Full hours of the day that are folded already. */
const EARLIER_HOURS = [2, 12, 22];
const BEFORE_DAY_END = 22;

export interface FoldCost {
  /** The folds' share of an hour, the day's roll-up included. */
  readonly cpuS: number;
  readonly detail: string;
  readonly runs: readonly (MeasuredRun & { readonly name: string })[];
}

export interface FoldOptions {
  readonly mtr: (name: string, ...args: string[]) => Contender;
  readonly data: BenchData;
  readonly work: string;
  readonly rounds: number;
}

/** Null where the system does not tell what a process used. */
export async function measureFold(options: FoldOptions): Promise<FoldCost | null> {
  const midnightMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const runs: (MeasuredRun & { name: string })[] = [];
  for (const hours of EARLIER_HOURS) {
    const name = `mtr fold after ${hours} h`;
    runs.push({ name, ...await medianRun(options, name, midnightMs, hours) });
  }
  const name = "mtr fold that ends a day";
  runs.push({ name, ...await medianRun(options, name, midnightMs - DAY_MS, BEFORE_DAY_END) });
  const cpu = runs.map(({ cpuS }) => cpuS);
  if (cpu.some((value) => value === null)) return null;
  const atDayEnd = cpu.at(-1) ?? 0;
  const atOthers = cpu.slice(0, -1).reduce<number>((sum, value) => sum + (value ?? 0), 0) /
    EARLIER_HOURS.length;
  const cpuS = ((FOLDS_A_DAY - 1) * atOthers + atDayEnd) / 24;
  return { cpuS, detail: `${cpuS.toFixed(2)} for folds`, runs };
}

async function medianRun(
  options: FoldOptions,
  name: string,
  dayStartMs: number,
  hours: number,
): Promise<MeasuredRun> {
  const runs: MeasuredRun[] = [];
  for (let round = 0; round < options.rounds; round++) {
    const folder = new DataFolder(join(options.work, "fold"), localDisk);
    await Deno.remove(folder.path, { recursive: true }).catch(() => {});
    await fill(folder, options.data, dayStartMs, hours);
    runs.push(await measureRun(options.mtr(name, "fold", "--quiet", "--data-dir", folder.path)));
    await Deno.remove(folder.path, { recursive: true });
  }
  const middle = (pick: (run: MeasuredRun) => number | null) =>
    runs.every((run) => pick(run) !== null) ? median(runs.map((run) => pick(run) ?? 0)) : null;
  return {
    wallS: middle(({ wallS }) => wallS) ?? 0,
    cpuS: middle(({ cpuS }) => cpuS),
    peakRssBytes: middle((run) => run.peakRssBytes),
  };
}

/** A day with some hours in its files and the next ones in the journal. */
async function fill(
  folder: DataFolder,
  data: BenchData,
  dayStartMs: number,
  hours: number,
): Promise<void> {
  folder.create();
  writeInfo(folder);
  using database = await Database.open();
  const date = new Date(dayStartMs).toISOString().slice(0, 10);
  const nextMs = dayStartMs + hours * HOUR_MS;
  const endMs = nextMs + FOLD_HOURS * HOUR_MS;
  const samples = samplesSql(data.folder, dayStartMs);
  const series = seriesRowsSql(MACTOP_LABELS, dayStartMs, nextMs);
  await writeDayFile(
    folder,
    database,
    { dataset: DATASETS.samples, host: HOST, date },
    `SELECT * REPLACE (make_timestamptz(ts * 1000) AS ts) FROM (${samples}) WHERE ts < ${nextMs}`,
  );
  await writeDayFile(
    folder,
    database,
    { dataset: DATASETS.series, host: HOST, date },
    `SELECT * REPLACE (make_timestamptz(ts * 1000) AS ts) FROM (${series})`,
  );
  await writeJournal(folder, database, {
    date,
    nextSeq: 1,
    rows: [
      { dataset: "samples", sql: `${samples} WHERE t >= ${nextMs} AND t < ${endMs}` },
      { dataset: "series", sql: seriesRowsSql(MACTOP_LABELS, nextMs, endMs) },
      { dataset: "sources", sql: sourcesSql(nextMs, endMs) },
    ],
  });
}

/** The first day of the data, moved to another day; `ts` in epoch milliseconds. */
function samplesSql(folder: DataFolder, dayStartMs: number): string {
  const [host] = localDisk.list(folder.dataset("samples"));
  const path = join(
    folder.dataset("samples"),
    host?.name ?? "",
    `date=${FIRST_DATE}`,
    "rows.parquet",
  );
  const shiftMs = dayStartMs - Date.parse(FIRST_DATE);
  return `SELECT * EXCLUDE (t) REPLACE (t AS ts) FROM (
      SELECT *, epoch_ms(ts) + ${shiftMs} AS t
      FROM read_parquet(${quoteText(path)}, hive_partitioning = false))`;
}

function sourcesSql(startMs: number, endMs: number): string {
  return `SELECT range AS ts, 0 AS utc_offset_min, 'mactop' AS source, 'mactop 2.1.4+' AS description, 1 AS interval_s,
      60 AS reads, 0 AS failures, 0 AS not_ready, 0 AS dropped_values, 1.5 AS read_ms
    FROM range(${startMs}, ${endMs}, 60000)`;
}
