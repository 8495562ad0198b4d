import { ROLLUPS } from "../../src/store/rollup/kinds.ts";
import { deepEqual, equal, match, notEqual, ok, rejects } from "node:assert/strict";
import { dirname, join } from "node:path";
import { NoDataError } from "../../src/model/mod.ts";
import { armFailPoints } from "../../src/platform/mod.ts";
import { foldJournal, lastSeqOf, listStore, planPrune, prune } from "../../src/store/mod.ts";
import { chooseHost } from "../../src/analysis/mod.ts";
import { casesToTry } from "../everything.ts";
import { journalRows, sampleRow, type ScratchFolder } from "../journal/scratch_folder.ts";
import {
  copyOfRecorded,
  datesFrom,
  dayFile,
  figures,
  HOST,
  nowAfter,
  reportOn,
  treeOf,
} from "./recorded_days.ts";

const DAY_MS = 86_400_000;
const DATES = datesFrom("2026-02-26", 5);
const NOW_MS = nowAfter(DATES);

function recordedFolder(): Promise<ScratchFolder> {
  return copyOfRecorded(DATES);
}

/** What a report says of the days before anything is done to them. */
let BEFORE: Promise<ReturnType<typeof figures>> | undefined;

async function figuresBefore(folder: ScratchFolder): Promise<ReturnType<typeof figures>> {
  BEFORE ??= reportOn(folder, DATES).then(figures);
  return await BEFORE;
}

function datesOf(folder: ScratchFolder, dataset: string): string[] {
  return listStore(folder).files.filter((file) => file.dataset === dataset).map(({ date }) => date);
}

Deno.test("by age, whole days of samples and series go; sources and rollups stay", async () => {
  using folder = await recordedFolder();
  const plan = await planPrune(folder, { rowsOlderThanMs: 2 * DAY_MS, nowMs: NOW_MS });
  // Two days before noon of 3 March is noon of 1 March: that day is younger in part.
  deepEqual(plan.files.map(({ dataset, date, rows, reason }) => [dataset, date, rows, reason]), [
    ["series", "2026-02-26", 144, "age"],
    ["samples", "2026-02-26", 144, "age"],
    ["series", "2026-02-27", 144, "age"],
    ["samples", "2026-02-27", 144, "age"],
    ["series", "2026-02-28", 144, "age"],
    ["samples", "2026-02-28", 144, "age"],
  ]);
  const { removed, notes } = await prune(folder, plan, NOW_MS);
  deepEqual([removed.length, notes], [6, []]);
  deepEqual(datesOf(folder, "samples"), DATES.slice(3));
  deepEqual(datesOf(folder, "series"), DATES.slice(3));
  deepEqual(datesOf(folder, "sources"), DATES);
  equal(folder.disk.list(dirname(dirname(dayFile(folder, "2026-02-26")))).length, 2);
});

Deno.test("days whose rows went are answered by their rollups as before", async () => {
  using folder = await recordedFolder();
  const before = await figuresBefore(folder);
  const plan = await planPrune(folder, { rowsOlderThanMs: 2 * DAY_MS, nowMs: NOW_MS });
  await prune(folder, plan, NOW_MS);
  const after = await reportOn(folder, DATES);
  deepEqual(figures(after), before);
  deepEqual(after.notes, []);
  deepEqual(figures(await reportOn(folder, DATES.slice(0, 2))).samples, 288);
  equal(chooseHost(folder, undefined).firstDate, "2026-02-26");
  // The next folds leave them alone.
  await foldJournal(folder, { rebuild: true });
  deepEqual(figures(await reportOn(folder, DATES)), before);
});

Deno.test("a store of nothing but rollups still answers", async () => {
  using folder = await recordedFolder();
  const before = await figuresBefore(folder);
  await prune(
    folder,
    await planPrune(folder, { rowsOlderThanMs: DAY_MS, nowMs: NOW_MS + 30 * DAY_MS }),
    NOW_MS,
  );
  equal(datesOf(folder, "samples").length, 0);
  deepEqual(figures(await reportOn(folder, DATES)), before);
});

Deno.test("a part of a day whose rows went is not answered by the whole day, and says so", async () => {
  using folder = await recordedFolder();
  const plan = await planPrune(folder, { rowsOlderThanMs: 2 * DAY_MS, nowMs: NOW_MS });
  await prune(folder, plan, NOW_MS);
  const exact = await reportOn(folder, DATES, { exact: true });
  equal(exact.samples, 2 * 144);
  match(exact.notes.join(), /rows of 3 days \(2026-02-26 … 2026-02-28\) are gone/);
  await rejects(
    () => reportOn(folder, DATES.slice(0, 1), { exact: true }),
    (error) =>
      error instanceof NoDataError && /rows of 2026-02-26 are gone/.test(error.hints[0] ?? ""),
  );
});

Deno.test("a day file that somebody else removed is not answered from its rollup", async () => {
  using folder = await recordedFolder();
  Deno.removeSync(dayFile(folder, "2026-02-27"));
  equal((await reportOn(folder, DATES)).samples, 4 * 144);
});

Deno.test("rows that come later for a day whose rows went stand beside its rollup", async () => {
  using folder = await recordedFolder();
  const plan = await planPrune(folder, { rowsOlderThanMs: 2 * DAY_MS, nowMs: NOW_MS });
  await prune(folder, plan, NOW_MS);
  await journalRows(folder, HOST, [
    sampleRow(Date.parse("2026-02-27") + 1234, { cpu_pct: 100, interval_s: 600 }),
  ]);
  await foldJournal(folder);
  await foldJournal(folder, { rebuild: true });
  const report = await reportOn(folder, DATES);
  equal(report.samples, 5 * 144 + 1);
  equal(report.metrics[0]?.statistics.max, 100);
});

Deno.test("by size, the oldest days go first and whole, the current day never", async () => {
  using folder = await recordedFolder();
  const all = await planPrune(folder, { maxBytes: 0, nowMs: NOW_MS - DAY_MS });
  const days = all.files.filter(({ dataset }) => dataset !== "rollups");
  deepEqual([...new Set(days.map(({ date }) => date))], DATES.slice(0, 4));
  match(all.notes.join(), /above the limit/);
  const [first] = all.files;
  const some = await planPrune(folder, {
    maxBytes: all.bytesBefore - (first?.bytes ?? 0) + 1,
    nowMs: NOW_MS,
  });
  deepEqual(some.files.map(({ dataset, date, reason }) => [dataset, date, reason]), [
    ["series", "2026-02-26", "size"],
    ["sources", "2026-02-26", "size"],
    ["samples", "2026-02-26", "size"],
  ]);
  const none = await planPrune(folder, { maxBytes: all.bytesBefore, nowMs: NOW_MS });
  equal(none.files.length, 0);
});

Deno.test("by size, rollups go only after the rows", async () => {
  using folder = await recordedFolder();
  const plan = await planPrune(folder, { maxBytes: 0, nowMs: NOW_MS + 60 * DAY_MS });
  equal(plan.files.filter(({ dataset }) => dataset === "rollups").length, 2 * ROLLUPS.length);
  await prune(folder, plan, NOW_MS);
  deepEqual([...treeOf(folder).keys()].filter((file) => file.endsWith(".parquet")), []);
});

Deno.test("rollups go by months, when none of their rows is left, and sources with them", async () => {
  using folder = await recordedFolder();
  const nowMs = Date.parse("2026-06-15T12:00:00Z");
  const early = await planPrune(folder, { rollupsOlderThanMs: 30 * DAY_MS, nowMs });
  deepEqual([...new Set(early.files.map(({ dataset }) => dataset))], ["sources"]);
  const both = await planPrune(folder, {
    rowsOlderThanMs: 30 * DAY_MS,
    rollupsOlderThanMs: 100 * DAY_MS,
    nowMs,
  });
  const months = both.files.filter(({ dataset }) => dataset === "rollups").map(({ date }) => date);
  deepEqual([...new Set(months)], ["2026-02"]);
  await prune(folder, both, nowMs);
  equal((await reportOn(folder, DATES)).samples, 2 * 144);
});

Deno.test("of one dataset only", async () => {
  using folder = await recordedFolder();
  const plan = await planPrune(folder, {
    rowsOlderThanMs: 2 * DAY_MS,
    datasets: ["series"],
    nowMs: NOW_MS,
  });
  deepEqual([...new Set(plan.files.map(({ dataset }) => dataset))], ["series"]);
});

Deno.test("a day that is still the current one somewhere stays", async () => {
  using folder = await recordedFolder();
  // 11:00 UTC on the day after: west of the date line the last day goes on.
  const nowMs = Date.parse(DATES.at(-1) ?? "") + DAY_MS + 11 * 3_600_000;
  const plan = await planPrune(folder, { maxBytes: 0, nowMs });
  ok(plan.files.every(({ date }) => date !== DATES.at(-1)));
});

Deno.test("a day with rows in the journal stays, and says why", async () => {
  using folder = await recordedFolder();
  await journalRows(folder, HOST, [sampleRow(Date.parse("2026-02-26") + 1)]);
  const plan = await planPrune(folder, { rowsOlderThanMs: 2 * DAY_MS, nowMs: NOW_MS });
  ok(plan.files.every(({ dataset, date }) => dataset !== "samples" || date !== "2026-02-26"));
  match(plan.notes.join(), /1 day file stay: they have rows in the journal: mtr fold/);
});

Deno.test("rows that were not rolled up yet are, before they go", async () => {
  using folder = await recordedFolder();
  const before = await figuresBefore(folder);
  Deno.removeSync(join(folder.path, "rollups"), { recursive: true });
  const plan = await planPrune(folder, { rowsOlderThanMs: DAY_MS, nowMs: NOW_MS + DAY_MS });
  await prune(folder, plan, NOW_MS);
  equal(datesOf(folder, "samples").length, 0);
  deepEqual(figures(await reportOn(folder, DATES)), before);
});

Deno.test("sequence numbers of files that went are not given again", async () => {
  using folder = await recordedFolder();
  const last = lastSeqOf(folder, HOST);
  const plan = await planPrune(folder, {
    rowsOlderThanMs: DAY_MS,
    rollupsOlderThanMs: DAY_MS,
    nowMs: NOW_MS + 60 * DAY_MS,
  });
  await prune(folder, plan, NOW_MS);
  equal(lastSeqOf(folder, HOST), 0);
  equal(folder.info()?.hosts[0]?.last_seq, last);
});

Deno.test("what was removed is in prune.log", async () => {
  using folder = await recordedFolder();
  const plan = await planPrune(folder, { rowsOlderThanMs: 2 * DAY_MS, nowMs: NOW_MS });
  await prune(folder, plan, NOW_MS);
  const lines = (folder.disk.readText(join(folder.path, "prune.log")) ?? "").trim().split("\n");
  equal(lines.length, 6);
  const { bytes, ...line } = JSON.parse(lines[1] ?? "");
  deepEqual(line, {
    time: "2026-03-03T12:00:00.000Z",
    file: "samples/host=box/date=2026-02-26/rows.parquet",
    dataset: "samples",
    host: "box",
    date: "2026-02-26",
    rows: 144,
    reason: "age",
  });
  ok(bytes > 1000);
});

Deno.test("planning changes nothing", async () => {
  using folder = await recordedFolder();
  const before = treeOf(folder);
  const { files } = await planPrune(folder, { maxBytes: 0, nowMs: NOW_MS });
  notEqual(files.length, 0);
  deepEqual(treeOf(folder), before);
});

Deno.test("a file that changed since the plan was made stays", async () => {
  using folder = await recordedFolder();
  const plan = await planPrune(folder, { rowsOlderThanMs: 2 * DAY_MS, nowMs: NOW_MS });
  await journalRows(folder, HOST, [sampleRow(Date.parse("2026-02-26") + 1)]);
  await foldJournal(folder);
  const { removed, notes } = await prune(folder, plan, NOW_MS);
  equal(removed.length, 5);
  match(notes.join(), /1 files stay: they changed/);
  ok(datesOf(folder, "samples").includes("2026-02-26"));
});

const POINTS = [
  "before_info",
  "after_info",
  "after_log",
  "after_log@3",
  "after_remove",
  "after_remove@4",
];

for (const point of casesToTry(POINTS, ["after_info", "after_log@3", "after_remove"])) {
  Deno.test(`a prune that ends at ${point} hides nothing, and the next one finishes it`, async () => {
    using folder = await recordedFolder();
    const before = await figuresBefore(folder);
    const limits = { rowsOlderThanMs: 2 * DAY_MS, nowMs: NOW_MS };
    const plan = await planPrune(folder, limits);
    {
      using _ = armFailPoints(`prune.${point}=EIO`);
      await rejects(prune(folder, plan, NOW_MS), /Input\/output error/);
    }
    deepEqual(figures(await reportOn(folder, DATES)), before);
    await foldJournal(folder);
    await prune(folder, await planPrune(folder, limits), NOW_MS);
    deepEqual(datesOf(folder, "samples"), DATES.slice(3));
    deepEqual(figures(await reportOn(folder, DATES)), before);
    // Every file that went has a line, whenever it went.
    const log = folder.disk.readText(join(folder.path, "prune.log")) ?? "";
    for (const { file } of plan.files) ok(log.includes(file), file);
  });
}

Deno.test("days that an ended prune named but did not come to are not called gone for good", async () => {
  using folder = await recordedFolder();
  const limits = { rowsOlderThanMs: 2 * DAY_MS, nowMs: NOW_MS };
  {
    using _ = armFailPoints("prune.after_info=EIO");
    await rejects(prune(folder, await planPrune(folder, limits), NOW_MS));
  }
  // A later prune with a longer reach into the past takes the word back.
  const later = await planPrune(folder, { rowsOlderThanMs: 4 * DAY_MS, nowMs: NOW_MS });
  await prune(folder, later, NOW_MS);
  deepEqual(folder.info()?.rows_gone, { [HOST]: [["2026-02-26", "2026-02-26"]] });
});

Deno.test("without mtr.json, which has to say which days went, nothing is removed", async () => {
  using folder = await recordedFolder();
  const plan = await planPrune(folder, { rowsOlderThanMs: 2 * DAY_MS, nowMs: NOW_MS });
  for (const name of ["mtr.json", "mtr.json.copy"]) Deno.removeSync(join(folder.path, name));
  await rejects(prune(folder, plan, NOW_MS), /mtr.json is missing or damaged; nothing was removed/);
  equal(datesOf(folder, "samples").length, 5);
});

Deno.test("a recorder that writes back what it knew at its start lowers no number and forgets no day", async () => {
  using folder = await recordedFolder();
  const { rememberHost } = await import("../../src/journal/mod.ts");
  const [host] = folder.info()?.hosts ?? [];
  ok(host);
  await prune(
    folder,
    await planPrune(folder, { rowsOlderThanMs: 2 * DAY_MS, nowMs: NOW_MS }),
    NOW_MS,
  );
  const last = folder.info()?.hosts[0]?.last_seq;
  await rememberHost(folder, host);
  equal(folder.info()?.hosts[0]?.last_seq, last);
  ok(folder.info()?.rows_gone?.[HOST]);
});
