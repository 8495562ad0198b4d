import { deepEqual, equal, ok } from "node:assert/strict";
import { basename, join } from "node:path";
import { Journal } from "../../../src/journal/mod.ts";
import { type FindingKind, foldJournal, lastSeqOf, repairStore } from "../../../src/store/mod.ts";
import { journalRows, sampleRow } from "../../journal/scratch_folder.ts";
import { whileDaysLast } from "../while_days_last.ts";
import { HOST } from "../recorded_days.ts";
import { ALL, assertMended, DAY, found, UNFINISHED, unfinished } from "./damaged_store.ts";

const TORN = `{"ts":${Date.parse(DAY) + 5},"interval_s":1,"cpu_`;
/** Damage to a sealed segment of three rows, and the problem and rows that are left of it. */
const SEGMENT_DAMAGE: readonly [string, (path: string) => void, FindingKind[], number, number][] = [
  ["a torn last line", (path) => append(path, TORN), ["journal.torn"], 3, 3],
  ["a zero-filled end", (path) => append(path, "\0".repeat(4096)), ["journal.zeros"], 3, 3],
  [
    "a line with damage in its middle",
    (path) => edit(path, /"interval_s":1,/, '"int\u0001\u0002'),
    ["journal.torn"],
    2,
    2,
  ],
  [
    "a damaged header",
    (path) => edit(path, /"mtr_journal":1/, '"mtr_jour'),
    ["journal.header"],
    3,
    3,
  ],
  [
    "nothing but zeros",
    (path) => Deno.writeFileSync(path, new Uint8Array(999)),
    ["journal.unreadable"],
    0,
    0,
  ],
  [
    "rows of another day",
    (path) => edit(path, /"date":"2025-02-27"/, '"date":"2025-02-26"'),
    ["journal.date"],
    3,
    3,
  ],
];

for (const [what, damage, kinds, before, after] of SEGMENT_DAMAGE) {
  Deno.test(`a segment with ${what}`, async () => {
    using folder = await unfinished();
    await journalRows(folder, HOST, [1, 2, 3].map((ms) => sampleRow(Date.parse(DAY) + ms)));
    damage(folder.segment(HOST, lastSeqOf(folder, HOST)));
    await assertMended(folder, {
      options: UNFINISHED,
      kinds,
      before: ALL + before,
      after: ALL + after,
      grows: true,
    });
    deepEqual(folder.disk.list(folder.journal), []);
  });
}

function append(path: string, text: string): void {
  Deno.writeTextFileSync(path, text, { append: true });
}

function edit(path: string, pattern: RegExp, text: string): void {
  Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace(pattern, text));
}

Deno.test("a copied segment doubles rows, until they are one again", async () => {
  using folder = await unfinished();
  await journalRows(folder, HOST, [1, 2, 3].map((ms) => sampleRow(Date.parse(DAY) + ms)));
  const seq = lastSeqOf(folder, HOST);
  const text = Deno.readTextFileSync(folder.segment(HOST, seq));
  Deno.writeTextFileSync(
    folder.segment(HOST, seq + 1),
    text.replace(`"seq":${seq}`, `"seq":${seq + 1}`),
  );
  await assertMended(folder, {
    options: UNFINISHED,
    kinds: ["journal.doubled"],
    before: ALL + 6,
    after: ALL + 3,
    grows: true,
  });
});

Deno.test("a segment that was folded and put back under a new number doubles rows, until they are one again", async () => {
  using folder = await unfinished();
  await journalRows(folder, HOST, [1, 2, 3].map((ms) => sampleRow(Date.parse(DAY) + ms)));
  const seq = lastSeqOf(folder, HOST);
  const text = Deno.readTextFileSync(folder.segment(HOST, seq));
  await whileDaysLast(() => foldJournal(folder));
  Deno.writeTextFileSync(folder.segment(HOST, seq), text);
  deepEqual(await found(folder, "problem", UNFINISHED), []);
  ok((await found(folder, "note", UNFINISHED)).some((line) => line.startsWith("journal.folded")));
  Deno.writeTextFileSync(
    folder.segment(HOST, seq + 9),
    text.replace(`"seq":${seq}`, `"seq":${seq + 9}`),
  );
  await assertMended(folder, {
    options: UNFINISHED,
    kinds: ["journal.doubled"],
    before: ALL + 6,
    after: ALL + 3,
    grows: true,
  });
});

Deno.test("a segment that its day file falsely claims is folded after all", async () => {
  using folder = await unfinished();
  const journal = new Journal({ folder, host: HOST, nextSeq: 1 });
  journal.append("samples", DAY, sampleRow(Date.parse(DAY) + 1));
  await journal.seal();
  await assertMended(folder, {
    options: UNFINISHED,
    kinds: ["journal.hidden"],
    before: ALL,
    after: ALL + 1,
    grows: true,
  });
});

Deno.test("a segment that is being written is left alone", async () => {
  using folder = await unfinished();
  const nextSeq = lastSeqOf(folder, HOST) + 1;
  const journal = new Journal({ folder, host: HOST, nextSeq });
  journal.append("samples", DAY, sampleRow(Date.parse(DAY) + 1));
  const path = folder.segment(HOST, nextSeq);
  append(path, TORN);
  deepEqual(
    await found(folder, "problem", UNFINISHED),
    [],
    "half a row is one that is being written",
  );
  append(path, "\n");
  deepEqual(await found(folder, "problem", UNFINISHED), [
    `journal.torn ${join("journal", basename(path))}`,
  ]);
  const text = Deno.readTextFileSync(path);
  const { after } = await whileDaysLast(() => repairStore(folder, UNFINISHED));
  deepEqual(after.findings.map(({ kind }) => kind).includes("journal.torn"), true);
  equal(Deno.readTextFileSync(path), text);
  await journal.seal();
  await assertMended(folder, {
    options: UNFINISHED,
    kinds: ["journal.torn"],
    before: ALL + 1,
    after: ALL + 1,
    grows: true,
  });
});
