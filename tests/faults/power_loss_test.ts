/**
 * Power cuts: a recording with its fsyncs, folds and restarts is written down step by step, cut off anywhere, and brought
 * to what a disk may hold of it then. All rows that an fsync had covered are there, once, and the store still works.
 */
import { deepEqual, ok } from "node:assert/strict";
import { basename } from "node:path";
import { diskOn, localDisk } from "../../src/platform/mod.ts";
import { claimHost, DataFolder, Journal } from "../../src/journal/mod.ts";
import { foldJournal, lastSeqOf } from "../../src/store/mod.ts";
import { timesToTry } from "../everything.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import { DATE, DAY_AFTER, numberedRow, range, readStored } from "./numbered_rows.ts";
import { CuttableDisk, type Random, randomFrom } from "./power_cut.ts";
import { RecordingSystem, type Step } from "./recording_system.ts";

const MACHINE = { name: "box", id: "machine-1", givenName: undefined };

/** A recording of random lengths, with everything that happens in one; returns all its steps. */
async function recordStory(random: Random): Promise<Step[]> {
  using outer = new ScratchFolder();
  const system = new RecordingSystem(outer.path);
  const folder = new DataFolder(`${outer.path}/home/data`, diskOn(system.calls));
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  let appended = 0;
  for (let life = 0; life < 2; life++) {
    folder.create();
    await claimHost(folder, MACHINE);
    const journal = new Journal({ folder, host: "box", nextSeq: lastSeqOf(folder, "box") + 1 });
    for (let hour = 0; hour < 2; hour++) {
      for (let syncs = 0; syncs <= upTo(2); syncs++) {
        for (let rows = upTo(3); rows > 0; rows--) {
          const date = appended % 11 < 7 ? DATE : DAY_AFTER;
          // Before it can be seen: it may be there from its write on.
          system.mark(++appended, -1);
          journal.append("samples", date, numberedRow(appended));
        }
        await journal.sync();
        system.mark(appended, appended);
      }
      // The last hour of the first life is not folded by its own recorder: it was killed.
      if (life === 0 && hour === 1) break;
      await journal.seal();
      await foldJournal(folder);
    }
    // A killed recorder's locks are free; here it lives on in this process.
    await journal.seal();
  }
  return system.steps;
}

interface Cut {
  readonly disk: CuttableDisk;
  /** Rows that had been appended, or were being. */
  readonly appended: number;
  /** Rows that an fsync had covered. */
  readonly safe: number;
}

function cutAt(steps: readonly Step[], end: number): Cut {
  const disk = new CuttableDisk();
  let appended = 0;
  let safe = 0;
  for (const step of steps.slice(0, end)) {
    disk.take(step);
    if (step.kind !== "mark") continue;
    appended = step.appended;
    safe = Math.max(safe, step.safe);
  }
  return { disk, appended, safe };
}

async function assertRemains({ disk, appended, safe }: Cut, random: Random): Promise<void> {
  using outer = new ScratchFolder();
  disk.writeRemains(outer.path, random);
  const folder = new DataFolder(`${outer.path}/home/data`, localDisk);
  const { numbers } = await readStored(folder);
  deepEqual(numbers.filter((number) => number <= safe), range(1, safe));
  ok(numbers.every((number) => number <= appended));
  deepEqual(numbers, [...new Set(numbers)], "no row twice");
  await foldJournal(folder);
  const after = await readStored(folder);
  deepEqual(after, { numbers, notes: [] }, "a fold neither loses nor finds rows");
  deepEqual(
    [...Deno.readDirSync(folder.journal)].filter(({ name }) => !name.endsWith(".part")),
    [],
  );
  const { id: host } = await claimHost(folder, MACHINE);
  const journal = new Journal({ folder, host, nextSeq: lastSeqOf(folder, host) + 1 });
  journal.append("samples", DATE, numberedRow(1000));
  await journal.seal();
  await foldJournal(folder);
  deepEqual((await readStored(folder)).numbers, [...numbers, 1000]);
}

/** More with MTR_TEST_POWER_CUTS=2000; the seed is in a failure's message. */
const CUTS = timesToTry("MTR_TEST_POWER_CUTS", 6, 24);
const CUTS_A_STORY = 6;
const FIRST_SEED = Number(Deno.env.get("MTR_TEST_SEED") ?? 1);

for (let story = 0; story < Math.ceil(CUTS / CUTS_A_STORY); story++) {
  const seed = FIRST_SEED + story;
  Deno.test(`after a power cut every row that an fsync covered is there once (story ${seed})`, async () => {
    const random = randomFrom(seed);
    const steps = await recordStory(random);
    for (let n = 0; n < CUTS_A_STORY; n++) {
      const end = Math.floor(random() * (steps.length + 1));
      try {
        await assertRemains(cutAt(steps, end), random);
      } catch (error) {
        const last = steps.slice(Math.max(0, end - 6), end).map(textOf).join(", ");
        throw new Error(`story ${seed}, cut ${n} after step ${end}: ${last}`, { cause: error });
      }
    }
  });
}

function textOf(step: Step): string {
  if (step.kind === "mark") return `mark ${step.appended}`;
  if (step.kind === "rename") return `rename to ${basename(step.to)}`;
  return `${step.kind} ${"path" in step ? step.path : step.file}`;
}
