import { deepEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { tryLock } from "../../../src/platform/mod.ts";
import { checkStore, Database, quoteText, repairStore } from "../../../src/store/mod.ts";
import { rollupMonth } from "../../../src/store/rollup/rollup_files.ts";
import { casesToTry } from "../../everything.ts";
import { dayFile, figures, HOST, reportOn } from "../recorded_days.ts";
import {
  ALL,
  assertMended,
  DATES,
  DAY,
  found,
  NEWEST_WHOLE,
  recorded,
  rewrite,
  rollupPaths,
  TIMES_ONLY,
} from "./damaged_store.ts";

Deno.test("a torn rollup and one with flipped bits are derived anew", async () => {
  using folder = await recorded();
  const before = figures(await reportOn(folder, DATES));
  Deno.truncateSync(rollupPaths(folder).hours, 100);
  await assertMended(folder, {
    kinds: ["rollup.torn"],
    quarantined: /rollup\.counts\.box\.2025-02/,
  });
  const path = rollupPaths(folder).counts;
  const bytes = Deno.readFileSync(path);
  Deno.writeFileSync(path, bytes.fill(0x55, 20, 60));
  await assertMended(folder, { kinds: ["rollup.damaged"] });
  deepEqual(figures(await reportOn(folder, DATES)), before);
});

const OF_DAY = `metric = 'cpu_pct' AND date = DATE '${DAY}'`;
const LIES = [
  ["counts", `CASE WHEN ${OF_DAY} THEN 50 ELSE value END AS value`, "metric, date, value"],
  ["quarters", `weighted_sum * if(${OF_DAY}, 1.001, 1) AS weighted_sum`, "metric, quarter"],
  ["busy", `weighted_sum * if(${OF_DAY}, 1.001, 1) AS weighted_sum`, "metric, minute"],
  ["month_counts", `if(metric = 'cpu_pct', 50, value) AS value`, "metric, value"],
  ["month_cells", `if(metric = 'cpu_pct', 0, bin)::SMALLINT AS bin`, "metric, cell, bin"],
] as const;

/** In everyday runs, one kind of days and one of months. */
const EVERYDAY = LIES.filter(([kind]) => kind === "counts" || kind === "month_cells");

for (const [kind, lie, order] of casesToTry(LIES, EVERYDAY)) {
  Deno.test(`${kind} that lie are found out, kept and derived anew`, async () => {
    using folder = await recorded();
    const before = figures(await reportOn(folder, DATES));
    const path = rollupPaths(folder)[kind];
    const days = JSON.stringify(Object.fromEntries(rollupMonth(folder, HOST, "2025-02").days));
    using database = await Database.open();
    const part = join(folder.tmp, "lie.part");
    await database.run(
      `COPY (SELECT * REPLACE (${lie}) FROM read_parquet(${
        quoteText(path)
      }, hive_partitioning = false)
      ORDER BY ${order})
      TO ${quoteText(part)} (FORMAT parquet, KV_METADATA {mtr_days: ${quoteText(days)}})`,
    );
    Deno.renameSync(part, path);
    await assertMended(folder, {
      kinds: ["rollup.wrong"],
      quarantined: /rollup\.counts/,
      options: NEWEST_WHOLE,
    });
    deepEqual(figures(await reportOn(folder, DATES)), before);
  });
}

Deno.test("rollups of other versions of their days are derived anew, those of no day answer for it", async () => {
  using folder = await recorded();
  await rewrite(folder, "SELECT * REPLACE (7 AS load1) FROM own");
  await assertMended(folder, { kinds: ["rollup.stale"] });
  Deno.removeSync(dayFile(folder, DAY));
  await assertMended(folder, { kinds: ["rollup.orphan"], before: ALL - 144, rolled: true });
});

Deno.test("days that are not rolled up yet are a note, and repair does not wait for the fold", async () => {
  using folder = await recorded();
  Deno.removeSync(join(folder.path, "rollups"), { recursive: true });
  deepEqual(await found(folder), []);
  match((await found(folder, "note")).join(), /rollup\.missing rollups/);
  await repairStore(folder, TIMES_ONLY);
  match((await reportOn(folder, DATES)).method, /2 days from rollups/);
});

Deno.test("what an ended prune left is noted and taken back", async () => {
  using folder = await recorded();
  const info = folder.info();
  ok(info);
  folder.writeInfo({ ...info, rows_gone: { [HOST]: [["2025-02-26", DAY]] } });
  match((await found(folder, "note")).join(), /info\.days/);
  await repairStore(folder, TIMES_ONLY);
  deepEqual(folder.info()?.rows_gone, {});
});

Deno.test("a few files are read whole, and the times of all", async () => {
  using folder = await recorded();
  await rewrite(folder, "FROM own UNION ALL (FROM own LIMIT 10)", { date: DATES[0] ?? "" });
  const { counts, findings } = await checkStore(folder, NEWEST_WHOLE);
  deepEqual([counts.read_whole, counts.days], [1, 2]);
  ok(findings.some(({ kind }) => kind === "rows.doubled"));
});

Deno.test("a check waits for a fold that is running", async () => {
  using folder = await recorded();
  const fold = tryLock(folder.foldingLock, "exclusive");
  const started = performance.now();
  setTimeout(() => fold?.release(), 300);
  await checkStore(folder, TIMES_ONLY);
  ok(performance.now() - started > 250);
});
