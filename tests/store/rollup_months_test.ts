import { deepEqual, equal, match } from "node:assert/strict";
import { foldJournal } from "../../src/store/mod.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import { comparable, comparePercentiles, recordDays, report } from "./rough_recording.ts";

/** Rows are few so that days can be many; with a row every ten minutes there would be no busiest 15. */
const FEW_ROWS = { days: 33, stepMs: 300_000 };
const APRIL = Date.parse("2026-04-01T00:00:00+02:00");

Deno.test("a month answers from its sums as from rows, over a change to summer time; so do more days than are reduced at once", async () => {
  using folder = new ScratchFolder();
  const span = await recordDays(folder, "Europe/Berlin", "2026-03-11", FEW_ROWS);
  await foldJournal(folder);
  const march = { ...span, endMs: APRIL };
  const rows = await report(folder, march, { exact: true });
  const sums = await report(folder, march, { exact: false });
  equal(rows.method, "exact, from rows");
  match(sums.method, /^exact, 21 days from rollups;/);
  deepEqual(comparable(sums), comparable(rows));
  comparePercentiles(sums, rows);
  const [first, second] = sums.metrics[0]?.timeline ?? [];
  // Spans are hours: of quarter-hours a bin, a 96th of these days, would be five and a quarter.
  equal(((second?.startMs ?? 0) - (first?.startMs ?? 0)) % 3_600_000, 0);

  const byMonth = await report(folder, span, { exact: true });
  const all = await report(folder, span, { exact: false });
  match(byMonth.method, /^exact, from rows; p95 of heatmap cells ±1 %$/);
  match(all.method, /^exact, 33 days from rollups;/);
  deepEqual(comparable(all), comparable(byMonth));
  comparePercentiles(all, byMonth);
});
