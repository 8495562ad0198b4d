import { deepEqual, equal } from "node:assert/strict";
import { basename, join } from "node:path";
import {
  Journal,
  parseSegmentName,
  readSegmentHeader,
  segmentName,
} from "../../src/journal/mod.ts";
import { localDisk, tryLock } from "../../src/platform/mod.ts";
import { sampleRow, ScratchFolder } from "./scratch_folder.ts";

/** What is in the journal: per segment its header and the `ts` of its rows. */
function segments(folder: ScratchFolder) {
  return localDisk.list(folder.journal).map(({ name }) => {
    const path = join(folder.journal, name);
    const [, ...rows] = Deno.readTextFileSync(path).trimEnd().split("\n");
    const { dataset, host, date, seq } = readSegmentHeader(localDisk, path) ?? {};
    return { name, dataset, host, date, seq, rows: rows.map((row) => JSON.parse(row).ts) };
  });
}

function isLocked(path: string): boolean {
  const lock = tryLock(path, "exclusive");
  lock?.release();
  return lock === null;
}

Deno.test("a segment has one dataset and one date: each change begins a new one", async () => {
  using folder = new ScratchFolder();
  const journal = new Journal({ folder, host: "box", nextSeq: 7 });
  journal.append("samples", "2026-11-22", sampleRow(1));
  journal.append("series", "2026-11-22", sampleRow(1));
  journal.append("samples", "2026-11-22", sampleRow(2));
  journal.append("samples", "2026-11-23", sampleRow(3));
  // A machine that travels westwards comes back to the day before.
  journal.append("samples", "2026-11-22", sampleRow(4));
  await journal.seal();
  const header = { host: "box" };
  const [samples, series] = [{ ...header, dataset: "samples" }, { ...header, dataset: "series" }];
  deepEqual(segments(folder), [
    { ...samples, name: "box-00000007.ndjson", date: "2026-11-22", seq: 7, rows: [1, 2] },
    { ...series, name: "box-00000008.ndjson", date: "2026-11-22", seq: 8, rows: [1] },
    { ...samples, name: "box-00000009.ndjson", date: "2026-11-23", seq: 9, rows: [3] },
    { ...samples, name: "box-00000010.ndjson", date: "2026-11-22", seq: 10, rows: [4] },
  ]);
  deepEqual([journal.lastSeq, journal.sealedSegments], [10, 4]);
});

Deno.test("rows that are appended together are lines of their own, also when they had to wait", async () => {
  using folder = new ScratchFolder();
  Deno.removeSync(folder.journal);
  Deno.writeTextFileSync(folder.journal, "a file where the folder should be");
  const journal = new Journal({ folder, host: "box", nextSeq: 1 });
  journal.append("series", "2026-11-22", sampleRow(1), sampleRow(2));
  equal(journal.waitingRows, 2);
  Deno.removeSync(folder.journal);
  journal.append("series", "2026-11-22", sampleRow(3), sampleRow(4), sampleRow(5));
  deepEqual([journal.waitingRows, journal.lostRows], [0, 0]);
  deepEqual(segments(folder).map(({ rows }) => rows), [[1, 2, 3, 4, 5]]);
  await journal.seal();
});

Deno.test("a row is in its file the moment it was appended, and the file is locked until it is sealed", async () => {
  using folder = new ScratchFolder();
  const journal = new Journal({ folder, host: "box", nextSeq: 1 });
  journal.append("samples", "2026-11-22", sampleRow(1, { cpu_pct: 3.25 }));
  const path = folder.segment("box", 1);
  equal(JSON.parse(Deno.readTextFileSync(path).split("\n")[1] ?? "").cpu_pct, 3.25);
  equal(isLocked(path), true);
  await journal.seal();
  equal(isLocked(path), false);
  journal.append("samples", "2026-11-22", sampleRow(2));
  deepEqual(segments(folder).map(({ rows }) => rows), [[1], [2]]);
  await journal.seal();
});

Deno.test("a segment of a date that is over is closed by the next sync", async () => {
  using folder = new ScratchFolder();
  const journal = new Journal({ folder, host: "box", nextSeq: 1 });
  journal.append("samples", "2026-11-22", sampleRow(1));
  journal.append("samples", "2026-11-23", sampleRow(2));
  equal(isLocked(folder.segment("box", 1)), true);
  await journal.sync();
  equal(isLocked(folder.segment("box", 1)), false);
  equal(isLocked(folder.segment("box", 2)), true);
  await journal.seal();
});

Deno.test("syncs, seals and rows in any order at once lose no row", async () => {
  using folder = new ScratchFolder();
  const journal = new Journal({ folder, host: "box", nextSeq: 1 });
  const pending: Promise<void>[] = [];
  for (let ts = 0; ts < 60; ts++) {
    journal.append("samples", `2026-11-2${Math.floor(ts / 20)}`, sampleRow(ts));
    if (ts % 3 === 0) pending.push(journal.sync());
    if (ts % 7 === 0) pending.push(journal.seal());
  }
  await Promise.all([...pending, journal.seal()]);
  const found = segments(folder);
  deepEqual(found.flatMap(({ rows }) => rows), Array.from({ length: 60 }, (_, ts) => ts));
  deepEqual(found.filter(({ name }) => isLocked(join(folder.journal, name))), []);
  equal(journal.trouble, null);
});

Deno.test("segment names sort as numbers do, and give host and number back", () => {
  for (const host of ["box", "my-box-2", "a-12345678", "x"]) {
    for (const seq of [1, 99_999_999, 100_000_000]) {
      deepEqual(parseSegmentName(segmentName(host, seq)), { host, seq });
    }
  }
  for (const name of ["box-1.ndjson", "00000001.ndjson", "box-00000001.ndjson.part", "notes.txt"]) {
    equal(parseSegmentName(name), null, name);
  }
});

Deno.test("what is no journal header is none", () => {
  using folder = new ScratchFolder();
  const path = folder.segment("box", 1);
  for (
    const text of ["", "\n", '{"ts":1}\n', "{\n", '{"mtr_journal":1,"dataset":"samples"', "PAR1"]
  ) {
    Deno.writeTextFileSync(path, text);
    equal(readSegmentHeader(localDisk, path), null, `${basename(path)}: ${text}`);
  }
  equal(readSegmentHeader(localDisk, join(folder.journal, "none")), null);
});
