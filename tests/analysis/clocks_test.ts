import { equal } from "node:assert/strict";
import type { SampleRow } from "../../src/model/mod.ts";
import { ZoneOffsets } from "../../src/platform/mod.ts";
import { foldJournal } from "../../src/store/mod.ts";
import { casesToTry } from "../everything.ts";
import { journalRows, sampleRow, ScratchFolder } from "../journal/scratch_folder.ts";
import { plainReport } from "./plain_report.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const STEP_MS = 600_000;

/** A row every ten minutes, on the clock of a zone. */
function rowsIn(timeZone: string, from: string, to: string): SampleRow[] {
  const zone = new ZoneOffsets(timeZone);
  const startMs = Date.parse(from);
  return Array.from({ length: (Date.parse(to) - startMs) / STEP_MS }, (_, i) => {
    const ts = startMs + i * STEP_MS;
    const utc_offset_min = zone.offsetMinAt(ts);
    return sampleRow(ts, { interval_s: STEP_MS / 1000, utc_offset_min, cpu_pct: i % 100 });
  });
}

/** Whether a note on two clocks is made. */
async function noted(
  rows: readonly SampleRow[],
  timeZone: string,
  { rolled = false } = {},
): Promise<boolean> {
  using folder = new ScratchFolder();
  await journalRows(folder, "box", rows);
  const last = rows.at(-1) ?? sampleRow(0);
  if (rolled) {
    // A later day, so that those before are over.
    await journalRows(folder, "box", [{ ...last, ts: last.ts + 3 * DAY_MS }]);
    await foldJournal(folder);
  }
  const endMs = last.ts + 1;
  const startMs = rows[0]?.ts ?? 0;
  const { notes, method } = await plainReport(folder, { startMs, endMs, timeZone });
  equal(/rollups/.test(method), rolled);
  const expected = `not all rows were recorded on the clock of ${timeZone}: heatmaps`;
  return notes.some((note) => note.startsWith(expected));
}

Deno.test("rows of another clock than that of the report's zone are told of", async () => {
  const berlin = rowsIn("Europe/Berlin", "2026-06-01T00:00+02:00", "2026-06-04T00:00+02:00");
  const london = rowsIn("Europe/London", "2026-06-04T00:00+02:00", "2026-06-06T00:00+01:00");
  for (const rolled of [false, true]) {
    equal(await noted([...berlin, ...london], "Europe/Berlin", { rolled }), true);
    equal(await noted(berlin, "Europe/Berlin", { rolled }), false);
  }
  equal(await noted([...berlin, ...london], "Europe/London"), true);
  equal(await noted(berlin, "Europe/London"), true);
});

Deno.test("another zone with the same clock is not told of, as long as it has", async () => {
  const from = "2026-10-20T00:00+02:00";
  const summer = rowsIn("Africa/Johannesburg", from, "2026-10-24T00:00+02:00");
  const toAutumn = rowsIn("Africa/Johannesburg", from, "2026-10-27T00:00+02:00");
  equal(await noted(summer, "Europe/Berlin"), false);
  equal(await noted(toAutumn, "Europe/Berlin"), true);
});

/** Three weeks, which are read as hours once they are rolled up. */
const TO_SUMMER = ["Europe/Berlin", "2026-03-11T00:00+01:00", "2026-04-01T00:00+02:00"] as const;
const TO_WINTER = ["Europe/Berlin", "2026-10-11T00:00+02:00", "2026-11-01T00:00+01:00"] as const;
/** The clock is set by half an hour: hours of the two halves overlap. */
const BY_HALF = [
  ["Australia/Lord_Howe", "2026-04-01T00:00+11:00", "2026-04-22T00:00+10:30"],
  ["Australia/Lord_Howe", "2026-10-01T00:00+10:30", "2026-10-22T00:00+11:00"],
] as const;

for (
  const [timeZone, from, to] of casesToTry(
    [TO_SUMMER, TO_WINTER, ...BY_HALF],
    [TO_SUMMER, BY_HALF[0]],
  )
) {
  Deno.test(`a clock that is set is no other clock: ${timeZone}, ${from.slice(0, 7)}`, async () => {
    const rows = rowsIn(timeZone, from, to);
    for (const rolled of [false, true]) equal(await noted(rows, timeZone, { rolled }), false);
    const [first = sampleRow(0), ...others] = rows;
    const elsewhere = { ...first, utc_offset_min: first.utc_offset_min - 60 };
    equal(await noted([elsewhere, ...others], timeZone), true);
  });
}
