/** Clocks that are set, days of 23 and 25 hours, machines that travel: from the ticks to the files, nothing lost or doubled. */
import { deepEqual, equal } from "node:assert/strict";
import { type DataFolder, Journal } from "../../src/journal/mod.ts";
import { Recorder } from "../../src/recorder/mod.ts";
import { foldJournal, listStore, withStore } from "../../src/store/mod.ts";
import { FakeClock } from "../recorder/fake_clock.ts";
import { fakeSource, ok } from "../recorder/rehearsal.ts";
import { whileDaysLast } from "../store/while_days_last.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import { range, readStored } from "./numbered_rows.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

interface Story {
  readonly start: number;
  readonly minutes: number;
  readonly timeZone?: () => string;
  /** Called before the row of each minute. */
  readonly before?: (minute: number, clock: FakeClock) => void;
}

/** Records a row a minute through the real recorder and journal, folding as it says; rows are numbered from 1. */
async function recordStory(folder: DataFolder, story: Story): Promise<void> {
  const clock = new FakeClock(story.start - 500);
  const stop = new AbortController();
  let number = 0;
  const source = fakeSource(() => {
    if (++number === story.minutes) stop.abort();
    return ok({ ram_used_bytes: number * 2 ** 20 });
  });
  const recorder = new Recorder({
    sources: [source],
    sink: new Journal({ folder, host: "box", nextSeq: 1 }),
    clock,
    intervalMs: MINUTE_MS,
    seriesIntervalMs: MINUTE_MS,
    fsyncMs: 5 * MINUTE_MS,
    bootId: "boot1",
    booted: false,
    timeZone: story.timeZone ?? (() => "UTC"),
    fold: async () => void await whileDaysLast(() => foldJournal(folder)),
    observer: {
      recorded() {},
      missed(source, reason) {
        throw new Error(`${source}: ${reason}`);
      },
      ticked: () => story.before?.(number, clock),
    },
  });
  await recorder.run(stop.signal);
}

/** The numbers of all rows by the local day whose file they are in. */
async function numbersByDay(folder: DataFolder): Promise<Record<string, number>> {
  return await withStore(folder, {}, async ({ database, listing }) => {
    const byDay: Record<string, number> = {};
    for (const { path, date } of listing.files.filter(({ dataset }) => dataset === "samples")) {
      const [counted] = await database.rows<{ rows: number }>(
        "SELECT count(*) AS rows FROM read_parquet($path)",
        { path },
      );
      byDay[date] = counted?.rows ?? 0;
    }
    return byDay;
  });
}

async function assertAllOnce(folder: DataFolder, rows: number): Promise<void> {
  const { numbers, notes } = await readStored(folder);
  deepEqual(notes, []);
  deepEqual(numbers.map((bytes) => bytes / 2 ** 20), range(1, rows));
  deepEqual(listStore(folder).segments, []);
}

const STEPS: readonly [name: string, stepMs: number, byDay: Record<string, number>][] = [
  ["forward an hour", HOUR_MS, { "2026-11-22": 240 }],
  ["back an hour", -HOUR_MS, { "2026-11-22": 240 }],
  ["forward a day", DAY_MS, { "2026-11-22": 120, "2026-11-23": 120 }],
  ["back a day", -DAY_MS, { "2026-11-21": 120, "2026-11-22": 120 }],
  [
    "to 2038, past the end of 32-bit seconds",
    Date.UTC(2038, 0, 19, 3, 14) - Date.UTC(2026, 10, 22, 12),
    { "2026-11-22": 120, "2038-01-19": 120 },
  ],
  ["to 1970", -Date.UTC(2026, 10, 22, 11), { "1970-01-01": 120, "2026-11-22": 120 }],
];

for (const [name, stepMs, byDay] of STEPS) {
  Deno.test(`a clock set ${name} loses and doubles no row, and each is in the file of its day`, async () => {
    using folder = new ScratchFolder();
    await recordStory(folder, {
      start: Date.UTC(2026, 10, 22, 10),
      minutes: 240,
      before(minute, clock) {
        if (minute === 120) clock.step(stepMs);
      },
    });
    await assertAllOnce(folder, 240);
    deepEqual(await numbersByDay(folder), byDay);
  });
}

Deno.test("a clock that is set back and forth over midnight makes one file a day", async () => {
  using folder = new ScratchFolder();
  await recordStory(folder, {
    start: Date.UTC(2026, 10, 22, 23, 30),
    minutes: 300,
    before(minute, clock) {
      if (minute % 45 === 0) clock.step(minute % 90 === 0 ? HOUR_MS : -HOUR_MS);
    },
  });
  await assertAllOnce(folder, 300);
  deepEqual(Object.keys(await numbersByDay(folder)), ["2026-11-22", "2026-11-23"]);
});

const DAYS: readonly [
  name: string,
  timeZone: string,
  start: number,
  byDay: Record<string, number>,
][] = [
  ["of 23 hours", "Europe/Berlin", Date.UTC(2026, 2, 28, 22), {
    "2026-03-28": 60,
    "2026-03-29": 23 * 60,
    "2026-03-30": 60,
  }],
  ["of 25 hours", "Europe/Berlin", Date.UTC(2026, 9, 24, 21), {
    "2026-10-24": 60,
    "2026-10-25": 25 * 60,
    "2026-10-26": 60,
  }],
  ["of 24 hours and a half", "Australia/Lord_Howe", Date.UTC(2026, 3, 4, 12), {
    "2026-04-04": 60,
    "2026-04-05": 24 * 60 + 30,
    "2026-04-06": 60,
  }],
];

for (const [name, timeZone, start, byDay] of DAYS) {
  Deno.test(`a day ${name} is one file with as many rows`, async () => {
    using folder = new ScratchFolder();
    const minutes = Object.values(byDay).reduce((a, b) => a + b);
    await recordStory(folder, { start, minutes, timeZone: () => timeZone });
    await assertAllOnce(folder, minutes);
    deepEqual(await numbersByDay(folder), byDay);
  });
}

Deno.test("a machine that flies over the date line in the middle of a day loses and doubles no row", async () => {
  using folder = new ScratchFolder();
  let zone = "Pacific/Auckland";
  // 09:00 on the 23rd in Auckland, 10:00 on the 22nd in Honolulu.
  await recordStory(folder, {
    start: Date.UTC(2026, 10, 22, 20),
    minutes: 180,
    timeZone: () => zone,
    before(minute) {
      if (minute === 60) zone = "Pacific/Honolulu";
      if (minute === 120) zone = "Pacific/Auckland";
    },
  });
  await assertAllOnce(folder, 180);
  const byDay = await numbersByDay(folder);
  equal(byDay["2026-11-22"], 60);
  equal(byDay["2026-11-23"], 120);
});
