/** A file system that is full, and one that may only be read: real ones, mounted for the test. */
import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { Journal } from "../../src/journal/mod.ts";
import { foldJournal } from "../../src/store/mod.ts";
import { RecordingPlace } from "../../src/cli/recording_place.ts";
import { DATE, numberedRow, range, readStored } from "./numbered_rows.ts";
import { testOnSmallDisk } from "./small_disk.ts";

/** A row that takes a kilobyte. */
function append(journal: Journal, first: number, last = first): void {
  for (const number of range(first, last)) {
    journal.append("samples", DATE, { ...numberedRow(number), flags: "x".repeat(900) });
  }
}

testOnSmallDisk(
  "rows wait while the disk is full and are all there when it has room",
  async (disk, folder) => {
    const journal = new Journal({ folder, host: "box", nextSeq: 1 });
    append(journal, 1, 3);
    disk.fill(10 * 1024);
    append(journal, 4, 60);
    match(journal.trouble ?? "", /No space left/);
    const { numbers, notes } = await readStored(folder);
    deepEqual(numbers, range(1, 60 - journal.waitingRows), "the disk was filled to the last row");
    deepEqual(notes, [], "and not one row in halves");
    // The hour ends on the full disk: the next rows need a new segment.
    await journal.seal();
    append(journal, 61, 70);
    equal(journal.lostRows, 0);
    disk.makeRoom();
    append(journal, 71);
    deepEqual([journal.trouble, journal.waitingRows], [null, 0]);
    await journal.seal();
    await foldJournal(folder);
    deepEqual(await readStored(folder), { numbers: range(1, 71), notes: [] });
  },
);

testOnSmallDisk(
  "a fold on a full disk fails, leaves every row and no part file, and works later",
  async (disk, folder) => {
    const journal = new Journal({ folder, host: "box", nextSeq: 1 });
    append(journal, 1, 20);
    await journal.seal();
    await foldJournal(folder);
    append(journal, 21, 40);
    await journal.seal();
    disk.fill(4096);
    await rejects(foldJournal(folder), /could not be folded: .*No space left/);
    deepEqual([...Deno.readDirSync(folder.tmp)], []);
    deepEqual(await readStored(folder), { numbers: range(1, 40), notes: [] });
    disk.makeRoom();
    await foldJournal(folder);
    deepEqual(await readStored(folder), { numbers: range(1, 40), notes: [] });
  },
);

testOnSmallDisk(
  "a folder that may only be read is read, and neither recorded into nor folded",
  async (disk, folder) => {
    const journal = new Journal({ folder, host: "box", nextSeq: 1 });
    append(journal, 1, 3);
    await journal.seal();
    disk.setReadOnly(true);
    try {
      deepEqual(await readStored(folder), { numbers: [1, 2, 3], notes: [] });
      const machine = { name: "box", id: null, givenName: undefined };
      await rejects(RecordingPlace.take(folder, machine), {
        name: "StoreError",
        message: /can't be written: .*[Rr]ead-only/,
      });
      await rejects(foldJournal(folder), /[Rr]ead-only/);
    } finally {
      disk.setReadOnly(false);
    }
    await foldJournal(folder);
    deepEqual(await readStored(folder), { numbers: [1, 2, 3], notes: [] });
  },
);

testOnSmallDisk(
  "a recording that ends while the disk is full says how many rows are lost, and fails",
  async (disk, folder) => {
    const main = new URL("../../src/main.ts", import.meta.url).pathname;
    const record = ["record", "--source", "native", "--interval", "100ms"];
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        "--no-prompt",
        "--no-check",
        "--quiet",
        main,
        ...record,
        "--data-dir",
        folder.path,
      ],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    while (folder.disk.list(folder.journal).length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    disk.fill(0);
    let said = "";
    let isStopped = false;
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      said += text;
      if (isStopped || !said.includes("rows wait in memory")) continue;
      isStopped = true;
      child.kill("SIGINT");
    }
    equal((await child.status).code, 1, said);
    match(said, /journal: No space left on device .*; rows wait in memory/);
    match(said, /error: \d+ rows could not be written: No space left on device/);
    disk.makeRoom();
    await foldJournal(folder);
    deepEqual((await readStored(folder)).notes, []);
  },
);
