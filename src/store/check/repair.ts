/** Does what a finding's repair says. Quarantines, rebuilds, re-derives; never deletes. */
import { dirname, relative } from "node:path";
import { type FolderInfo, FORMAT_VERSION, type Host } from "../../journal/mod.ts";
import { StoreError } from "../../model/mod.ts";
import { waitForLock } from "../../platform/mod.ts";
import { lastSeqOf } from "../listing.ts";
import { readPruneLog } from "../prune_log.ts";
import { setAside } from "../quarantine.ts";
import { daysToRollUp, rollUpDays } from "../rollup/build_rollups.ts";
import { rollupMonth } from "../rollup/rollup_files.ts";
import { withRowsGone } from "../rollup/rows_gone.ts";
import { keepMonth, setKindsAside } from "../rollup/set_month_aside.ts";
import { quoteText } from "../sql_text.ts";
import { hostsOf } from "./check_info.ts";
import type { CheckContext } from "./check_context.ts";
import type { DayName, Repair } from "./finding.ts";
import { rewriteDay } from "./rewrite_day.ts";

/** Readers hold the lock for one question. */
const READERS_TIMEOUT_MS = 60_000;

/**
 * Carries out one repair, all but "fold". The caller holds the folding lock.
 * @returns what was done, in sentences
 */
export async function carryOut(context: CheckContext, repair: Repair): Promise<readonly string[]> {
  const { folder, database } = context;
  switch (repair.do) {
    case "fold":
      return [];
    case "info":
      return await mendInfo(context);
    case "set aside":
      return [await moveAside(context, repair.path, relative(folder.path, repair.path))];
    case "set day aside":
      return await setDayAside(context, repair.path, repair.day);
    case "rewrite day":
      return await rewriteDay(folder, database, repair.file);
    case "name gone days":
    case "unname gone days":
      return await changeGoneDays(context, repair);
    case "roll up":
      return told(repair.days, await rollUpDays(folder, database, repair.days));
    case "roll up again":
      keepRollups(context, repair.days);
      return told(repair.days, await rollUpDays(folder, database, repair.days));
    case "rebuild month":
      return await rebuildMonth(context, repair);
  }
}

/** Between two readers, so that none of them has it open. */
async function moveAside(
  { folder }: CheckContext,
  path: string,
  reason: string,
): Promise<string> {
  using lock = await waitForLock(folder.foldLock, "exclusive", READERS_TIMEOUT_MS);
  if (!lock) throw new StoreError(`readers held the store for ${READERS_TIMEOUT_MS / 1000} s`);
  const name = relative(folder.path, path).replaceAll("/", ".").replace(/\.parquet$/, "");
  const extension = path.endsWith(".parquet") ? ".parquet" : "";
  const sentence = setAside(folder, path, `${name}.${Date.now()}${extension}`, reason);
  folder.disk.syncFolder(dirname(path));
  return sentence;
}

async function setDayAside(
  context: CheckContext,
  path: string,
  { dataset, host, date }: DayName,
): Promise<string[]> {
  const { folder } = context;
  const isRolled = dataset === "samples" &&
    rollupMonth(folder, host, date.slice(0, 7)).days.has(date);
  // First the word, then the move: in between, the day is answered as before.
  const done = isRolled
    ? await changeGoneDays(context, { do: "name gone days", host, dates: [date] })
    : [];
  return [...done, await moveAside(context, path, "it can't be read")];
}

async function changeGoneDays(
  { folder }: CheckContext,
  { do: what, host, dates }: Extract<Repair, { do: "name gone days" | "unname gone days" }>,
): Promise<string[]> {
  const change = what === "name gone days" ? { add: dates } : { drop: dates };
  await folder.updateInfo((info) => withRowsGone(info, host, change));
  const days = `${dates.join(", ")} (${host})`;
  return [
    what === "name gone days"
      ? `${days} are answered from rollups from now on`
      : `${days} are answered from their rows as before`,
  ];
}

function keepRollups(
  { folder }: CheckContext,
  days: Extract<Repair, { do: "roll up" }>["days"],
): void {
  const months = new Map(days.map(({ host, date }) => [`${host}/${date.slice(0, 7)}`, host]));
  for (const [key, host] of months) keepMonth(folder, host, key.slice(host.length + 1));
}

function told(days: readonly { date: string }[], notes: readonly string[]): string[] {
  const [first] = days;
  const last = days.at(-1);
  if (!first || !last) return [...notes];
  const span = days.length === 1
    ? first.date
    : `${days.length} days (${first.date} … ${last.date})`;
  return [`rolled up ${span}`, ...notes];
}

async function rebuildMonth(
  { folder, database, listing, openFrom }: CheckContext,
  { host, month, kinds }: Extract<Repair, { do: "rebuild month" }>,
): Promise<string[]> {
  const moved = setKindsAside(folder, host, month, kinds);
  const files = listing.files.filter((file) => file.host === host && file.date.startsWith(month));
  const days = daysToRollUp(folder, files, openFrom);
  return [...moved, ...told(days, await rollUpDays(folder, database, days))];
}

async function mendInfo(context: CheckContext): Promise<string[]> {
  const { folder } = context;
  const isLost = !folder.info();
  const found: Host[] = [];
  for (const host of hostsOf(context)) found.push(await hostFromFiles(context, host));
  await folder.updateInfo((info) => {
    const known = new Set(info.hosts.map(({ id }) => id));
    const hosts = [...info.hosts, ...found.filter(({ id }) => !known.has(id))].map((host) => ({
      ...host,
      last_seq: Math.max(host.last_seq, lastSeqOf(folder, host.id)),
    }));
    const mended = { ...info, format: FORMAT_VERSION, hosts };
    return isLost ? withPrunedDays(context, mended) : mended;
  });
  return [`${folder.infoPath} was written anew`];
}

/** What the files tell of a host: not the machine that it is, so that the next one of this name takes it over. */
async function hostFromFiles({ database, listing }: CheckContext, id: string): Promise<Host> {
  const files = listing.files.filter(({ host, dataset }) => host === id && dataset === "samples")
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const newest = files.at(-1);
  const [boot] = newest
    ? await database.rows<{ id: string | null }>(
      `SELECT arg_max(boot_id, ts) AS id FROM read_parquet(${quoteText(newest.path)})`,
    ).catch(() => [])
    : [];
  const created = `${files[0]?.date ?? new Date().toISOString().slice(0, 10)}T00:00:00.000Z`;
  const last_seq = 0;
  return {
    id,
    name: id,
    machine: null,
    created,
    last_seq,
    boot_id: boot?.id ?? null,
    recovered: true,
  };
}

function withPrunedDays({ folder, listing }: CheckContext, info: FolderInfo): FolderInfo {
  const there = new Set(
    listing.files.map(({ dataset, host, date }) => `${dataset}/${host}/${date}`),
  );
  const pruned = readPruneLog(folder).filter(({ dataset, host, date }) =>
    dataset === "samples" && !there.has(`samples/${host}/${date}`)
  );
  return [...Map.groupBy(pruned, ({ host }) => host)].reduce(
    (changed, [host, files]) => withRowsGone(changed, host, { add: files.map(({ date }) => date) }),
    info,
  );
}
