/** Prunes that are killed, that meet a full disk, and days that get rows after one: no row goes that was not to go. */
import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { join } from "node:path";
import { localDisk } from "../../src/platform/mod.ts";
import {
  checkStore,
  type DataFolder,
  foldJournal,
  listStore,
  pruneLogPath,
} from "../../src/store/mod.ts";
import { journalRows, sampleRow } from "../journal/scratch_folder.ts";
import { copyInto, dayFile, HOST, treeOf } from "../store/recorded_days.ts";
import { whileDaysLast } from "../store/while_days_last.ts";
import {
  assertTrue,
  copyOf,
  DAYS,
  NEW,
  pruneBefore,
  RANGES,
  report,
  ROLLED,
  rolledMonth,
} from "./rolled_month.ts";
import { testOnSmallDisk } from "./small_disk.ts";
import { casesToTry } from "../everything.ts";
import { failAt, killAt } from "./end_at.ts";

const DAY_MS = 86_400_000;
const DAY_AFTER = "2025-02-13";

/** In their order: first the day that is rolled up goes, then the other is rolled up and goes. */
const POINTS = [
  "prune.before_info",
  "info.before_copy",
  "prune.after_info",
  "prune.after_log",
  "prune.after_remove",
  "replace.after_rename@3",
  "replace.before_rename@10",
  "prune.after_info@2",
  "info.before_copy@2",
  "prune.after_log@2",
  "prune.after_remove@2",
];
const EVERYDAY = [
  "info.before_copy",
  "prune.after_log",
  "replace.before_rename@10",
];
/** In everyday runs this is a kill of a process, the others are of this process' own making. */
const KILLED_PROCESS = "prune.after_log";
const ALL_DAYS = `prune:${DAY_AFTER.replaceAll("-", "")}`;
const TWO_DAYS = `prune:${NEW.replaceAll("-", "")}`;

async function problemsOf(folder: DataFolder): Promise<string[]> {
  const options = { nowMs: Date.parse("2025-03-10T12:00:00Z"), wholeFiles: 0 };
  const { findings } = await checkStore(folder, options);
  return findings.filter(({ severity }) => severity === "problem").map(({ kind }) => kind);
}

for (const point of casesToTry(POINTS, EVERYDAY)) {
  Deno.test(`a prune that is killed at ${point} changes no report, and the next one finishes it`, async () => {
    const month = await rolledMonth();
    using folder = copyOf(month.before);
    await killAt(folder, ALL_DAYS, point, point === KILLED_PROCESS ? { inProcess: false } : {});
    await assertTrue(folder, month, "after the end", RANGES.slice(1, 2));
    deepEqual(await problemsOf(folder), point.startsWith("info") ? ["info.copy"] : []);
    await pruneBefore(folder, DAY_AFTER);
    deepEqual(listStore(folder).files, []);
    await assertTrue(folder, month, "after the next prune", RANGES.slice(1, 2));
    const log = folder.disk.readText(join(folder.path, "prune.log")) ?? "";
    for (const date of DAYS) ok(log.includes(`date=${date}`), `a line for ${date}`);
    deepEqual(await problemsOf(folder), []);
    deepEqual(folder.disk.list(folder.quarantine), []);
  });
}

Deno.test("a prune that fails removes nothing of days that stay", async () => {
  const month = await rolledMonth();
  using folder = copyOf(month.after);
  const kept = () => treeOf(folder).get(`samples/host=${HOST}/date=${NEW}/rows.parquet`);
  const before = kept();
  for (const point of ["prune.after_info", "prune.after_log", "prune.after_remove"]) {
    await failAt(folder, TWO_DAYS, point);
    equal(kept(), before);
  }
  await assertTrue(folder, month, "after three failures", RANGES.slice(1, 2));
});

Deno.test("rows that come to a day that an ended prune called gone are counted once", async () => {
  const month = await rolledMonth();
  using folder = copyOf(month.after);
  await killAt(folder, TWO_DAYS, "prune.after_info");
  const late = sampleRow(Date.parse(ROLLED) + 1234, { cpu_pct: 99.5, interval_s: 1 });
  await journalRows(folder, HOST, [late]);
  await whileDaysLast(() => foldJournal(folder));
  equal((await report(folder, [ROLLED])).samples, DAY_MS / 600_000 + 1);
  await foldJournal(folder);
  equal((await report(folder, [ROLLED])).samples, DAY_MS / 600_000 + 1);
  equal((await report(folder, [ROLLED])).metrics[0]?.statistics.max, 99.5);
});

Deno.test("a damaged day file that a fold sets aside is answered by its rollup, beside the rows that came", async () => {
  const month = await rolledMonth();
  using folder = copyOf(month.after);
  Deno.truncateSync(dayFile(folder, ROLLED), 500);
  await journalRows(folder, HOST, [
    sampleRow(Date.parse(ROLLED) + 1234, { cpu_pct: 99.5, interval_s: 1 }),
  ]);
  const { notes } = await foldJournal(folder);
  match(notes.join(), /was moved to .*quarantine/);
  const found = await report(folder, [ROLLED]);
  deepEqual([found.samples, found.metrics[0]?.statistics.max], [DAY_MS / 600_000 + 1, 99.5]);
  await foldJournal(folder, { rebuild: true });
  equal((await report(folder, [ROLLED])).samples, DAY_MS / 600_000 + 1);
});

testOnSmallDisk("a prune on a full disk makes room", async (disk, folder) => {
  const month = await rolledMonth();
  copyInto(folder, month.before);
  // Its last block would have room for lines.
  Deno.removeSync(pruneLogPath(folder));
  disk.fill(0);
  await pruneBefore(folder, DAY_AFTER);
  deepEqual(listStore(folder).files, []);
  await assertTrue(folder, month, "after the prune", RANGES.slice(1, 2));
  deepEqual(await problemsOf(folder), []);
  const log = folder.disk.readText(join(folder.path, "prune.log")) ?? "";
  for (const date of [ROLLED, NEW]) ok(log.includes(`date=${date}`), `a line for ${date}`);
  equal(folder.disk.readText(folder.infoPath), folder.disk.readText(folder.infoCopyPath));
});

testOnSmallDisk("text that a full disk has no room for leaves the file as it was", (disk) => {
  const path = join(disk.path, "text");
  const before = "x".repeat(4000) + "\n";
  Deno.writeTextFileSync(path, before);
  disk.fill(0);
  localDisk.overwriteText(path, "short\n");
  equal(Deno.readTextFileSync(path), "short\n");
  localDisk.overwriteText(path, before);
  equal(Deno.readTextFileSync(path), before);
  throws(() => localDisk.overwriteText(path, "y".repeat(9000) + "\n"), /No space left/);
  equal(Deno.readTextFileSync(path), before);
  return Promise.resolve();
});
