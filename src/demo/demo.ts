/** A made-up laptop's life, to see what mtr shows before there is data of one's own. */
import { join } from "node:path";
import { DATASETS, StoreError } from "../model/mod.ts";
import { ZoneOffsets } from "../platform/mod.ts";
import {
  Database,
  type DataFolder,
  FORMAT_VERSION,
  quoteText,
  writeDayFile,
} from "../store/mod.ts";
import macrosSql from "./sql/macros.sql" with { type: "text" };
import samplesSql from "./sql/samples.sql" with { type: "text" };

export interface DemoOptions {
  readonly days: number;
  readonly intervalMs: number;
  readonly seed: number;
  readonly nowMs: number;
  readonly timeZone: string;
  /** Called after each day that was made. */
  readonly onDay: (done: number, all: number) => void;
}

const HOST = "demo-laptop";
const DESCRIPTION = "mactop 2.1.5 (made-up data)";
const HOUR_MS = 3_600_000;

/**
 * Makes the data up to the last full hour, in place of what an earlier demo made.
 * @throws {StoreError} when the folder holds anything but demo data
 */
export async function makeDemo(folder: DataFolder, options: DemoOptions): Promise<void> {
  refuseRealData(folder);
  for (const dataset of Object.keys(DATASETS) as (keyof typeof DATASETS)[]) {
    removeFolder(folder.dataset(dataset));
  }
  // They would answer for days that are no more.
  removeFolder(join(folder.path, "rollups"));
  folder.create();
  const created = new Date(options.nowMs).toISOString();
  folder.writeInfo({
    format: FORMAT_VERSION,
    created,
    demo: true,
    hosts: [{ id: HOST, name: HOST, machine: null, created, last_seq: 0, boot_id: null }],
  });
  await writeDays(folder, options);
}

async function writeDays(folder: DataFolder, options: DemoOptions): Promise<void> {
  const { intervalMs, seed, timeZone, onDay } = options;
  const days = localDays(options);
  using database = await Database.open();
  await database.run(`SET VARIABLE seed = ${Math.trunc(seed)}`);
  await database.run(macrosSql);
  await database.run(hoursSql(days, timeZone));
  for (const [done, { date, startMs, endMs }] of days.entries()) {
    const bound = { start_ms: startMs, end_ms: endMs, interval_ms: intervalMs };
    await writeDayFile(
      folder,
      database,
      { dataset: DATASETS.samples, host: HOST, date },
      bind(samplesSql, bound),
    );
    await writeDayFile(
      folder,
      database,
      { dataset: DATASETS.sources, host: HOST, date },
      sourceRowsSql(bound),
    );
    onDay(done + 1, days.length);
  }
}

interface LocalDay {
  readonly date: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** Local days that end with today, the last one cut at the last full hour. */
function localDays({ days, nowMs, timeZone }: DemoOptions): LocalDay[] {
  const lastMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const offsets = new ZoneOffsets(timeZone);
  const found = new Map<string, { startMs: number; endMs: number }>();
  // Offsets change on quarter-hours, so that local midnights are on quarter-hours too.
  const quarterMs = HOUR_MS / 4;
  for (let ms = lastMs - quarterMs; found.size <= days; ms -= quarterMs) {
    const date = new Date(ms + offsets.offsetMinAt(ms) * 60_000).toISOString().slice(0, 10);
    const day = found.get(date);
    if (day) day.startMs = ms;
    else found.set(date, { startMs: ms, endMs: ms + quarterMs });
  }
  return [...found].slice(0, days).reverse().map(([date, span]) => ({ date, ...span }));
}

function hoursSql(days: readonly LocalDay[], timeZone: string): string {
  const offsets = new ZoneOffsets(timeZone);
  // One hour early: the first tick of the first day looks at the one before.
  const first = Math.floor((days[0]?.startMs ?? 0) / HOUR_MS - 1) * HOUR_MS;
  const last = days.at(-1)?.endMs ?? 0;
  const rows: string[] = [];
  for (let ms = first; ms < last; ms += HOUR_MS) rows.push(`(${ms}, ${offsets.offsetMinAt(ms)})`);
  return `CREATE TEMP TABLE hours AS
    SELECT start_ms::BIGINT AS start_ms, offset_min::BIGINT AS offset_min
    FROM (VALUES ${rows.join(", ")}) AS hours(start_ms, offset_min)`;
}

/** One row an hour: enough to name the source. */
function sourceRowsSql(
  { start_ms: start, end_ms: end, interval_ms: interval }: Record<string, number>,
): string {
  return `SELECT make_timestamptz(start_ms * 1000) AS ts, offset_min::SMALLINT AS utc_offset_min,
      'mactop' AS source, ${
    quoteText(DESCRIPTION)
  } AS description, ${interval} / 1000.0 AS interval_s,
      (3600000 // ${interval})::INTEGER AS reads, 0 AS failures, 0 AS not_ready, 0 AS dropped_values,
      2.5 AS read_ms, NULL::VARCHAR AS message
    FROM hours WHERE start_ms >= ${start} AND start_ms < ${end}`;
}

/** COPY binds no parameters: these are numbers of our own. */
function bind(sql: string, parameters: Readonly<Record<string, number>>): string {
  return sql.replaceAll(/^--.*$/gm, "").replaceAll(
    /\$(\w+)/g,
    (_, name) => String(parameters[name]),
  );
}

function refuseRealData(folder: DataFolder): void {
  const info = folder.info();
  const hasData = folder.disk.list(folder.dataset("samples")).length > 0 ||
    folder.disk.list(folder.journal).length > 0;
  if (info?.demo || (!info && !hasData)) return;
  throw new StoreError(`${folder.path} holds recorded data; demo data would replace it`, [
    "name an empty folder: mtr demo --data-dir DIR",
  ]);
}

function removeFolder(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
