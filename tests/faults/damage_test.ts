/** Files that are torn, cut, zero-filled, overwritten and flipped, and files that are not ours: what can still be read. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { basename, join } from "node:path";
import { Journal } from "../../src/journal/mod.ts";
import { foldJournal, lastSeqOf, listStore } from "../../src/store/mod.ts";
import { timesToTry } from "../everything.ts";
import { copyInto, type Files, filesOf } from "../store/recorded_days.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import {
  DATE,
  DAY_BEFORE,
  NOON_MS,
  numberedRow,
  range,
  readStored,
  storedNumbers,
} from "./numbered_rows.ts";

const DAY_MS = 86_400_000;
const encoder = new TextEncoder();

/** Rows 1 … n of one day in one segment; returns its path. */
async function journal(folder: ScratchFolder, first: number, last: number): Promise<string> {
  const open = new Journal({ folder, host: "box", nextSeq: lastSeqOf(folder, "box") + 1 });
  for (const number of range(first, last)) open.append("samples", DATE, numberedRow(number));
  await open.seal();
  return folder.segment("box", open.lastSeq);
}

/** Row −1, of the day before, folded: what no damage elsewhere may hide. */
async function foldDayBefore(folder: ScratchFolder): Promise<void> {
  const open = new Journal({ folder, host: "box", nextSeq: lastSeqOf(folder, "box") + 1 });
  open.append("samples", DAY_BEFORE, numberedRow(-1, NOON_MS - DAY_MS));
  await open.seal();
  await foldJournal(folder);
}

function change(path: string, damage: (bytes: Uint8Array) => Uint8Array | void): void {
  const bytes = Deno.readFileSync(path);
  Deno.writeFileSync(path, damage(bytes) ?? bytes);
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

/** Where line n of a segment begins; line 0 is the header, line n is row n. */
function startOfLine(bytes: Uint8Array, line: number): number {
  let at = 0;
  for (let passed = 0; passed < line; passed++) at = bytes.indexOf(10, at) + 1;
  return at;
}

const ROWS = 200;
const torn = (lines: number) => [
  `${lines} lines of the journal could not be read (torn by a crash)`,
];

interface JournalDamage {
  readonly name: string;
  readonly damage: (bytes: Uint8Array) => Uint8Array | void;
  readonly survivors: number[];
  readonly notes: readonly string[];
}

const JOURNAL_DAMAGES: readonly JournalDamage[] = [
  {
    name: "torn in its last row",
    damage: (bytes) => bytes.subarray(0, bytes.length - 20),
    survivors: range(1, ROWS - 1),
    notes: torn(1),
  },
  {
    name: "cut after its 50th row",
    damage: (bytes) => bytes.subarray(0, startOfLine(bytes, 51)),
    survivors: range(1, 50),
    notes: [],
  },
  {
    name: "with 64 KiB of zeros at its end",
    damage: (bytes) => joined(bytes, new Uint8Array(65_536)),
    survivors: range(1, ROWS),
    notes: torn(1),
  },
  {
    name: "with rows 41 to 60 zero-filled",
    damage: (bytes) => void bytes.fill(0, startOfLine(bytes, 41), startOfLine(bytes, 61)),
    // The zeros run into row 61: they have no end of line.
    survivors: [...range(1, 40), ...range(62, ROWS)],
    notes: torn(1),
  },
  {
    name: "with a flipped bit in row 100",
    damage: (bytes) => void (bytes[startOfLine(bytes, 100)] = 0x7b ^ 0x20),
    survivors: [...range(1, 99), ...range(101, ROWS)],
    notes: torn(1),
  },
  {
    name: "with bytes that are no UTF-8 in row 100",
    damage: (bytes) =>
      void bytes.fill(0xff, startOfLine(bytes, 100) + 5, startOfLine(bytes, 100) + 9),
    survivors: [...range(1, 99), ...range(101, ROWS)],
    notes: torn(1),
  },
  {
    name: "without the end of row 100's line",
    damage: (bytes) => void (bytes[startOfLine(bytes, 101) - 1] = 0x20),
    survivors: [...range(1, 99), ...range(102, ROWS)],
    notes: torn(1),
  },
  {
    name: "with a time that is no date",
    damage: (bytes) =>
      joined(bytes, encoder.encode('{"ts":99999999999999999,"utc_offset_min":0}\n')),
    survivors: range(1, ROWS),
    notes: torn(1),
  },
  {
    name: "with a zero-filled first block: header and first rows",
    damage: (bytes) => void bytes.fill(0, 0, startOfLine(bytes, 11)),
    survivors: range(12, ROWS),
    notes: torn(1),
  },
  {
    name: "with a flipped bit in its header",
    damage: (bytes) => void (bytes[2] = 0x6d ^ 0x10),
    survivors: range(1, ROWS),
    // The header itself.
    notes: torn(1),
  },
];

for (const { name, damage, survivors, notes } of JOURNAL_DAMAGES) {
  Deno.test(`a segment ${name}: ${survivors.length} of ${ROWS} rows survive, before and after a fold`, async () => {
    using folder = new ScratchFolder();
    const path = await journal(folder, 1, ROWS);
    change(path, damage);
    const damaged = Deno.readFileSync(path);
    deepEqual(await readStored(folder), { numbers: survivors, notes });
    await foldJournal(folder);
    deepEqual(await readStored(folder), { numbers: survivors, notes: [] });
    if (notes.length > 0) {
      const kept = Deno.readFileSync(join(folder.quarantine, basename(path)));
      deepEqual(kept, damaged, "what could not be read is kept as it was");
    }
  });
}

const HOPELESS: readonly [name: string, bytes: Uint8Array<ArrayBuffer>][] = [
  ["empty", new Uint8Array()],
  ["all zeros", new Uint8Array(8192)],
  ["noise", crypto.getRandomValues(new Uint8Array(8192))],
  ["one endless line", encoder.encode("{" + " ".repeat(20_000_000))],
];

for (const [name, bytes] of HOPELESS) {
  Deno.test(`a segment that is ${name} is named, hides nothing, and is set aside by the fold`, async () => {
    using folder = new ScratchFolder();
    await foldDayBefore(folder);
    const path = await journal(folder, 1, 3);
    Deno.writeFileSync(path, bytes);
    await journal(folder, 4, 5);
    const before = await readStored(folder);
    deepEqual(before.numbers, [-1, 4, 5]);
    match(before.notes.join(), /^1 of \d files could not be read: .*00000002\.ndjson/);
    match((await foldJournal(folder)).notes.join(), /was moved to .*quarantine/);
    deepEqual(await readStored(folder), { numbers: [-1, 4, 5], notes: [] });
    deepEqual(Deno.readFileSync(join(folder.quarantine, basename(path))), bytes);
    match(
      Deno.readTextFileSync(join(folder.quarantine, basename(path) + ".txt")),
      /set aside: neither its header nor any row can be read/,
    );
  });
}

Deno.test("a header whose first line names another day or segment is not believed", async () => {
  using folder = new ScratchFolder();
  const path = await journal(folder, 1, 3);
  change(path, (bytes) => {
    const text = new TextDecoder().decode(bytes);
    return encoder.encode(text.replace('"seq":1', '"seq":7'));
  });
  deepEqual(listStore(folder).segments.map(({ seq, date }) => [seq, date]), [[1, DATE]]);
  deepEqual(await storedNumbers(folder), [1, 2, 3]);
});

const PARQUET_DAMAGES: readonly [name: string, (bytes: Uint8Array) => Uint8Array | void][] = [
  ["cut in half", (bytes) => bytes.subarray(0, bytes.length / 2)],
  ["without its last byte", (bytes) => bytes.subarray(0, bytes.length - 1)],
  ["empty", () => new Uint8Array()],
  ["all zeros", (bytes) => void bytes.fill(0)],
  ["zero-filled between its ends", (bytes) => void bytes.fill(0, 8, bytes.length - 8)],
  ["zero-filled where its values are", (bytes) => void bytes.fill(0, 4, bytes.length / 4)],
  ["overwritten where its values are", (bytes) => void bytes.fill(0x55, 4, bytes.length / 4)],
  [
    "with a footer longer than the file",
    (bytes) => void bytes.fill(0xff, bytes.length - 8, bytes.length - 4),
  ],
  ["a text file", () => encoder.encode("not Parquet at all, but long enough to look into")],
];

let TWO_DAYS: Promise<Files> | undefined;

/** The day before and all rows of this one in their files: made once, then copied. */
async function twoDays(): Promise<ScratchFolder> {
  TWO_DAYS ??= filesOfTwoDays();
  const folder = new ScratchFolder();
  copyInto(folder, await TWO_DAYS);
  return folder;
}

async function filesOfTwoDays(): Promise<Files> {
  using folder = new ScratchFolder();
  await foldDayBefore(folder);
  await journal(folder, 1, ROWS);
  await foldJournal(folder);
  return filesOf(folder);
}

for (const [name, damage] of PARQUET_DAMAGES) {
  Deno.test(`a day file ${name} is named, hides no other day, and is set aside by the next fold`, async () => {
    using folder = await twoDays();
    const path = join(folder.day("samples", "box", DATE), "rows.parquet");
    change(path, damage);
    const damaged = Deno.readFileSync(path);
    const before = await readStored(folder);
    deepEqual(before.numbers, [-1]);
    match(before.notes.join(), new RegExp(`1 of 2 files could not be read: .*${DATE}`));
    await journal(folder, 501, 503);
    deepEqual((await readStored(folder)).numbers, [-1, 501, 502, 503]);
    match((await foldJournal(folder)).notes.join(), /was moved to .*quarantine/);
    deepEqual(await readStored(folder), { numbers: [-1, 501, 502, 503], notes: [] });
    const kept = [...Deno.readDirSync(folder.quarantine)].find((of) =>
      of.name.endsWith(".parquet")
    );
    deepEqual(Deno.readFileSync(join(folder.quarantine, kept?.name ?? "")), damaged);
  });
}

/** More with MTR_TEST_FLIPS=1000. */
const FLIPS = timesToTry("MTR_TEST_FLIPS", 10, 30);

Deno.test("bits flipped anywhere in a day file crash nothing and hide no other day", async () => {
  using folder = await twoDays();
  const path = join(folder.day("samples", "box", DATE), "rows.parquet");
  const whole = Deno.readFileSync(path);
  for (let position = 1; position < whole.length; position += Math.ceil(whole.length / FLIPS)) {
    const bytes = whole.slice();
    bytes[position] = (bytes[position] ?? 0) ^ (1 << (position % 8));
    Deno.writeFileSync(path, bytes);
    const { numbers, notes } = await readStored(folder);
    equal(numbers[0], -1, `bit flipped at ${position}`);
    ok(numbers.length === 1 + ROWS || notes.length === 1, `bit flipped at ${position}`);
  }
});

Deno.test("a segment that a day file claims, but does not hold, is folded and not dropped", async () => {
  using folder = new ScratchFolder();
  await journal(folder, 1, 2);
  await journal(folder, 3, 4);
  await foldJournal(folder);
  // Restored from a backup, or the journal of a folder that was swapped: its number is in the file, its rows are not.
  const open = new Journal({ folder, host: "box", nextSeq: 1 });
  for (const number of [5, 6]) open.append("samples", DATE, numberedRow(number));
  await open.seal();
  await foldJournal(folder);
  deepEqual(await readStored(folder), { numbers: range(1, 6), notes: [] });
  deepEqual([...Deno.readDirSync(folder.journal)], []);
  equal(listStore(folder).files[0]?.lastSeq, 2, "the file still claims what it claimed");
});

Deno.test("a segment of which a day file holds some rows is set aside whole", async () => {
  using folder = new ScratchFolder();
  await journal(folder, 1, 2);
  await foldJournal(folder);
  const open = new Journal({ folder, host: "box", nextSeq: 1 });
  for (const number of [2, 3]) open.append("samples", DATE, numberedRow(number));
  await open.seal();
  const { notes } = await foldJournal(folder);
  match(notes.join(), /1 of its 2 rows are not in the day file that claims it/);
  deepEqual(await storedNumbers(folder), [1, 2]);
  match(
    Deno.readTextFileSync(join(folder.quarantine, "box-00000001.ndjson")),
    /"ram_used_bytes":3/,
  );
});
