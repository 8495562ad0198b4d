/** Several processes and several machines on one folder. */
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { Journal } from "../../src/journal/mod.ts";
import { foldJournal, listStore } from "../../src/store/mod.ts";
import { RecordingPlace } from "../../src/cli/recording_place.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import { timesToTry } from "../everything.ts";
import { startChild } from "./child.ts";
import { DATE, numberedRow, range, readStored, storedNumbers } from "./numbered_rows.ts";

const MACHINE = { name: "Box", id: "machine-1", givenName: undefined };

function append(journal: Journal, first: number, last: number): void {
  for (const number of range(first, last)) journal.append("samples", DATE, numberedRow(number));
}

Deno.test("machines that start together on a shared folder all become hosts of their own", async () => {
  using folder = new ScratchFolder();
  const startMs = String(Date.now() + 700);
  const children = ["a", "b", "c"].map((name) =>
    startChild("./claimer.ts", [folder.path, name, "12", startMs])
  );
  const ended = await Promise.all(children.map((child) => child.ended));
  deepEqual(ended.map(({ errors }) => errors), ["", "", ""]);
  const claimed = ended.flatMap(({ lines }) => lines).sort();
  equal(new Set(claimed).size, 36, "no two machines became one host");
  deepEqual(folder.info()?.hosts.map(({ id }) => id).sort(), claimed);
});

Deno.test("a second recorder of the same machine is refused, and the first one's end makes room", async () => {
  using folder = new ScratchFolder();
  const first = await RecordingPlace.take(folder, MACHINE);
  await rejects(RecordingPlace.take(folder, MACHINE), {
    name: "UsageError",
    message: /^Box is being recorded into .* already/,
  });
  first[Symbol.dispose]();
  (await RecordingPlace.take(folder, MACHINE))[Symbol.dispose]();
});

Deno.test("two recorders of one host, should the lock fail, overwrite nothing of each other", async () => {
  using folder = new ScratchFolder();
  const one = new Journal({ folder, host: "box", nextSeq: 1 });
  const two = new Journal({ folder, host: "box", nextSeq: 1 });
  append(one, 1, 2);
  append(two, 11, 12);
  await two.seal();
  await foldJournal(folder);
  append(one, 3, 4);
  append(two, 13, 14);
  await one.seal();
  await two.seal();
  await foldJournal(folder);
  const numbers = [1, 2, 3, 4, 11, 12, 13, 14];
  deepEqual(await readStored(folder), { numbers, notes: [] });
  deepEqual([...Deno.readDirSync(folder.journal)], []);
});

Deno.test("a fold of one host takes the sealed rows of all, and leaves what another one writes", async () => {
  using folder = new ScratchFolder();
  const nas = new Journal({ folder, host: "nas", nextSeq: 1 });
  const box = new Journal({ folder, host: "box", nextSeq: 1 });
  append(nas, 1, 3);
  append(box, 11, 13);
  await box.seal();
  equal((await foldJournal(folder)).rows, 3);
  append(nas, 4, 5);
  deepEqual(await storedNumbers(folder, "nas"), range(1, 5));
  deepEqual(await storedNumbers(folder, "box"), [11, 12, 13]);
  await nas.seal();
  await foldJournal(folder);
  deepEqual(listStore(folder).files.map(({ host }) => host).sort(), ["box", "nas"]);
  deepEqual(await storedNumbers(folder, "nas"), range(1, 5));
});

Deno.test("a segment behind one that is still written waits with it, or its file would claim both", async () => {
  using folder = new ScratchFolder();
  const slow = new Journal({ folder, host: "box", nextSeq: 1 });
  append(slow, 1, 2);
  const fast = new Journal({ folder, host: "box", nextSeq: 2 });
  append(fast, 11, 12);
  await fast.seal();
  equal((await foldJournal(folder)).rows, 0);
  append(slow, 3, 3);
  deepEqual(await storedNumbers(folder), [1, 2, 3, 11, 12]);
  await slow.seal();
  equal((await foldJournal(folder)).rows, 5);
  deepEqual(await readStored(folder), { numbers: [1, 2, 3, 11, 12], notes: [] });
});

/** Files that folds have to write among the readers (more with MTR_TEST_CROWD_FILES=50), and the time they may take. */
const FOLDED_FILES = timesToTry("MTR_TEST_CROWD_FILES", 2, 6);
const MOST_SECONDS = 20 + 5 * FOLDED_FILES;

Deno.test("ten readers beside a recorder and its folds see every row once, at any moment", async () => {
  using folder = new ScratchFolder();
  const start = (role: string, ...args: string[]) =>
    startChild("./crowd.ts", [role, folder.path, ...args]);
  const others = [start("record", "box"), start("read", "box"), start("read", "box")];
  const folds = await start("fold", String(FOLDED_FILES), String(MOST_SECONDS)).ended;
  Deno.writeTextFileSync(`${folder.path}.over`, "");
  const [recorder, ...readers] = await Promise.all(others.map((child) => child.ended));
  Deno.removeSync(`${folder.path}.over`);
  deepEqual([folds, recorder, ...readers].map((ended) => ended?.errors), ["", "", "", ""]);
  // Without the gate readers keep folds out for as long as they follow each other: one file in 25 s.
  deepEqual(folds.lines, [String(FOLDED_FILES)], `files that were folded in ${MOST_SECONDS} s`);
  for (const { lines } of readers) {
    ok(lines.length === 5 && lines.every((line) => /^\d+$/.test(line)), lines.join("\n"));
  }
  const recorded = Number(recorder?.lines.at(-1));
  await foldJournal(folder);
  deepEqual(await readStored(folder), { numbers: range(1, recorded), notes: [] });
  equal(listStore(folder).files.length, 1);
});
