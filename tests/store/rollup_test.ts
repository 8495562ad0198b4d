import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Journal } from "../../src/journal/mod.ts";
import { foldJournal, lastSeqOf, listStore } from "../../src/store/mod.ts";
import { daysToRollUp } from "../../src/store/rollup/build_rollups.ts";
import { rollupMonths } from "../../src/store/rollup/rollup_files.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import { casesToTry } from "../everything.ts";
import { copyInto, type Files, filesOf } from "./recorded_days.ts";
import {
  comparable,
  comparePercentiles,
  recordDays,
  report,
  row,
  type Span,
} from "./rough_recording.ts";
import { whileDaysLast } from "./while_days_last.ts";

const TWO_MONTHS = { zone: "Asia/Kathmandu", first: "2026-02-27" };
const TO_SUMMER = { zone: "Europe/Berlin", first: "2026-03-28" };
const TO_WINTER = { zone: "Europe/Berlin", first: "2026-10-24" };
const DAYS = 3;

for (
  const { zone, first } of casesToTry(
    [TWO_MONTHS, TO_SUMMER, TO_WINTER],
    [TWO_MONTHS, TO_SUMMER],
  )
) {
  Deno.test(`rollups answer as rows do: ${DAYS} days from ${first} in ${zone}`, async () => {
    using folder = new ScratchFolder();
    const span = await recordDays(folder, zone, first);
    const fromRows = await report(folder, span, { exact: true });
    const { rolledUp } = await foldJournal(folder);
    equal(rolledUp, DAYS);
    const exact = await report(folder, span, { exact: true });
    const rolled = await report(folder, span, { exact: false });
    match(rolled.method, new RegExp(`${DAYS} days from rollups`));
    deepEqual(comparable(exact), comparable(fromRows));
    deepEqual(comparable(rolled), comparable(exact));
    comparePercentiles(rolled, exact);
  });
}

Deno.test("a day whose file has changed since is answered from its rows, and rolled up again by the next fold", async () => {
  const { files, span } = await rolledUpDays();
  using folder = new ScratchFolder();
  copyInto(folder, files);
  const extra = new Journal({ folder, host: "box", nextSeq: lastSeqOf(folder, "box") + 1 });
  extra.append(
    "samples",
    "2026-02-28",
    row(Date.UTC(2026, 1, 28, 23, 59, 59), 0, { cpu_pct: 99.99 }),
  );
  await extra.seal();
  equal((await report(folder, span, { exact: false })).metrics[0]?.statistics.max, 99.99);
  equal((await foldJournal(folder)).rolledUp, 1);
  const after = await report(folder, span, { exact: false });
  match(after.method, /3 days from rollups/);
  equal(after.metrics[0]?.statistics.max, 99.99);
  deepEqual(comparable(after), comparable(await report(folder, span, { exact: true })));
});

Deno.test("a damaged rollup is left out, and its days are answered from rows", async () => {
  const { files, span } = await rolledUpDays();
  using folder = new ScratchFolder();
  copyInto(folder, files);
  const expected = comparable(await report(folder, span, { exact: true }));
  const [month] = rollupMonths(folder, "box");
  ok(month);
  const isSaid = ({ notes }: { readonly notes: readonly string[] }) =>
    notes.some((note) =>
      /^rollups of 2026-02 are damaged and were left out, .* \(mtr check\)$/.test(note)
    );
  equal(isSaid(await report(folder, span, { exact: false })), false);
  // Of a whole month the sums of its days are read; with a page header gone nothing can be.
  const { counts, month_counts: sums } = month.paths;
  for (const path of [counts, sums]) {
    Deno.writeFileSync(path, Deno.readFileSync(path).fill(0xff, 4, 60));
  }
  const overwritten = await report(folder, span, { exact: false });
  deepEqual({ ...comparable(overwritten), notes: [] }, expected);
  ok(isSaid(overwritten));
  Deno.truncateSync(counts, 100);
  const truncated = await report(folder, span, { exact: false });
  match(truncated.method, /2 days? from rollups|1 days? from rollups|from rows/);
  deepEqual(comparable(truncated), expected);
});

Deno.test("the current day is never rolled up", async () => {
  using folder = new ScratchFolder();
  await recordDays(folder, "UTC", "2026-02-27", { stepMs: 300_000, onlyCpu: true });
  await whileDaysLast(() => foldJournal(folder));
  const { files } = listStore(folder);
  deepEqual(daysToRollUp(folder, files, "2026-02-28", { rebuild: true }).map(({ date }) => date), [
    "2026-02-27",
  ]);
});

let ROLLED_UP: ReturnType<typeof recordAndRollUp> | undefined;

/** Made once, then copied. */
async function rolledUpDays(): Promise<{ files: Files; span: Span }> {
  ROLLED_UP ??= recordAndRollUp();
  return await ROLLED_UP;
}

async function recordAndRollUp(): Promise<{ files: Files; span: Span }> {
  using folder = new ScratchFolder();
  const span = await recordDays(folder, "UTC", "2026-02-27", { stepMs: 300_000, onlyCpu: true });
  await foldJournal(folder);
  return { files: filesOf(folder), span };
}
