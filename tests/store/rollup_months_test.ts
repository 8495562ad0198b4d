import { deepEqual, equal, match } from "node:assert/strict";
import { foldJournal } from "../../src/store/mod.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import { comparable, comparePercentiles, recordDays, report } from "./rough_recording.ts";

/** Rows are few so that days can be many; with a row every ten minutes there would be no busiest 15. */
const MONTH = { days: 21, stepMs: 300_000 };

Deno.test("most of a month is answered from its sums, over a change to summer time, as from rows", async () => {
  using folder = new ScratchFolder();
  const span = await recordDays(folder, "Europe/Berlin", "2026-03-11", MONTH);
  await foldJournal(folder);
  const exact = await report(folder, span, { exact: true });
  const rolled = await report(folder, span, { exact: false });
  match(rolled.method, /21 days from rollups/);
  const [first, second] = rolled.metrics[0]?.timeline ?? [];
  // Whole hours: a 96th of these days would be five and a quarter.
  equal(((second?.startMs ?? 0) - (first?.startMs ?? 0)) % 3_600_000, 0);
  deepEqual(comparable(rolled), comparable(exact));
  comparePercentiles(rolled, exact);
});

Deno.test("more days than a month are reduced month by month, and answer as their rollups do", async () => {
  using folder = new ScratchFolder();
  const span = await recordDays(folder, "Asia/Kathmandu", "2026-02-20", { ...MONTH, days: 33 });
  await foldJournal(folder);
  const exact = await report(folder, span, { exact: true });
  const rolled = await report(folder, span, { exact: false });
  match(exact.method, /^exact, from rows; p95 of heatmap cells ±1 %$/);
  match(rolled.method, /33 days from rollups/);
  deepEqual(comparable(rolled), comparable(exact));
  comparePercentiles(rolled, exact);
});
