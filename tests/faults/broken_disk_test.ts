/** Disks that write short, fail in the middle of a row, fail to sync, and come back. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { armFailPoints } from "../../src/platform/mod.ts";
import { Journal } from "../../src/journal/mod.ts";
import { foldJournal } from "../../src/store/mod.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import { Trouble, troubledDisk } from "./troubled_disk.ts";
import {
  DATE,
  DAY_BEFORE,
  numberedRow,
  range,
  readStored,
  storedNumbers,
} from "./numbered_rows.ts";

function open(trouble: Trouble): { folder: ScratchFolder; journal: Journal } {
  const folder = new ScratchFolder(troubledDisk(trouble));
  return { folder, journal: new Journal({ folder, host: "box", nextSeq: 1 }) };
}

function append(journal: Journal, first: number, last = first): void {
  for (const number of range(first, last)) journal.append("samples", DATE, numberedRow(number));
}

const noTrouble = (numbers: number[]) => ({ numbers, notes: [] });

Deno.test("a disk that writes a few bytes at a time gets every row whole", async () => {
  const trouble = new Trouble();
  trouble.longestWrite = 7;
  const { folder, journal } = open(trouble);
  using _folder = folder;
  append(journal, 1, 20);
  equal(journal.trouble, null);
  deepEqual(await readStored(folder), noTrouble(range(1, 20)));
});

Deno.test("a row of which the disk took half is cut off, waits, and is written once the disk is well", async () => {
  const trouble = new Trouble();
  const { folder, journal } = open(trouble);
  using _folder = folder;
  append(journal, 1, 2);
  trouble.writesLeft = 0;
  append(journal, 3, 5);
  match(journal.trouble ?? "", /Input\/output error/);
  equal(journal.waitingRows, 3);
  deepEqual(await readStored(folder), noTrouble([1, 2]));
  trouble.writesLeft = Infinity;
  append(journal, 6);
  deepEqual([journal.trouble, journal.waitingRows, journal.lostRows], [null, 0, 0]);
  deepEqual(await readStored(folder), noTrouble(range(1, 6)));
});

Deno.test("half a row that cannot be cut off at once is never glued to the next row", async () => {
  const trouble = new Trouble();
  const { folder, journal } = open(trouble);
  using _folder = folder;
  append(journal, 1, 2);
  trouble.writesLeft = 0;
  trouble.truncatesFail = true;
  append(journal, 3);
  // The disk writes again before it cuts again.
  trouble.writesLeft = Infinity;
  append(journal, 4);
  equal(journal.waitingRows, 2);
  trouble.truncatesFail = false;
  append(journal, 5);
  deepEqual(await readStored(folder), noTrouble(range(1, 5)));
});

Deno.test("a failed fsync is told until one succeeds, and new rows go into another segment", async () => {
  const trouble = new Trouble();
  const { folder, journal } = open(trouble);
  using _folder = folder;
  append(journal, 1, 2);
  trouble.syncsFail = true;
  await journal.sync();
  match(journal.trouble ?? "", /Input\/output error/);
  append(journal, 3);
  match(journal.trouble ?? "", /Input\/output error/, "a write that succeeds says nothing of it");
  equal(journal.lastSeq, 2);
  trouble.syncsFail = false;
  await journal.sync();
  equal(journal.trouble, null);
  await journal.seal();
  await foldJournal(folder);
  deepEqual(await readStored(folder), noTrouble([1, 2, 3]));
  deepEqual([...Deno.readDirSync(folder.journal)], []);
});

Deno.test("what memory cannot bridge is given up oldest first, and counted", async () => {
  const trouble = new Trouble();
  const { folder, journal } = open(trouble);
  using _folder = folder;
  append(journal, 1);
  trouble.writesLeft = 0;
  const note = "x".repeat(64 * 1024);
  for (const number of range(2, 101)) {
    journal.append("samples", DATE, { ...numberedRow(number), flags: note });
  }
  equal(journal.lostRows + journal.waitingRows, 100);
  ok(journal.lostRows > 30 && journal.waitingRows > 50, `${journal.lostRows} lost`);
  const lost = journal.lostRows;
  trouble.writesLeft = Infinity;
  append(journal, 102);
  deepEqual(await storedNumbers(folder), [1, ...range(2 + lost, 102)]);
});

Deno.test({
  name: "a disk that lets no segment be made costs no file descriptors and leaves no parts",
  ignore: Deno.build.os !== "linux",
  fn() {
    for (const point of ["segment.before_header", "segment.before_rename"]) {
      using folder = new ScratchFolder();
      const journal = new Journal({ folder, host: "box", nextSeq: 1 });
      const openFiles = () => openFilesBelow(folder.path);
      const before = openFiles();
      {
        using _fault = armFailPoints(`${point}=ENOSPC`);
        append(journal, 1, 100);
      }
      equal(openFiles(), before);
      equal(journal.waitingRows, 100);
      deepEqual([...Deno.readDirSync(folder.journal)], []);
      append(journal, 101);
      equal(journal.waitingRows, 0);
      equal(journal.lastSeq, 1);
    }
  },
});

for (const point of ["fold.before_part", "replace.before_sync", "replace.before_rename"]) {
  for (const error of ["ENOSPC", "EIO"]) {
    Deno.test(`a fold that meets ${error} at ${point} leaves every row in the journal`, async () => {
      using folder = new ScratchFolder();
      const journal = new Journal({ folder, host: "box", nextSeq: 1 });
      append(journal, 1, 3);
      await journal.seal();
      {
        using _fault = armFailPoints(`${point}=${error}`);
        await rejects(foldJournal(folder), /could not be folded: .*\(os error/);
      }
      deepEqual([...Deno.readDirSync(folder.tmp)], [], "a full disk needs the room");
      deepEqual(await readStored(folder), noTrouble([1, 2, 3]));
      equal((await foldJournal(folder)).rows, 3);
      deepEqual(await readStored(folder), noTrouble([1, 2, 3]));
    });
  }
}

Deno.test("one day that cannot be folded does not keep another from it", async () => {
  using folder = new ScratchFolder();
  const journal = new Journal({ folder, host: "box", nextSeq: 1 });
  append(journal, 1, 2);
  journal.append("samples", DAY_BEFORE, numberedRow(3));
  await journal.seal();
  // The folder of the first day is taken by a file.
  const day = folder.day("samples", "box", DATE);
  folder.disk.makeFolder(folder.dataset("samples") + "/host=box");
  Deno.writeTextFileSync(day, "in the way");
  await rejects(foldJournal(folder), /samples of 2096-11-22 \(box\) could not be folded/);
  equal([...Deno.readDirSync(folder.journal)].length, 1);
  deepEqual(await readStored(folder), noTrouble([1, 2, 3]));
  Deno.removeSync(day);
  equal((await foldJournal(folder)).rows, 2);
  deepEqual(await readStored(folder), noTrouble([1, 2, 3]));
});

/** Files below a folder that this process holds open. Other tests run in it at the same time, and open their own. */
function openFilesBelow(folder: string): number {
  return [...Deno.readDirSync("/proc/self/fd")].filter(({ name }) => {
    try {
      return Deno.readLinkSync(`/proc/self/fd/${name}`).startsWith(folder);
    } catch {
      return false;
    }
  }).length;
}
