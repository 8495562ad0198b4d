import { deepEqual, equal, ok } from "node:assert/strict";
import { analyze } from "../../src/analysis/mod.ts";
import { reportableMetric, type SampleRow } from "../../src/model/mod.ts";
import { ZoneOffsets } from "../../src/platform/mod.ts";
import { foldJournal } from "../../src/store/mod.ts";
import { journalRows, sampleRow, ScratchFolder } from "../journal/scratch_folder.ts";
import { slowHeatmap } from "./slow_statistics.ts";

const MINUTE_MS = 60_000;

/** A row a minute, with a value that tells minutes apart. */
function minutes(start: string, hours: number, timeZone: string): SampleRow[] {
  const zone = new ZoneOffsets(timeZone);
  return Array.from({ length: hours * 60 }, (_, i) => {
    const ts = Date.parse(start) + i * MINUTE_MS;
    return sampleRow(ts, {
      interval_s: 60,
      utc_offset_min: zone.offsetMinAt(ts),
      cpu_pct: ((i * 37) % 1000) / 10,
    });
  });
}

const DAYS = [
  { timeZone: "UTC", start: "2025-10-25T22:00:00Z", hours: 30, twoOClock: 60 },
  { timeZone: "Asia/Kathmandu", start: "2025-10-25T18:15:00Z", hours: 24, twoOClock: 60 },
  // The clocks go from two to three, and from three back to two.
  { timeZone: "Europe/Berlin", start: "2026-03-28T23:00:00Z", hours: 23, twoOClock: 0 },
  { timeZone: "Europe/Berlin", start: "2026-10-24T22:00:00Z", hours: 25, twoOClock: 120 },
];

for (const { timeZone, start, hours, twoOClock } of DAYS) {
  Deno.test(`heatmap cells are hours of the local clock: ${timeZone}, ${start.slice(0, 10)}`, async () => {
    using folder = new ScratchFolder();
    const rows = minutes(start, hours, timeZone);
    await journalRows(folder, "box", rows);
    await foldJournal(folder);
    const startMs = Date.parse(start);
    const { metrics } = await analyze(folder, {
      range: { startMs, endMs: startMs + hours * 60 * MINUTE_MS, timeZone, resolvedFrom: "a test" },
      metrics: [reportableMetric("cpu_pct")],
      heatStatistic: "p95",
      withP95: true,
      exact: true,
      columns: 60,
      nowMs: startMs + 40 * 60 * MINUTE_MS,
      recorderPid: null,
    });
    const slow = rows.map(({ ts, cpu_pct }) => ({ ts, intervalS: 60, value: cpu_pct ?? null }));
    const expected = slowHeatmap(slow, 60, timeZone);
    const found = metrics[0]?.heatmap ?? [];
    const place = (
      { weekday, hour, count, max }: typeof found[number],
    ) => [weekday, hour, count, max];
    deepEqual(found.map(place), expected.map(place));
    found.forEach(({ mean, p95 }, i) => {
      ok(Math.abs(mean - (expected[i]?.mean ?? 0)) < 1e-9);
      ok(Math.abs((p95 ?? 0) - (expected[i]?.p95 ?? 0)) < 1e-9);
    });
    const sunday = found.find(({ weekday, hour }) => weekday === 7 && hour === 2);
    equal(sunday?.count ?? 0, twoOClock);
  });
}
