/** Repairs that are ended at each of their steps: nothing is deleted, and the second one completes. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { join } from "node:path";
import { Database, listStore, quoteText, repairStore } from "../../src/store/mod.ts";
import type { ScratchFolder } from "../journal/scratch_folder.ts";
import { copyOfRecorded, dayFile, HOST, rowsSeen, treeOf } from "../store/recorded_days.ts";
import {
  ALL,
  DATES,
  DAY,
  recorded,
  rewrite,
  rollupPaths,
  TIMES_ONLY,
  UNFINISHED,
} from "../store/check/damaged_store.ts";
import { whileDaysLast } from "../store/while_days_last.ts";
import { EVERYTHING } from "../everything.ts";
import { failAt, killAt } from "./end_at.ts";

const [OTHER_DAY = ""] = DATES;

/** Twenty rows of the first day are in the second day's file as well, ten of them there only. */
async function misplaceRows(folder: ScratchFolder): Promise<void> {
  const other = quoteText(dayFile(folder, OTHER_DAY));
  await rewrite(folder, `FROM own UNION ALL BY NAME (FROM read_parquet(${other}) LIMIT 20)`);
  await rewrite(folder, "FROM own ORDER BY ts OFFSET 10", { date: OTHER_DAY });
}

/** How many different rows there are in all files, those in quarantine included. */
async function differentRows(folder: ScratchFolder): Promise<number> {
  using database = await Database.open();
  const files = [...treeOf(folder).keys()].filter((name) =>
    name.endsWith(".parquet") && /samples/.test(name)
  );
  const paths = files.map((name) => quoteText(join(folder.path, name)));
  const [counted] = await database.rows<{ rows: number }>(
    `SELECT count(DISTINCT ts) AS rows
     FROM read_parquet([${paths.join(", ")}], hive_partitioning = false, union_by_name = true)`,
  );
  return counted?.rows ?? 0;
}

interface Case {
  readonly point: string;
  readonly make: () => Promise<ScratchFolder>;
  readonly damage: (folder: ScratchFolder) => void | Promise<void>;
  /** Rows of a file that can't be read any more. */
  readonly unreadable?: number;
  /** Whether the days are over, and rolled up by the second repair. */
  readonly areOver: boolean;
  /** In everyday runs: whether a process is killed there, or this process makes the same of its folder; not at all, if absent. */
  readonly everyday?: "killed process" | "in process";
}

const unrolled = () => copyOfRecorded(DATES, { datasets: ["samples"], rolledUp: false });
const cutDay = (folder: ScratchFolder) => Deno.truncateSync(dayFile(folder, DAY), 300);
const cutRollup = (folder: ScratchFolder) => Deno.truncateSync(rollupPaths(folder).hours, 100);

const MISPLACED = { make: unrolled, damage: misplaceRows, areOver: false };
const CUT_DAY = { make: recorded, damage: cutDay, unreadable: ALL / 2, areOver: true };
const CUT_ROLLUP = { make: recorded, damage: cutRollup, areOver: true };

const CASES: readonly Case[] = [
  { ...MISPLACED, point: "repair.after_copy" },
  { ...MISPLACED, point: "replace.before_rename" },
  { ...MISPLACED, point: "replace.after_rename", everyday: "killed process" },
  { ...MISPLACED, point: "repair.after_move", everyday: "in process" },
  { ...MISPLACED, point: "replace.before_rename@2" },
  { ...MISPLACED, point: "replace.after_rename@2" },
  // Before the word that the day is gone is in both files, and between it and the move.
  { ...CUT_DAY, point: "info.before_copy" },
  { ...CUT_DAY, point: "aside.before_rename", everyday: "in process" },
  // A month's rollups are moved one by one, and made again one by one.
  { ...CUT_ROLLUP, point: "aside.before_rename@3" },
  { ...CUT_ROLLUP, point: "replace.after_rename@4", everyday: "in process" },
];

/** Damages a store, ends a repair of it, and does the second one. */
async function assertCompleted(
  { make, damage, areOver, unreadable = 0 }: Case,
  endRepair: (folder: ScratchFolder) => Promise<void>,
): Promise<void> {
  using folder = await make();
  await damage(folder);
  const damaged = treeOf(folder).get(`samples/host=${HOST}/date=${DAY}/rows.parquet`) ?? "";
  await endRepair(folder);
  if (unreadable === 0) equal(await differentRows(folder), ALL, "every row is somewhere");
  const seen = await rowsSeen(folder, DATES);
  ok(seen >= ALL - unreadable, `readers see ${seen} rows`);
  const { after: { findings } } = areOver
    ? await repairStore(folder, TIMES_ONLY)
    : await whileDaysLast(() => repairStore(folder, UNFINISHED));
  deepEqual(findings.filter(({ severity }) => severity === "problem"), []);
  equal(await rowsSeen(folder, DATES), ALL - unreadable);
  const isDayDamaged = damage !== cutRollup;
  if (isDayDamaged) ok([...treeOf(folder).values()].includes(damaged), "the file is kept");
  deepEqual(folder.disk.list(folder.tmp).filter(({ name }) => !name.startsWith("repaired")), []);
  equal(listStore(folder).damaged.length, 0);
}

for (const one of CASES) {
  if (!EVERYTHING && !one.everyday) continue;
  const { point, damage, everyday } = one;
  Deno.test(`a repair that is killed at ${point} of ${damage.name} deletes nothing, and the second one completes it`, () => {
    const inProcess = !EVERYTHING && everyday === "in process";
    return assertCompleted(one, (folder) => killAt(folder, "repair", point, { inProcess }));
  });
}

for (const one of CASES) {
  const { point, damage } = one;
  if (!EVERYTHING && point !== "repair.after_copy") continue;
  Deno.test(`a repair to which the disk fails at ${point} of ${damage.name} deletes nothing, and the second one completes it`, () =>
    assertCompleted(one, (folder) => failAt(folder, "repair", point)));
}
