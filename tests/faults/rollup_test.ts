/** Rollups that are half written, torn, flipped or of another version of their day: reports say what the rows say. */
import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { join, relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { DATASETS } from "../../src/model/mod.ts";
import { armFailPoints } from "../../src/platform/mod.ts";
import {
  type CheckOptions,
  checkStore,
  Database,
  type DataFolder,
  foldJournal,
  listStore,
  quoteText,
  repairStore,
} from "../../src/store/mod.ts";
import { copyToFile } from "../../src/store/day_file.ts";
import { ROLLUPS } from "../../src/store/rollup/kinds.ts";
import { rollupPath } from "../../src/store/rollup/rollup_files.ts";
import { journalRows, sampleRow, ScratchFolder } from "../journal/scratch_folder.ts";
import { copyInto, dayFile, type Files, filesOf, HOST } from "../store/recorded_days.ts";
import { whileDaysLast } from "../store/while_days_last.ts";
import { casesToTry, EVERYTHING, timesToTry } from "../everything.ts";
import { killAt } from "./end_at.ts";
import {
  assertSame,
  assertTrue,
  comparable,
  copyOf,
  DAYS,
  GONE,
  notesOfData,
  RANGES,
  report,
  ROLLED,
  type RolledMonth,
  rolledMonth,
} from "./rolled_month.ts";
import { testOnSmallDisk } from "./small_disk.ts";

const MONTH = "2025-02";

function pathOf(folder: DataFolder, kind: (typeof ROLLUPS)[number]["kind"]): string {
  return rollupPath(folder, kind, HOST, MONTH);
}

const OPTIONS = { nowMs: Date.parse("2025-03-10T12:00:00Z") };
/** Rollups are not derived once more to be compared with: faster. */
const TIMES_ONLY = { ...OPTIONS, wholeFiles: 0 };

async function problemsOf(folder: DataFolder, options: CheckOptions = TIMES_ONLY) {
  const { findings } = await checkStore(folder, options);
  return findings.filter(({ severity }) => severity === "problem")
    .map(({ kind, file, what }) => `${kind} ${file}: ${what}`);
}

/** Whether the month's rollups are those of an undisturbed fold, byte by byte: then they say the same. */
function areAsIfUndisturbed(folder: DataFolder, { after }: RolledMonth): boolean {
  const rollups = (files: Files) => [...files].filter(([name]) => name.startsWith("rollups"));
  return isDeepStrictEqual(new Map(rollups(filesOf(folder))), new Map(rollups(after)));
}

/** Three steps for each kind: before it is synced, before and after it is put in its place. */
const STEPS = ROLLUPS.flatMap((_, i) =>
  ["before_sync", "before_rename", "after_rename"].map((step) => `replace.${step}@${i + 1}`)
);
const sumsBegin = ROLLUPS.findIndex(({ of }) => of === "month");
/** One kind is written; all kinds of days that are written before the sums; all but the last kind, which is one of days. */
const EVERYDAY = [1, sumsBegin, ROLLUPS.length - 1].map((kinds) => `replace.after_rename@${kinds}`);

for (const step of casesToTry(STEPS, EVERYDAY)) {
  Deno.test(`a fold that is killed at ${step} of a roll-up changes no report, and the next one finishes it`, async () => {
    const month = await rolledMonth();
    using folder = copyOf(month.before);
    await killAt(folder, "fold", step, step === EVERYDAY[1] ? { inProcess: false } : {});
    await assertTrue(folder, month, "after the kill", RANGES.slice(1, 3));
    deepEqual(await problemsOf(folder), []);
    // After the last rename nothing is left to be done.
    const left = step === STEPS.at(-1) ? 0 : 1;
    const { rolledUp, notes } = await foldJournal(folder);
    deepEqual([rolledUp, notes], [left, []]);
    deepEqual(folder.disk.list(folder.tmp), []);
    if (!areAsIfUndisturbed(folder, month)) await assertTrue(folder, month, "after the next fold");
  });
}

Deno.test("reports on a month that is rolled up say what its rows say", async () => {
  const month = await rolledMonth();
  using folder = copyOf(month.after);
  await assertTrue(folder, month, "after an undisturbed fold");
  match((await report(folder, DAYS)).method, /3 days from rollups/);
  deepEqual(await problemsOf(folder, OPTIONS), []);
});

/** What can become of a file. */
const DAMAGES: readonly (readonly [what: string, damage: (bytes: Uint8Array) => Uint8Array])[] = [
  ["cut in the middle", (bytes) => bytes.slice(0, bytes.length / 2)],
  ["empty", () => new Uint8Array()],
  ["zeros", (bytes) => bytes.fill(0)],
  ["zeros at its end", (bytes) => bytes.fill(0, -4096)],
  ["zeros inside", (bytes) => bytes.fill(0, 4, bytes.length / 2)],
];

const whole = (bytes: Uint8Array) => bytes;

function damage(path: string, how: (bytes: Uint8Array) => Uint8Array): void {
  Deno.writeFileSync(path, how(Deno.readFileSync(path)));
}

/** Of each kind. */
const TRIED = EVERYTHING ? DAMAGES.length : 1;

/** What can be answered without the damaged file is right; what can't is named. */
async function assertTrueOrNamed(folder: DataFolder, month: RolledMonth, when: string) {
  await assertTrue(folder, month, when, RANGES.slice(3));
  const found = await report(folder, DAYS);
  const notes = notesOfData(found);
  if (notes.length === 0) assertSame(found, await month.truthOf(DAYS), when);
  else match(notes.join(), new RegExp(`^the rows of ${GONE} are gone`));
  return notes.length === 0;
}

/** In everyday runs: of days and of sums, and each of the damages. */
const EVERYDAY_KINDS = ["counts", "quarters", "busy", "runs", "month_counts", "month_cells"];
const isEveryday = ({ kind }: (typeof ROLLUPS)[number]) => EVERYDAY_KINDS.includes(kind);

for (const { kind, of } of casesToTry(ROLLUPS, ROLLUPS.filter(isEveryday))) {
  const first = ROLLUPS.findIndex((one) => one.kind === kind);
  for (let i = 0; i < TRIED; i++) {
    const [what = "", how = whole] = DAMAGES[(first + i) % DAMAGES.length] ?? [];
    Deno.test(`with ${kind} ${what}, rows answer for days that have them, and others are named`, async () => {
      const month = await rolledMonth();
      using folder = copyOf(month.after);
      damage(pathOf(folder, kind), how);
      const isTrue = await assertTrueOrNamed(folder, month, `with ${kind} ${what}`);
      if (of === "month") ok(isTrue, "days are enough");
      if (kind !== "counts" && kind !== "month_counts" && !EVERYTHING) return;
      const bytes = Deno.readFileSync(pathOf(folder, kind));
      await repairStore(folder, EVERYTHING ? OPTIONS : TIMES_ONLY);
      if (of === "month") await assertTrue(folder, month, "after the repair", RANGES.slice(1, 3));
      match((await report(folder, RANGES[3] ?? [])).method, /2 days from rollups/);
      const kept = folder.disk.list(folder.quarantine)
        .map(({ name }) => Deno.readFileSync(join(folder.quarantine, name)));
      ok(kept.some((one) => one.length === bytes.length), "the damaged file is kept");
    });
  }
}

Deno.test("a fold beside a damaged sum of a month makes it anew, and keeps days without rows", async () => {
  const month = await rolledMonth();
  using folder = copyOf(month.after);
  Deno.truncateSync(pathOf(folder, "month_counts"), 100);
  equal((await foldJournal(folder)).rolledUp, 1);
  if (!areAsIfUndisturbed(folder, month)) await assertTrue(folder, month, "after the fold");
  deepEqual(await problemsOf(folder), []);
});

Deno.test("a fold beside a lost kind of days keeps copies of what it can't carry over, and says so", async () => {
  const month = await rolledMonth();
  using folder = copyOf(month.before);
  Deno.removeSync(pathOf(folder, "busy"));
  const { notes } = await foldJournal(folder);
  match(notes.join(), new RegExp(`not all rollups hold ${GONE}, whose rows are gone: copies`));
  equal(folder.disk.list(folder.quarantine).length, ROLLUPS.length - 1);
});

/** More with MTR_TEST_FLIPS=1000. */
const FLIPS = timesToTry("MTR_TEST_FLIPS", 6, 6);

Deno.test("a bit flipped anywhere in a rollup stops no report; where figures are wrong, a check finds it", async () => {
  const month = await rolledMonth();
  using folder = copyOf(month.after);
  const truth = await month.truthOf(DAYS);
  for (let flip = 0; flip < FLIPS; flip++) {
    const path = pathOf(folder, ROLLUPS[flip % ROLLUPS.length]?.kind ?? "counts");
    const whole = Deno.readFileSync(path);
    const at = Math.floor((flip + 0.5) * whole.length / FLIPS);
    Deno.writeFileSync(path, whole.map((byte, i) => i === at ? byte ^ (1 << (flip % 8)) : byte));
    const found = await report(folder, DAYS);
    const isTrue = isDeepStrictEqual(comparable(found), comparable(truth));
    const isFound = isTrue || found.notes.length > 0 ||
      (await problemsOf(folder, OPTIONS)).length > 0;
    ok(isFound, `bit flipped at ${at} of ${path}`);
    Deno.writeFileSync(path, whole);
  }
});

const EXTRA = sampleRow(Date.parse(ROLLED) + 1000, { cpu_pct: 99.5, interval_s: 1 });

Deno.test("a day file of another size is answered from its rows, however old it looks", async () => {
  const month = await rolledMonth();
  using folder = copyOf(month.after);
  const path = dayFile(folder, ROLLED);
  const { mtime } = Deno.statSync(path);
  using database = await Database.open();
  const swap = async (query: string) => {
    const part = join(folder.tmp, "swap.part");
    const from = `read_parquet(${quoteText(path)}, hive_partitioning = false)`;
    const [file] = listStore(folder).files.filter((one) => one.path === path);
    const lastSeq = file?.lastSeq ?? 0;
    await copyToFile(database, DATASETS.samples, [query.replace("own", from)], { part, lastSeq });
    Deno.renameSync(part, path);
  };
  const maxOf = async () => (await report(folder, [ROLLED])).metrics[0]?.statistics.max;
  equal(await maxOf(), 99);
  // Another size, as old as it was: of a restored backup.
  await swap(
    "SELECT * REPLACE (if(cpu_pct = 99, 0, cpu_pct) AS cpu_pct) FROM own ORDER BY ts LIMIT 100",
  );
  Deno.utimeSync(path, mtime ?? 0, mtime ?? 0);
  equal(await maxOf(), 98);
});

Deno.test("of a day of the same size and numbers the footer tells that it is another", async () => {
  const month = await rolledMonth();
  using folder = copyOf(month.after);
  const path = dayFile(folder, ROLLED);
  const bytes = Deno.readFileSync(path);
  // As much as an import could change: one letter of the footer (a writer's name), and a newer file.
  const at = Buffer.from(bytes).lastIndexOf("DuckDB");
  ok(at > 0);
  bytes[at] = "d".charCodeAt(0);
  Deno.writeFileSync(path, bytes);
  Deno.utimeSync(path, Date.now() / 1000 + 60, Date.now() / 1000 + 60);
  match((await report(folder, [ROLLED])).method, /from rows$|from rows[^,]/);
  doesNotMatch((await report(folder, [ROLLED])).method, /from rollups/);
  // Copied elsewhere, a file is newer as well, and the same.
  Deno.writeFileSync(path, month.after.get(relative(folder.path, path)) ?? new Uint8Array());
  match((await report(folder, [ROLLED])).method, /1 day from rollups/);
});

Deno.test("rows that come late to a rolled-up day are in the next report, and in the next rollup", async () => {
  const month = await rolledMonth();
  using folder = copyOf(month.after);
  await journalRows(folder, HOST, [EXTRA]);
  await whileDaysLast(() => foldJournal(folder));
  equal((await report(folder, [ROLLED])).metrics[0]?.statistics.max, 99.5);
  equal((await foldJournal(folder)).rolledUp, 1);
  const after = await report(folder, [ROLLED]);
  match(after.method, /1 day from rollups/);
  assertSame(after, await report(folder, [ROLLED], { exact: true }), "with a late row");
});

Deno.test("a quarter-hour in which the machine came into another zone is in the cells of both", async () => {
  using folder = new ScratchFolder();
  folder.nameHosts(HOST);
  const midnight = Date.parse(ROLLED);
  const rows = Array.from(
    { length: 60 },
    (_, i) =>
      sampleRow(midnight + 12 * 3_600_000 + i * 60_000, {
        ...{ cpu_pct: i, interval_s: 60, utc_offset_min: i < 37 ? 0 : 345 },
      }),
  );
  await journalRows(folder, HOST, rows);
  await foldJournal(folder);
  const rolled = await report(folder, [ROLLED]);
  match(rolled.method, /1 day from rollups/);
  assertSame(rolled, await report(folder, [ROLLED], { exact: true }), "in two zones");
  deepEqual(await problemsOf(folder), []);
});

Deno.test("a roll-up that the disk refuses leaves no part file: a full disk needs the room", async () => {
  const month = await rolledMonth();
  using folder = copyOf(month.before);
  for (const step of ["before_sync@2", "before_rename@7"]) {
    using _fault = armFailPoints(`replace.${step}=ENOSPC`);
    const { notes } = await foldJournal(folder);
    match(notes.join(), /rollups of 2025-02 \(box\) could not be written: No space left/);
    deepEqual(folder.disk.list(folder.tmp), []);
  }
});

testOnSmallDisk(
  "a roll-up on a full disk leaves no part files, changes no report, and works later",
  async (disk, folder) => {
    const month = await rolledMonth();
    copyInto(folder, month.before);
    // From none to most of the files find room.
    for (const leave of casesToTry([0, 4, 16, 48], [0, 16])) {
      disk.fill(leave * 1024);
      const { notes } = await foldJournal(folder);
      if (notes.length > 0) {
        match(
          notes.join(),
          /rollups of 2025-02 \(box\) could not be written: .*No space/,
        );
      }
      deepEqual(folder.disk.list(folder.tmp), []);
      await assertTrue(folder, month, `with ${leave} KiB left`, RANGES.slice(1, 2));
      disk.makeRoom();
    }
    await foldJournal(folder);
    match((await report(folder, DAYS)).method, /3 days from rollups/);
    deepEqual(await problemsOf(folder), []);
  },
);
