import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { type Disk, localDisk } from "../../src/platform/mod.ts";
import { DataFolder, Journal } from "../../src/journal/mod.ts";
import "./shared_duckdb.ts";
import { Database, foldJournal, lastSeqOf, listStore, withStore } from "../../src/store/mod.ts";

const NOON_MS = Date.UTC(2026, 10, 22, 12);
const DATE = "2026-11-22";

/** A data folder that is removed with the test. */
class ScratchFolder extends DataFolder implements Disposable {
  constructor(disk: Disk = localDisk) {
    super(Deno.makeTempDirSync({ prefix: "mtr-test-" }), disk);
    this.create();
  }
  [Symbol.dispose]() {
    Deno.removeSync(this.path, { recursive: true });
  }
}

function row(second: number, values: object = {}) {
  return {
    ts: NOON_MS + second * 1000,
    interval_s: 1,
    late_ms: 2,
    utc_offset_min: 60,
    boot_id: "b",
    ...values,
  };
}

async function record(folder: DataFolder, seconds: readonly number[], date = DATE) {
  const journal = new Journal({ folder, host: "box", nextSeq: lastSeqOf(folder, "box") + 1 });
  for (const second of seconds) {
    journal.append("samples", date, row(second, { cpu_pct: second + 0.07 }));
  }
  await journal.seal();
  return journal;
}

async function storedSeconds(folder: DataFolder): Promise<number[]> {
  return await withStore(folder, {}, async ({ database }) => {
    const rows = await database.rows<{ s: number }>(
      `SELECT (epoch_ms(ts) - ${NOON_MS}) / 1000 AS s FROM samples ORDER BY ts`,
    );
    return rows.map(({ s }) => s);
  });
}

Deno.test("rows are readable from the journal before a fold and from the day file after it", async () => {
  using folder = new ScratchFolder();
  await record(folder, [1, 2, 3]);
  deepEqual(await storedSeconds(folder), [1, 2, 3]);
  const result = await foldJournal(folder);
  deepEqual([result.files, result.segments, result.rows], [1, 1, 3]);
  equal(listStore(folder).segments.length, 0);
  deepEqual(await storedSeconds(folder), [1, 2, 3]);
  await record(folder, [4]);
  deepEqual(await storedSeconds(folder), [1, 2, 3, 4]);
  await foldJournal(folder);
  deepEqual(await storedSeconds(folder), [1, 2, 3, 4]);
  equal(listStore(folder).files.length, 1);
});

Deno.test("a segment that was folded but not removed is neither read nor folded again", async () => {
  using folder = new ScratchFolder();
  await record(folder, [1, 2]);
  const path = listStore(folder).segments[0]?.path ?? "";
  const text = Deno.readTextFileSync(path);
  await foldJournal(folder);
  Deno.writeTextFileSync(path, text);
  equal(listStore(folder).segments[0]?.folded, true);
  deepEqual(await storedSeconds(folder), [1, 2]);
  equal((await foldJournal(folder)).rows, 0);
  deepEqual(await storedSeconds(folder), [1, 2]);
  equal(listStore(folder).segments.length, 0);
});

Deno.test("a segment that is being written is readable and is left alone by a fold", async () => {
  using folder = new ScratchFolder();
  const journal = new Journal({ folder, host: "box", nextSeq: 1 });
  journal.append("samples", DATE, row(1));
  deepEqual(await storedSeconds(folder), [1]);
  equal((await foldJournal(folder)).rows, 0);
  journal.append("samples", DATE, row(2));
  await journal.seal();
  equal((await foldJournal(folder)).rows, 2);
  deepEqual(await storedSeconds(folder), [1, 2]);
});

Deno.test("a torn line costs that line, is counted, and is kept in quarantine by the fold", async () => {
  using folder = new ScratchFolder();
  await record(folder, [1, 2]);
  const path = listStore(folder).segments[0]?.path ?? "";
  const torn = `{"ts":${NOON_MS},"interval_s":1,"cpu_`;
  Deno.writeTextFileSync(path, torn, { append: true });
  const notes = await withStore(folder, {}, ({ notes }) => Promise.resolve(notes));
  match(notes.join(), /1 lines of the journal could not be read/);
  deepEqual(await storedSeconds(folder), [1, 2]);
  match((await foldJournal(folder)).notes.join(), /kept in/);
  deepEqual(await storedSeconds(folder), [1, 2]);
  const [kept] = [...Deno.readDirSync(folder.quarantine)];
  match(Deno.readTextFileSync(join(folder.quarantine, kept?.name ?? "")), /"cpu_$/);
});

Deno.test("a day file without its end is named and hides no other day", async () => {
  using folder = new ScratchFolder();
  await record(folder, [1, 2]);
  await record(folder, [-86400], "2026-11-21");
  await foldJournal(folder);
  const bad = join(folder.day("samples", "box", DATE), "rows.parquet");
  Deno.truncateSync(bad, 200);
  const answer = await withStore(folder, {}, async ({ database, notes }) => ({
    rows: (await database.query("SELECT 1 FROM samples")).rows.length,
    notes,
  }));
  equal(answer.rows, 1);
  match(answer.notes.join(), /1 of 2 files could not be read: .*its end is missing/);
});

Deno.test("a day file with flipped bits inside is found out, named, and hides no other day", async () => {
  using folder = new ScratchFolder();
  await record(folder, Array.from({ length: 500 }, (_, i) => i));
  await record(folder, [-86400], "2026-11-21");
  await foldJournal(folder);
  const path = join(folder.day("samples", "box", DATE), "rows.parquet");
  const bytes = Deno.readFileSync(path);
  for (let i = 100; i < 1500; i++) bytes[i] = 0x55;
  Deno.writeFileSync(path, bytes);
  const answer = await withStore(folder, {}, async ({ database, notes }) => ({
    rows: (await database.query("SELECT ts, cpu_pct, boot_id FROM samples")).rows.length,
    notes,
  }));
  equal(answer.rows, 1);
  match(answer.notes.join(), /1 of 2 files could not be read/);
});

Deno.test("a fold sets a day file that it cannot read aside and still folds the journal", async () => {
  using folder = new ScratchFolder();
  await record(folder, [1, 2]);
  await foldJournal(folder);
  const path = join(folder.day("samples", "box", DATE), "rows.parquet");
  Deno.truncateSync(path, 200);
  await record(folder, [3]);
  const { notes } = await foldJournal(folder);
  match(notes.join(), /was moved to/);
  deepEqual(await storedSeconds(folder), [3]);
  equal([...Deno.readDirSync(folder.quarantine)].length, 2);
});

Deno.test("values come back as they were recorded, and what was not recorded is NULL", async () => {
  using folder = new ScratchFolder();
  const journal = new Journal({ folder, host: "box", nextSeq: 1 });
  journal.append(
    "samples",
    DATE,
    row(0, {
      cpu_pct: 12.34,
      ram_used_bytes: 3 * 2 ** 30,
      ram_total_bytes: 4 * 2 ** 30,
      net_rx_bytes_per_s: 1.235e9,
      gpu_mhz: 812,
    }),
  );
  await journal.seal();
  const sql = `SELECT cpu_pct, gpu_pct, ram_used_bytes, ram_pct, net_rx_bytes_per_s, gpu_mhz,
    strftime(local, '%Y-%m-%d %H:%M') AS local, host FROM samples`;
  const read = () => withStore(folder, {}, ({ database }) => database.rows(sql));
  const expected = [{
    cpu_pct: 12.34,
    gpu_pct: null,
    ram_used_bytes: 3221225472,
    ram_pct: 75,
    net_rx_bytes_per_s: 1235000000,
    gpu_mhz: 812,
    local: "2026-11-22 13:00",
    host: "box",
  }];
  deepEqual(await read(), expected);
  await foldJournal(folder);
  deepEqual(await read(), expected);
});

Deno.test("a day's file is in the order of its ticks, also where the clock was set back and where it was out of order", async () => {
  using folder = new ScratchFolder();
  const inFile = async () => {
    await foldJournal(folder);
    const path = join(folder.day("samples", "box", DATE), "rows.parquet");
    using database = await Database.open({ threads: "1" });
    const rows = await database.rows<{ s: number }>(
      `SELECT (epoch_ms(ts) - ${NOON_MS}) / 1000 AS s FROM read_parquet('${path}')`,
    );
    return rows.map(({ s }) => s);
  };
  await record(folder, [1, 2, 3]);
  await record(folder, [4, 5]);
  deepEqual(await inFile(), [1, 2, 3, 4, 5]);
  await record(folder, [6, 7]);
  deepEqual(await inFile(), [1, 2, 3, 4, 5, 6, 7]);
  await record(folder, [9, 8, 10]);
  deepEqual(await inFile(), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  await record(folder, [0]);
  deepEqual(await inFile(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

Deno.test("a fold opens the files of the journal's days, and of finished days those that are not rolled up as they are", async () => {
  const opened: string[] = [];
  const disk: Disk = {
    ...localDisk,
    readEnds: (path, ...bytes) => {
      const day = /samples\/.*date=([\d-]+)/.exec(path)?.[1];
      if (day !== undefined) opened.push(day);
      return localDisk.readEnds(path, ...bytes);
    },
  };
  using folder = new ScratchFolder(disk);
  // Finished, whenever this is run.
  const secondsAt = (date: string) => (Date.parse(`${date}T12:00:00Z`) - NOON_MS) / 1000;
  await record(folder, [secondsAt("2024-03-05")], "2024-03-05");
  await record(folder, [secondsAt("2024-03-06")], "2024-03-06");
  await foldJournal(folder);
  await record(folder, [secondsAt("2024-03-06") + 1], "2024-03-06");
  opened.length = 0;
  equal((await foldJournal(folder)).rolledUp, 1);
  deepEqual(opened.filter((date) => date !== "2024-03-06"), []);
  opened.length = 0;
  equal((await foldJournal(folder, { rebuild: true })).rolledUp, 2);
  deepEqual([...new Set(opened)].sort(), ["2024-03-05", "2024-03-06"]);
});
