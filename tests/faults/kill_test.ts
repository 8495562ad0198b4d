/** kill -9 at every step of the way of a row, and at any moment: nothing lost, nothing doubled, nothing hidden. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { join } from "node:path";
import { FAIL_POINTS } from "../../src/platform/mod.ts";
import { Journal } from "../../src/journal/mod.ts";
import { foldJournal, lastSeqOf, listStore } from "../../src/store/mod.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import { EVERYTHING, timesToTry } from "../everything.ts";
import { startChild } from "./child.ts";
import { killAt } from "./end_at.ts";
import { DATE, numberedRow, range, readStored, storedNumbers } from "./numbered_rows.ts";

/** Two folds into one day file, the second beside a segment that is still being written. */
const STEPS = "append:1-3 seal append:4-5 seal fold append:6-7 seal append:8-8 fold";

/** Where the process is killed, and the rows that survive. */
const KILLS: readonly [failPoint: string, survivors: number[], torn?: 1][] = [
  ["segment.before_header@3", range(1, 5)],
  ["segment.before_rename", []],
  ["segment.after_rename@3", range(1, 5)],
  // A header is an append as well: the second one is row 1.
  ["append.before_write@3", [1]],
  ["append.half_written@3", [1], 1],
  ["append.half_written@9", range(1, 5), 1],
  ["append.after_write@3", [1, 2]],
  ["append.after_write@12", range(1, 8)],
  ["seal.before_sync", range(1, 3)],
  ["seal.before_close", range(1, 3)],
  ["seal.after_close@2", range(1, 5)],
  ["fold.before_part@2", range(1, 8)],
  ["replace.before_sync@2", range(1, 8)],
  ["replace.before_rename", range(1, 5)],
  ["replace.before_rename@2", range(1, 8)],
  ["replace.after_rename", range(1, 5)],
  ["replace.after_rename@2", range(1, 8)],
  ["fold.before_drop@2", range(1, 5)],
  ["fold.between_drops", range(1, 5)],
  ["fold.between_drops@3", range(1, 8)],
  ["fold.after_drop@2", range(1, 5)],
];

/** In everyday runs these are kills of a process, the others of this process' own making. */
const KILLED_PROCESSES = [
  "append.half_written@9",
  "replace.after_rename@2",
  "fold.between_drops@3",
];

/**
 * Fold what a crash left, record on, fold again: nothing comes back, goes away or stays behind.
 * @returns how many files were kept in quarantine
 */
async function assertItGoesOn(
  folder: ScratchFolder,
  survivors: readonly number[],
): Promise<number> {
  // Of a fold of another day, that was killed as well.
  Deno.writeTextFileSync(join(folder.tmp, "samples.box.2026-11-01.part"), "unfinished");
  await foldJournal(folder);
  const journal = new Journal({ folder, host: "box", nextSeq: lastSeqOf(folder, "box") + 1 });
  journal.append("samples", DATE, numberedRow(100));
  await journal.seal();
  await foldJournal(folder);
  deepEqual(await readStored(folder), { numbers: [...survivors, 100], notes: [] });
  equal(listStore(folder).files.length, 1);
  deepEqual([...Deno.readDirSync(folder.tmp)], [], "unfinished files are swept up");
  deepEqual([...Deno.readDirSync(folder.journal)], [], "nothing stays in the journal");
  return folder.disk.list(folder.quarantine).length;
}

for (const [failPoint, survivors, torn] of KILLS) {
  Deno.test(`killed at ${failPoint}, exactly ${survivors.length} rows survive`, async () => {
    using folder = new ScratchFolder();
    const inProcess = !EVERYTHING && !KILLED_PROCESSES.includes(failPoint);
    await killAt(folder, STEPS, failPoint, { inProcess });
    const notes = torn ? ["1 lines of the journal could not be read (torn by a crash)"] : [];
    deepEqual(await readStored(folder), { numbers: survivors, notes });
    equal(await assertItGoesOn(folder, survivors), torn ?? 0, "only what is torn is kept aside");
  });
}

Deno.test("every fail-point is in the table of kills", () => {
  deepEqual(KILLED_PROCESSES.filter((one) => !KILLS.some(([failPoint]) => failPoint === one)), []);
  const tried = new Set(KILLS.map(([failPoint]) => failPoint.replace(/@.*/, "")));
  deepEqual(FAIL_POINTS.filter((name) => !tried.has(name)), []);
});

/** More with MTR_TEST_LIVES=100. */
const LIVES = timesToTry("MTR_TEST_LIVES", 3, 6);

Deno.test("killed at random moments, again and again, each row that was written is there once", async () => {
  using folder = new ScratchFolder();
  let known = 0;
  for (let life = 0; life < LIVES; life++) {
    const steps = ["seal", "fold"].flatMap((last, i) => {
      const first = known + 1 + i * 150;
      return [`append:${first}-${first + 149}`, "seal", last];
    });
    const child = startChild("./driver.ts", [folder.path, "box", ...steps]);
    const timer = setTimeout(() => child.kill(), 100 + Math.random() * 250);
    const { lines } = await child.ended;
    clearTimeout(timer);
    const said = Number(lines.findLast((line) => line.startsWith("row"))?.slice(4) ?? known);
    const numbers = await storedNumbers(folder);
    // The last row may have been written in the moment before it was said.
    ok(numbers.length === said || numbers.length === said + 1, `${numbers.length} after ${said}`);
    deepEqual(numbers, range(1, numbers.length));
    known = numbers.length;
  }
  await foldJournal(folder);
  deepEqual(await storedNumbers(folder), range(1, known));
});
