import { ROLLUPS } from "../../../src/store/rollup/kinds.ts";
import { deepEqual, equal, ok } from "node:assert/strict";
import { join } from "node:path";
import { localDisk } from "../../../src/platform/mod.ts";
import { claimHost } from "../../../src/journal/mod.ts";
import {
  checkStore,
  lastSeqOf,
  planPrune,
  prune,
  quoteText,
  repairStore,
} from "../../../src/store/mod.ts";
import { whileDaysLast } from "../while_days_last.ts";
import { journalRows, sampleRow } from "../../journal/scratch_folder.ts";
import {
  copyOfRecorded,
  dayFile,
  figures,
  HOST,
  recordDays,
  reportOn,
  treeOf,
} from "../recorded_days.ts";
import {
  ALL,
  assertMended,
  DATES,
  DAY,
  found,
  NEWEST_WHOLE,
  OPTIONS,
  recorded,
  rewrite,
  rollupPaths,
  UNFINISHED,
  unfinished,
} from "./damaged_store.ts";

const DAY_MS = 86_400_000;

Deno.test("a store without damage has neither problems nor notes, and a check changes nothing", async () => {
  using folder = await recorded();
  const report = await checkStore(folder, OPTIONS);
  deepEqual(report.findings.filter(({ kind }) => kind !== "info.number"), []);
  deepEqual(report.counts, {
    days: 2,
    rows: ALL,
    read_whole: 2,
    segments: 0,
    journal_rows: 0,
    rollups: ROLLUPS.length,
    hosts: 1,
  });
  Deno.truncateSync(dayFile(folder, DAY), 300);
  Deno.truncateSync(rollupPaths(folder).runs, 300);
  await journalRows(folder, HOST, [sampleRow(Date.parse(DAY) + 1)]);
  const damaged = treeOf(folder);
  equal((await found(folder)).length, 2);
  deepEqual(treeOf(folder), damaged);
});

Deno.test("a day file without its end is set aside, and its rollup answers for the day", async () => {
  using folder = await recorded();
  const before = figures(await reportOn(folder, DATES));
  Deno.truncateSync(dayFile(folder, DAY), 300);
  await assertMended(folder, {
    kinds: ["file.torn"],
    before: ALL - 144,
    rolled: true,
    quarantined: /samples\.host=box\.date=2025-02-27\.rows\.\d+\.parquet/,
  });
  deepEqual(figures(await reportOn(folder, DATES)), before);
});

Deno.test("a day file with flipped bits inside is set aside", async () => {
  using folder = await recorded();
  const path = dayFile(folder, DAY);
  const bytes = Deno.readFileSync(path);
  const at = Math.floor(bytes.length / 3);
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  Deno.writeFileSync(path, bytes);
  await assertMended(folder, { kinds: ["file.damaged"], rolled: true, options: NEWEST_WHOLE });
});

Deno.test("a day file of zeros is set aside", async () => {
  using folder = await copyOfRecorded(DATES, { rolledUp: false });
  const path = dayFile(folder, DAY, "series");
  Deno.writeFileSync(path, new Uint8Array(5000));
  await assertMended(folder, {
    options: UNFINISHED,
    kinds: ["file.torn"],
    quarantined: /series\.host=box/,
  });
});

Deno.test("doubled rows are counted, and one of each is kept", async () => {
  using folder = await recorded();
  await rewrite(folder, "FROM own UNION ALL (FROM own LIMIT 10)");
  await assertMended(folder, {
    kinds: ["rows.doubled", "rollup.stale"],
    before: ALL + 10,
    quarantined: /samples\.box\.2025-02-27/,
  });
});

Deno.test("two different rows of one tick are no doubles", async () => {
  using folder = await recorded();
  await rewrite(folder, "FROM own UNION ALL (SELECT * REPLACE (99 AS cpu_pct) FROM own LIMIT 1)");
  deepEqual(await found(folder), [
    "rollup.stale " + join("rollups", "counts", "host=box", "month=2025-02", "rows.parquet"),
  ]);
});

Deno.test("rows of another day are moved to it, and none is doubled by doing it twice", async () => {
  using folder = await unfinished();
  const before = figures(await reportOn(folder, DATES, { exact: true }));
  const other = quoteText(dayFile(folder, "2025-02-26"));
  await rewrite(folder, `FROM own UNION ALL BY NAME (FROM read_parquet(${other}) LIMIT 20)`);
  await rewrite(folder, "FROM own ORDER BY ts OFFSET 10", { date: "2025-02-26" });
  await assertMended(folder, {
    options: UNFINISHED,
    kinds: ["rows.date"],
    before: ALL + 10,
    grows: true,
  });
  deepEqual(figures(await reportOn(folder, DATES, { exact: true })), before);
});

Deno.test("values that can't be true are put right, and the day is rolled up anew", async () => {
  using folder = await recorded();
  await rewrite(
    folder,
    "SELECT * REPLACE (CASE WHEN epoch_ms(ts) % 7200000 = 0 THEN 250 ELSE cpu_pct END AS cpu_pct) FROM own",
  );
  const { before: { findings } } = await repairStore(folder, NEWEST_WHOLE);
  deepEqual(findings.filter(({ severity }) => severity === "problem").map(({ kind }) => kind), [
    "rows.impossible",
    "rollup.stale",
  ]);
  equal((await reportOn(folder, [DAY])).metrics[0]?.statistics.max, 99);
});

Deno.test("rows out of order or without a time are put right", async () => {
  using folder = await unfinished();
  await rewrite(folder, "FROM own ORDER BY hash(ts)", {
    copy: ", KV_METADATA {mtr_last_seq: '4'}",
  });
  await assertMended(folder, { options: UNFINISHED, kinds: ["rows.order"] });
  await rewrite(
    folder,
    "SELECT * REPLACE (CASE WHEN epoch_ms(ts) % 7200000 = 0 THEN NULL ELSE ts END AS ts) FROM own",
  );
  await assertMended(folder, {
    options: UNFINISHED,
    kinds: ["rows.count"],
    before: ALL - 12,
    after: ALL - 12,
  });
});

Deno.test("columns of wrong types are cast, unknown ones named, missing ones only noted", async () => {
  using folder = await unfinished();
  const copy = ", KV_METADATA {mtr_last_seq: '4'}";
  await rewrite(folder, "SELECT * REPLACE (cpu_pct::DOUBLE AS cpu_pct) FROM own", { copy });
  await assertMended(folder, { options: UNFINISHED, kinds: ["schema.type"] });
  await rewrite(folder, "SELECT * REPLACE (ts::VARCHAR AS ts) FROM own", { copy });
  const { before, after } = await whileDaysLast(() => repairStore(folder, UNFINISHED));
  ok(before.findings.some(({ kind }) => kind === "schema.type"));
  deepEqual(after.findings.filter(({ severity }) => severity === "problem"), []);
  await rewrite(folder, "SELECT *, 1 AS brain_pct FROM own", { copy });
  const named = await whileDaysLast(() => repairStore(folder, UNFINISHED));
  for (const { findings } of [named.before, named.after]) {
    ok(findings.some(({ kind }) => kind === "schema.unknown"));
  }
  await rewrite(folder, "SELECT * EXCLUDE (brain_pct, connections) FROM own", { copy });
  deepEqual((await found(folder, "note", UNFINISHED)).filter((line) => line.startsWith("schema")), [
    `schema.missing ${join("samples", "host=box", "date=2025-02-27", "rows.parquet")}`,
  ]);
});

Deno.test("a file of another program in a day's place is written anew", async () => {
  using folder = await unfinished();
  await rewrite(folder, "FROM own", { copy: ", COMPRESSION snappy" });
  await assertMended(folder, { options: UNFINISHED, kinds: ["schema.number"] });
});

Deno.test("foreign files among the datasets go to quarantine, elsewhere they are noted", async () => {
  using folder = await unfinished();
  const beside = join(folder.day("samples", HOST, DAY), "copy.parquet");
  Deno.copyFileSync(dayFile(folder, DAY), beside);
  Deno.mkdirSync(join(folder.path, "samples", "old"));
  Deno.writeTextFileSync(join(folder.path, "samples", "old", "x.txt"), "x");
  Deno.writeTextFileSync(join(folder.path, "samples", ".DS_Store"), "x");
  Deno.writeTextFileSync(join(folder.path, "notes.txt"), "x");
  Deno.writeTextFileSync(join(folder.tmp, "samples.part"), "x");
  Deno.writeTextFileSync(join(folder.journal, "box-00000099.ndjson.part"), "x");
  const notes = await found(folder, "note", UNFINISHED);
  ok(notes.includes("file.foreign notes.txt"));
  ok(notes.includes(`file.leftover ${join("tmp", "samples.part")}`));
  ok(notes.includes(`file.leftover ${join("journal", "box-00000099.ndjson.part")}`));
  await assertMended(folder, {
    options: UNFINISHED,
    kinds: ["file.foreign", "file.foreign"],
    quarantined: /samples\.old/,
  });
  ok(localDisk.fileSize(join(folder.path, "notes.txt")));
  ok((await found(folder, "note", UNFINISHED)).includes("file.quarantine quarantine"));
});

Deno.test("a lost mtr.json is made anew, and the next recording goes on with the host", async () => {
  using folder = await recorded();
  const last = lastSeqOf(folder, HOST);
  const limits = { rowsOlderThanMs: 11 * DAY_MS, nowMs: OPTIONS.nowMs };
  await prune(folder, await planPrune(folder, limits), OPTIONS.nowMs);
  const before = figures(await reportOn(folder, DATES));
  for (const path of [folder.infoPath, folder.infoCopyPath]) Deno.removeSync(path);
  await assertMended(folder, {
    kinds: ["info.lost", "rollup.orphan"],
    before: ALL - 144,
    rolled: true,
  });
  deepEqual(figures(await reportOn(folder, DATES)), before);
  const [host] = folder.info()?.hosts ?? [];
  deepEqual([host?.id, host?.last_seq, host?.boot_id, host?.recovered], [
    HOST,
    last,
    "boot1",
    true,
  ]);
  const machine = { name: "Box.local".split(".")[0] ?? "", id: "machine-id", givenName: undefined };
  const claimed = await claimHost(folder, machine);
  deepEqual([claimed.id, claimed.name, "recovered" in claimed], [HOST, "Box", false]);
  equal(folder.info()?.hosts.length, 1);
});

Deno.test("a damaged mtr.json is made anew from its copy, a damaged copy from mtr.json", async () => {
  using folder = await unfinished();
  const info = folder.info();
  Deno.writeTextFileSync(folder.infoPath, '{"format": 1, "ho');
  await assertMended(folder, {
    options: UNFINISHED,
    kinds: ["info.damaged"],
    quarantined: /^mtr\.json\.\d+/,
  });
  Deno.writeFileSync(folder.infoCopyPath, new Uint8Array(200));
  await assertMended(folder, { options: UNFINISHED, kinds: ["info.copy"] });
  equal(folder.info()?.created, info?.created);
});

Deno.test("a host that mtr.json does not name is named", async () => {
  using folder = await unfinished();
  const guest = { host: "guest", datasets: ["samples"] } as const;
  await whileDaysLast(() => recordDays(folder, [DAY], guest));
  await assertMended(folder, { options: UNFINISHED, kinds: ["info.host"] });
  deepEqual(folder.info()?.hosts.map(({ id }) => id), ["box", "guest"]);
});
