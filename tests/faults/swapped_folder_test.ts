/** The data folder removed, moved or swapped while it is recorded into. */
import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import { dirname, join } from "node:path";
import { localDisk } from "../../src/platform/mod.ts";
import { DataFolder, Journal } from "../../src/journal/mod.ts";
import { foldJournal, lastSeqOf } from "../../src/store/mod.ts";
import { RecordingPlace } from "../../src/cli/recording_place.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import { DATE, numberedRow, range, readStored, storedNumbers } from "./numbered_rows.ts";

const MACHINE = { name: "Box", id: "machine-1", givenName: undefined };

/** A recording without its clock: a place, and a journal in it. */
class Recording implements Disposable {
  readonly losses: string[] = [];
  readonly journal: Journal;

  private constructor(readonly place: RecordingPlace) {
    this.journal = new Journal({
      folder: place.folder,
      host: place.host.id,
      nextSeq: place.nextSeq(),
      reopen: () => place.reopen(),
      onLoss: (what) => void this.losses.push(what),
    });
  }

  static async start(folder: DataFolder): Promise<Recording> {
    return new Recording(await RecordingPlace.take(folder, MACHINE));
  }

  append(first: number, last = first): void {
    for (const number of range(first, last)) {
      this.journal.append("samples", DATE, numberedRow(number));
    }
  }

  [Symbol.dispose](): void {
    this.place[Symbol.dispose]();
  }
}

/** A data folder inside of a folder of the test. */
function inner(outer: ScratchFolder, name = "data"): DataFolder {
  return new DataFolder(join(outer.path, name), localDisk);
}

Deno.test("a folder that is removed is made again, told, and recorded into from the next row on", async () => {
  using outer = new ScratchFolder();
  const folder = inner(outer);
  using recording = await Recording.start(folder);
  recording.append(1, 3);
  Deno.removeSync(folder.path, { recursive: true });
  recording.append(4, 6);
  equal(recording.journal.trouble, null);
  match(recording.losses.join(), /was removed or moved away while it was written, with 3 rows$/);
  deepEqual(await readStored(folder), { numbers: [4, 5, 6], notes: [] });
  await recording.journal.seal();
  await foldJournal(folder);
  deepEqual(await readStored(folder), { numbers: [4, 5, 6], notes: [] });
  // The lock went with the folder: it was taken again.
  await rejects(RecordingPlace.take(folder, MACHINE), /being recorded into .* already/);
});

Deno.test("a folder that is moved away keeps its rows, and later ones go to the path of the recording", async () => {
  using outer = new ScratchFolder();
  const folder = inner(outer);
  using recording = await Recording.start(folder);
  recording.append(1, 3);
  Deno.renameSync(folder.path, join(outer.path, "moved"));
  recording.append(4, 5);
  await recording.journal.sync();
  equal(recording.journal.trouble, null);
  deepEqual(await storedNumbers(inner(outer, "moved")), [1, 2, 3]);
  deepEqual(await storedNumbers(folder), [4, 5]);
});

Deno.test("a folder in whose place another is put is not written to with numbers that are taken there", async () => {
  using outer = new ScratchFolder();
  const other = inner(outer, "other");
  {
    // The other one has seen more segments, all folded into today's file.
    using recording = await Recording.start(other);
    for (const number of range(1, 8)) {
      recording.append(number);
      await recording.journal.seal();
    }
    await foldJournal(other);
    await recording.place.remember(0, "boot");
  }
  const folder = inner(outer);
  using recording = await Recording.start(folder);
  recording.append(101, 102);
  Deno.renameSync(folder.path, join(outer.path, "moved"));
  Deno.renameSync(other.path, folder.path);
  recording.append(103, 104);
  equal(recording.journal.lastSeq, 9, "numbers go on above those of the folder");
  deepEqual(await storedNumbers(folder), [...range(1, 8), 103, 104]);
  await recording.journal.seal();
  await foldJournal(folder);
  deepEqual(await readStored(folder), { numbers: [...range(1, 8), 103, 104], notes: [] });
  deepEqual(await storedNumbers(inner(outer, "moved")), [101, 102]);
});

Deno.test("a swap between two segments is noticed as well", async () => {
  using outer = new ScratchFolder();
  const folder = inner(outer);
  using recording = await Recording.start(folder);
  recording.append(1, 3);
  await recording.journal.seal();
  Deno.removeSync(folder.path, { recursive: true });
  recording.append(4);
  deepEqual(await storedNumbers(folder), [4]);
  await recording.place.remember(recording.journal.lastSeq, "boot");
  equal(folder.info()?.hosts[0]?.id, "box");
});

Deno.test("one segment that is removed costs its own rows and is told", async () => {
  using folder = new ScratchFolder();
  using recording = await Recording.start(folder);
  recording.append(1, 3);
  Deno.removeSync(folder.segment("box", 1));
  recording.append(4, 5);
  match(recording.losses.join(), /box-00000001\.ndjson was removed .* with 3 rows/);
  deepEqual(await storedNumbers(folder), [4, 5]);
});

Deno.test("rows wait while the disk that held the folder is gone, and nothing is made in its place", async () => {
  using outer = new ScratchFolder();
  const mountPoint = join(outer.path, "usb");
  Deno.mkdirSync(mountPoint);
  const folder = inner(outer, "usb/data");
  using recording = await Recording.start(folder);
  recording.append(1, 3);
  Deno.renameSync(mountPoint, join(outer.path, "unplugged"));
  recording.append(4, 6);
  match(recording.journal.trouble ?? "", /data is gone, and .*usb as well/);
  match((await foldJournal(folder)).notes.join(), /there is no data folder/);
  equal(recording.journal.waitingRows, 3);
  throws(() => Deno.statSync(mountPoint), Deno.errors.NotFound);
  Deno.renameSync(join(outer.path, "unplugged"), mountPoint);
  recording.append(7);
  deepEqual([recording.journal.trouble, recording.journal.waitingRows], [null, 0]);
  await recording.journal.seal();
  deepEqual(await readStored(folder), { numbers: range(1, 7), notes: [] });
});

Deno.test("a recorder does not go on in a folder in which another one records as the same host", async () => {
  using outer = new ScratchFolder();
  const folder = inner(outer);
  const other = inner(outer, "other");
  using recording = await Recording.start(folder);
  using second = await Recording.start(other);
  second.append(11);
  recording.append(1);
  Deno.renameSync(folder.path, join(outer.path, "moved"));
  Deno.renameSync(other.path, folder.path);
  recording.append(2);
  match(recording.journal.trouble ?? "", /being recorded into .* already/);
  equal(recording.journal.waitingRows, 1);
  equal(dirname(folder.path), outer.path);
  equal(lastSeqOf(folder, "box"), 1);
});
