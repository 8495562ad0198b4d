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
  found,
  recorded,
  rewrite,
  rollupPaths,
  TIMES_ONLY,
} from "../store/check/damaged_store.ts";
import { endAt, isTried } from "./upkeep.ts";

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
}

const unrolled = () => copyOfRecorded(DATES, { datasets: ["samples"], rolledUp: false });
const cutDay = (folder: ScratchFolder) => Deno.truncateSync(dayFile(folder, DAY), 300);
const cutRollup = (folder: ScratchFolder) => Deno.truncateSync(rollupPaths(folder).hours, 100);

const CASES: readonly Case[] = [
  ...[
    "repair.after_copy",
    "replace.before_rename",
    "replace.after_rename",
    "repair.after_move",
    "replace.before_rename@2",
    "replace.after_rename@2",
  ].map((point) => ({ point, make: unrolled, damage: misplaceRows })),
  // Before the word that the day is gone is in both files, and between it and the move.
  { point: "info.before_copy", make: recorded, damage: cutDay, unreadable: ALL / 2 },
  { point: "aside.before_rename", make: recorded, damage: cutDay, unreadable: ALL / 2 },
  // A month's rollups are moved one by one, and made again one by one.
  { point: "aside.before_rename@3", make: recorded, damage: cutRollup },
  { point: "replace.after_rename@4", make: recorded, damage: cutRollup },
];

for (
  const [nth, { point, make, damage, unreadable = 0 }] of CASES.filter(({ point, damage }) =>
    damage === cutRollup || isTried(point)
  ).entries()
) {
  Deno.test(`a repair that ends at ${point} of ${damage.name} deletes nothing, and the second one completes it`, async () => {
    using folder = await make();
    await damage(folder);
    const before = treeOf(folder);
    const isDayDamaged = damage !== cutRollup;
    const damaged = before.get(`samples/host=${HOST}/date=${DAY}/rows.parquet`) ?? "";
    const run = () => repairStore(folder, TIMES_ONLY);
    await endAt(folder, { step: "repair", run }, point, nth);
    if (unreadable === 0) equal(await differentRows(folder), ALL, "every row is somewhere");
    const seen = await rowsSeen(folder, DATES);
    ok(seen >= ALL - unreadable, `readers see ${seen} rows`);
    await run();
    deepEqual(await found(folder), []);
    equal(await rowsSeen(folder, DATES), ALL - unreadable);
    if (isDayDamaged) ok([...treeOf(folder).values()].includes(damaged), "the file is kept");
    deepEqual(folder.disk.list(folder.tmp).filter(({ name }) => !name.startsWith("repaired")), []);
    equal(listStore(folder).damaged.length, 0);
  });
}
