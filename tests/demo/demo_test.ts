import { deepEqual, equal, notEqual, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { analyze } from "../../src/analysis/mod.ts";
import { type DemoOptions, makeDemo } from "../../src/demo/mod.ts";
import { METRICS, reportableMetric, StoreError } from "../../src/model/mod.ts";
import { ZoneOffsets } from "../../src/platform/mod.ts";
import { foldJournal, withStore } from "../../src/store/mod.ts";
import { journalRows, sampleRow, ScratchFolder } from "../journal/scratch_folder.ts";

const OPTIONS: DemoOptions = {
  days: 3,
  intervalMs: 60_000,
  seed: 1,
  nowMs: Date.parse("2025-10-27T10:40:00Z"),
  timeZone: "Europe/Berlin",
  onDay() {},
};

async function select<Row extends object>(folder: ScratchFolder, sql: string): Promise<Row[]> {
  return await withStore(folder, {}, ({ database }) => database.rows<Row>(sql));
}

/** One number for all rows and values. */
async function fingerprint(options: Partial<DemoOptions>): Promise<string> {
  using folder = new ScratchFolder();
  await makeDemo(folder, { ...OPTIONS, ...options });
  const [row] = await select<{ hash: string }>(
    folder,
    "SELECT bit_xor(hash(stored_samples))::VARCHAR || '/' || count(*) AS hash FROM stored_samples",
  );
  return row?.hash ?? "";
}

Deno.test("the same seed makes the same data, another seed makes other data", async () => {
  const first = await fingerprint({ days: 2 });
  equal(await fingerprint({ days: 2 }), first);
  notEqual(await fingerprint({ days: 2, seed: 2 }), first);
});

Deno.test("rows are whole ticks up to the last full hour, each in the file of its local day", async () => {
  for (const intervalMs of [60_000, 7000 * 60]) {
    using folder = new ScratchFolder();
    await makeDemo(folder, { ...OPTIONS, intervalMs });
    const rows = await select<
      { ms: number; interval_s: number; utc_offset_min: number; day: string }
    >(
      folder,
      `SELECT epoch_ms(ts) AS ms, interval_s, utc_offset_min, strftime(local, '%Y-%m-%d') AS day
       FROM samples ORDER BY ts`,
    );
    const zone = new ZoneOffsets(OPTIONS.timeZone);
    for (const { ms, interval_s, utc_offset_min } of rows) {
      equal(ms % intervalMs, 0);
      equal(interval_s, intervalMs / 1000);
      equal(utc_offset_min, zone.offsetMinAt(ms));
    }
    deepEqual([...new Set(rows.map(({ day }) => day))], ["2025-10-25", "2025-10-26", "2025-10-27"]);
    const last = rows.at(-1)?.ms ?? 0;
    equal(last, Math.floor((Date.parse("2025-10-27T10:00:00Z") - 1) / intervalMs) * intervalMs);
  }
});

Deno.test("values can be true, and the laptop's metrics are all there", async () => {
  using folder = new ScratchFolder();
  await makeDemo(folder, OPTIONS);
  const columns = METRICS.map(({ id }) => `min(${id}) AS ${id}_min, max(${id}) AS ${id}_max`);
  const [found = {}] = await select<Record<string, number | null>>(
    folder,
    `SELECT ${columns.join(", ")} FROM samples`,
  );
  for (const { id, range } of METRICS) {
    const [min, max] = [found[`${id}_min`] ?? null, found[`${id}_max`] ?? null];
    if (min !== null) ok(min >= range[0] && (max ?? 0) <= range[1], `${id}: ${min} … ${max}`);
  }
  for (const id of ["cpu_pct", "gpu_pct", "ram_used_bytes", "swap_used_bytes", "total_watts"]) {
    notEqual(found[`${id}_max`], null, id);
  }
});

Deno.test("reports of it say that it is made up; nights with the lid closed are sleep", async () => {
  using folder = new ScratchFolder();
  await makeDemo(folder, { ...OPTIONS, days: 7 });
  equal(folder.info()?.demo, true);
  const report = await analyze(folder, {
    range: {
      startMs: Date.parse("2025-10-20T22:00:00Z"),
      endMs: Date.parse("2025-10-27T10:00:00Z"),
      timeZone: OPTIONS.timeZone,
      resolvedFrom: "a test",
    },
    metrics: [reportableMetric("cpu_pct")],
    heatStatistic: "mean",
    withP95: false,
    exact: true,
    columns: 80,
    nowMs: OPTIONS.nowMs,
    recorderPid: null,
  });
  equal(report.demo, true);
  ok(report.source.includes("made-up"));
  ok(report.gaps.length >= 4, "it sleeps on most nights");
  deepEqual([...new Set(report.gaps.map(({ reason }) => reason))], ["asleep"]);
});

Deno.test("a folder with anything but demo data is refused and left as it is", async () => {
  using folder = new ScratchFolder();
  await journalRows(folder, "box", [sampleRow(Date.UTC(2025, 10, 18, 12), { cpu_pct: 5 })]);
  await rejects(makeDemo(folder, OPTIONS), StoreError);
  await foldJournal(folder);
  await rejects(makeDemo(folder, OPTIONS), StoreError);
  equal((await select(folder, "FROM samples")).length, 1);
  equal(folder.info(), undefined);
});

Deno.test("demo data is replaced as a whole by other demo data", async () => {
  using folder = new ScratchFolder();
  await makeDemo(folder, { ...OPTIONS, days: 2 });
  folder.disk.makeFolder(join(folder.path, "rollups", "counts", "host=demo-laptop"));
  await makeDemo(folder, { ...OPTIONS, days: 1, seed: 2 });
  const days = await select(
    folder,
    "SELECT DISTINCT strftime(local, '%Y-%m-%d') AS day FROM samples",
  );
  deepEqual(days, [{ day: "2025-10-27" }]);
  equal(folder.disk.list(join(folder.path, "rollups")).length, 0);
});
