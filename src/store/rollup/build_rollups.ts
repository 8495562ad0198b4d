/** Finished days → their month's rollup files. */
import { dirname, join } from "node:path";
import { messageOf, type Metric, REPORTABLE_METRICS } from "../../model/mod.ts";
import type { DataFolder } from "../../journal/mod.ts";
import type { Database } from "../database.ts";
import type { DayFile } from "../listing.ts";
import { replaceFile } from "../replace_file.ts";
import { countValues } from "../reduce/count_values.ts";
import { makeMinutes } from "../reduce/make_minutes.ts";
import { makeHourBins, makeRuns, makeSaturations, type RowRange } from "../reduce/reduce_rows.ts";
import { fillSql } from "../fill_sql.ts";
import { parquetSql, quoteText, unionByName } from "../sql_text.ts";
import { metricSource, storedViewSql } from "../views.ts";
import { DATASETS } from "../../model/mod.ts";
import {
  DAY_ROLLUPS,
  type DayRollup,
  type MonthRollup,
  type RollupDefinition,
  ROLLUPS,
} from "./kinds.ts";
import {
  DAYS_KEY,
  isFresh,
  monthOf,
  monthReader,
  type RolledDay,
  type RollupMonth,
  rollupMonth,
} from "./rollup_files.ts";
import { rowsGoneOf } from "./rows_gone.ts";
import { keepMonth, setDamagedMonthAside } from "./set_month_aside.ts";

/** All of time: a day file is rolled up whole. */
const EVERYTHING: RowRange = { start_ms: -8.64e15 / 1000, end_ms: 8.64e15 / 1000 };

interface RollUpChoice {
  /** Also the days that are rolled up as they are. */
  readonly rebuild?: boolean | undefined;
  /** Rollups that are read already. */
  readonly months?: ReturnType<typeof monthReader>;
}

/**
 * Day files of `samples` that are finished and not rolled up as they are now; and of a month whose files do not hold the same
 * days, because a fold was ended or a file was lost, one more where all are rolled up: with it all files are written anew.
 */
export function daysToRollUp(
  folder: DataFolder,
  files: readonly DayFile[],
  today: string,
  { rebuild, months = monthReader(folder) }: RollUpChoice = {},
): DayFile[] {
  const missing = daysNotRolledUp(folder, files, today, { rebuild, months });
  const missingMonths = new Set(missing.map(monthKey));
  const others = finishedOf(files, today).filter((file) => !missingMonths.has(monthKey(file)));
  const unsound = [...Map.groupBy(others, monthKey).values()].flatMap((ofMonth) => {
    const [first] = ofMonth;
    const month = first && months(first);
    if (!month || month.isSound) return [];
    return ofMonth.filter((file) => isFresh(file, month.days.get(file.date))).slice(-1);
  });
  return [...missing, ...unsound];
}

/** Of these files, those whose rows no rollup knows as they are now. */
export function daysNotRolledUp(
  folder: DataFolder,
  files: readonly DayFile[],
  today: string,
  { rebuild = false, months = monthReader(folder) }: RollUpChoice = {},
): DayFile[] {
  const gone = new Map<string, (date: string) => boolean>();
  return finishedOf(files, today).filter((file) => {
    const { host, date } = file;
    if (!gone.has(host)) gone.set(host, rowsGoneOf(folder, host));
    const day = months(file).days.get(date);
    if (isFresh(file, day)) return rebuild;
    // Derived anew, the rollup would forget the rows that are gone.
    return day === undefined || !gone.get(host)?.(date);
  });
}

function finishedOf(files: readonly DayFile[], today: string): DayFile[] {
  return files.filter(({ dataset, date }) => dataset === "samples" && date < today);
}

function monthKey(file: DayFile): string {
  return `${file.host}/${monthOf(file)}`;
}

/** Rolls days up, a month's files at a time. Returns what went wrong; a day that fails is answered from its rows. */
export async function rollUpDays(
  folder: DataFolder,
  database: Database,
  days: readonly DayFile[],
): Promise<string[]> {
  const notes: string[] = [];
  const byMonth = Map.groupBy(days, monthKey);
  for (const files of byMonth.values()) {
    const rolled = new Map<string, RolledDay>();
    await createMonthTables(database);
    for (const file of files) {
      try {
        const day = await rollUpDay(folder, database, file);
        if (day) rolled.set(file.date, day);
      } catch (error) {
        notes.push(`${file.path} could not be rolled up: ${messageOf(error).split("\n")[0]}`);
      }
    }
    const [first] = files;
    if (!first) continue;
    try {
      notes.push(...await writeMonth(folder, database, first.host, monthOf(first), rolled));
    } catch (error) {
      const what = `rollups of ${monthOf(first)} (${first.host})`;
      notes.push(`${what} could not be written: ${messageOf(error).split("\n")[0]}`);
    }
  }
  return notes;
}

async function createMonthTables(database: Database): Promise<void> {
  for (const { kind, columns } of DAY_ROLLUPS) {
    const typed = columns.map(([name, type]) => `${name} ${type}`).join(", ");
    await database.run(`CREATE OR REPLACE TEMP TABLE rolled_${kind} (date DATE, ${typed})`);
  }
}

/** Makes the tables that kinds of days are made of; false for a day that knows no metric. */
export async function deriveDay(database: Database, file: DayFile): Promise<boolean> {
  await database.run(storedViewSql(DATASETS.samples, [file], { name: "day_file" }));
  const metrics = await presentMetrics(database);
  if (metrics.length === 0) return false;
  // Copied once: some forty questions would each open the file.
  const inputs = new Set(metrics.flatMap(({ id }) => metricSource(id).inputs));
  await database.run(
    `CREATE OR REPLACE TEMP TABLE stored_samples AS
     SELECT ts, interval_s, utc_offset_min, flags, boot_id, ${
      [...inputs].join(", ")
    } FROM day_file`,
  );
  const facts = await countValues(database, metrics, EVERYTHING);
  if (!facts) return false;
  await makeMinutes(database, metrics, EVERYTHING, facts);
  await makeRuns(database);
  await makeHourBins(database, metrics, EVERYTHING);
  await makeSaturations(database, metrics, EVERYTHING);
  return true;
}

/** Adds one day's rows to the month's tables; null for a day without rows. */
async function rollUpDay(
  folder: DataFolder,
  database: Database,
  file: DayFile,
): Promise<RolledDay | null> {
  if (!await deriveDay(database, file)) return null;
  for (const { kind, columns, sql } of DAY_ROLLUPS) {
    const names = columns.map(([name]) => name).join(", ");
    await database.run(
      `INSERT INTO rolled_${kind} SELECT ${quoteText(file.date)}::DATE, ${names} FROM (${sql})`,
    );
  }
  const [ends] = await database.rows<{ first: number; last: number }>(
    "SELECT min(first_ms) AS first, max(last_ms) AS last FROM row_runs",
  );
  if (!ends) return null;
  const check = file.check === undefined ? {} : { check: file.check };
  return { seq: file.lastSeq, bytes: folder.disk.fileSize(file.path) ?? 0, ...check, ...ends };
}

/** Metrics that the day knows: nothing is said about the others. */
async function presentMetrics(database: Database): Promise<Metric[]> {
  const columns = DATASETS.samples.columns.map(({ name }) => `count(${name}) AS ${name}`);
  const [counts = {}] = await database.rows<Record<string, number>>(
    `SELECT ${columns.join(", ")} FROM day_file`,
  );
  return REPORTABLE_METRICS.filter(({ id }) =>
    metricSource(id).inputs.every((input) => (counts[input] ?? 0) > 0)
  );
}

/** Returns what was set aside for it. */
async function writeMonth(
  folder: DataFolder,
  database: Database,
  host: string,
  month: string,
  rolled: ReadonlyMap<string, RolledDay>,
): Promise<string[]> {
  if (rolled.size === 0) return [];
  const notes = setDamagedMonthAside(folder, host, month);
  const before = rollupMonth(folder, host, month);
  notes.push(...keepForgottenDays(folder, before));
  const kept = [...before.days].filter(([date]) => !rolled.has(date));
  const days = Object.fromEntries([...kept, ...rolled].sort(([a], [b]) => (a < b ? -1 : 1)));
  for (const definition of ROLLUPS) {
    const target = before.paths[definition.kind];
    const part = join(folder.tmp, `rollup.${definition.kind}.${host}.${month}.part`);
    const rows = definition.of === "day"
      ? daysSql(definition, kept.length > 0 ? target : null, kept.map(([date]) => date))
      : monthSql(definition, before.paths);
    try {
      await database.run(copySql(rows, definition, part, days));
      folder.disk.makeFolder(dirname(target));
      await replaceFile(folder, part, target);
    } catch (error) {
      // On a full disk the journal needs the room.
      folder.disk.remove(part);
      throw error;
    }
  }
  return notes;
}

/**
 * Days whose rows are gone, and which are not in all kinds (one was lost, or an older mtr did not make it), cannot be carried
 * over. They may be of use to somebody: copies are kept before new files take the place of the month's.
 */
function keepForgottenDays(
  folder: DataFolder,
  { host, month, named, days }: RollupMonth,
): string[] {
  const isGone = rowsGoneOf(folder, host);
  const forgotten = [...named].filter((date) => isGone(date) && !days.has(date));
  if (forgotten.length === 0) return [];
  keepMonth(folder, host, month);
  const dates = forgotten.sort().join(", ");
  return [
    `not all rollups hold ${dates}, whose rows are gone: copies are kept in ${folder.quarantine}`,
  ];
}

/** The days of the month's tables, and those that are kept of the file that is there. */
function daysSql(
  { kind, columns }: DayRollup,
  old: string | null,
  kept: readonly string[],
): string {
  const names = ["date", ...columns.map(([name]) => name)].join(", ");
  const dates = kept.map((date) => `DATE ${quoteText(date)}`).join(", ");
  const before = old === null
    ? []
    : [`SELECT ${names} FROM ${parquetSql(old)} WHERE date IN (${dates})`];
  return unionByName([`SELECT ${names} FROM rolled_${kind}`, ...before]);
}

/** Of the kinds of days as they have just been written. */
export function monthSql({ sql, columns }: MonthRollup, paths: RollupMonth["paths"]): string {
  const typed = columns.map(([name, type]) => `${name}::${type} AS ${name}`).join(", ");
  const kinds = Object.entries(paths).map(([kind, path]) => [kind, parquetSql(path)]);
  return `SELECT ${typed} FROM (${fillSql(sql, Object.fromEntries(kinds))})`;
}

function copySql(
  rows: string,
  { order, layout }: RollupDefinition,
  part: string,
  days: Readonly<Record<string, RolledDay>>,
): string {
  return `COPY (
      SELECT * FROM (${rows})
      ORDER BY ${order.join(", ")}
    ) TO ${quoteText(part)} (
      FORMAT parquet, COMPRESSION ${layout.compression}, PARQUET_VERSION v2, ROW_GROUP_SIZE ${layout.rowGroupRows},
      KV_METADATA {${DAYS_KEY}: ${quoteText(JSON.stringify(days))}}
    )`;
}
