import { deepEqual, equal, match } from "node:assert/strict";
import { reportableMetric } from "../../src/model/mod.ts";
import { foldJournal } from "../../src/store/mod.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import { comparable, comparePercentiles, recordDays, report } from "./rough_recording.ts";
import { whileDaysLast } from "./while_days_last.ts";

/** Rows are few so that days can be many; with a row every ten minutes there would be no busiest 15. */
const FEW_ROWS = { stepMs: 300_000, onlyCpu: true };
const EXACT = { exact: true, metrics: [reportableMetric("cpu_pct")] };
const ROLLED = { ...EXACT, exact: false };

Deno.test("a month answers from its sums as from rows, over a change to summer time", async () => {
  using folder = new ScratchFolder();
  const march = { ...FEW_ROWS, days: 21 };
  const span = await recordDays(folder, "Europe/Berlin", "2026-03-11", march);
  await foldJournal(folder);
  const rows = await report(folder, span, EXACT);
  const sums = await report(folder, span, ROLLED);
  equal(rows.method, "exact, from rows");
  match(sums.method, /^exact, 21 days from rollups;/);
  deepEqual(comparable(sums), comparable(rows));
  comparePercentiles(sums, rows);
  const [first, second] = sums.metrics[0]?.timeline ?? [];
  // Spans are hours: of quarter-hours a bin, a 96th of these days, would be five and a quarter.
  equal(((second?.startMs ?? 0) - (first?.startMs ?? 0)) % 3_600_000, 0);
});

Deno.test("more days than are reduced at once say by months what they say at once", async () => {
  using folder = new ScratchFolder();
  const days = { ...FEW_ROWS, days: 33 };
  const span = await recordDays(folder, "Europe/Berlin", "2026-03-11", days);
  // While they are in the journal there are no day files to be taken a month at a time.
  const atOnce = await report(folder, span, EXACT);
  equal(atOnce.method, "exact, from rows");
  await whileDaysLast(() => foldJournal(folder));
  const byMonth = await report(folder, span, EXACT);
  equal(byMonth.method, "exact, from rows; p95 of heatmap cells ±1 %");
  deepEqual(comparable(byMonth), comparable(atOnce));
  comparePercentiles(byMonth, atOnce);
});
