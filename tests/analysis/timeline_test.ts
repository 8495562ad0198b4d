import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { analyze } from "../../src/analysis/mod.ts";
import { binningOf } from "../../src/analysis/timeline.ts";
import { reportableMetric } from "../../src/model/mod.ts";
import { journalRows, sampleRow, ScratchFolder } from "../journal/scratch_folder.ts";

const MINUTE_MS = 60_000;

Deno.test("bins are at most as many as columns, equal, aligned, and hold the first and the last row", () => {
  const windows = fc.record({
    startMs: fc.integer({ min: 1_700_000_000_000, max: 1_700_100_000_000 }),
    lengthMs: fc.oneof(
      fc.integer({ min: 0, max: 3_600_000 }),
      fc.integer({ min: 0, max: 400 * 86_400_000 }),
      fc.integer({ min: 0, max: 3000 }).map((minutes) => minutes * MINUTE_MS),
    ),
    columns: fc.integer({ min: 1, max: 300 }),
    intervalMs: fc.constantFrom(100, 1000, 10_000, 30_000, 60_000, 3_600_000),
    spanMs: fc.constantFrom(MINUTE_MS, 15 * MINUTE_MS),
  });
  fc.assert(fc.property(windows, ({ startMs, lengthMs, columns, intervalMs, spanMs }) => {
    const window = { startMs, endMs: startMs + lengthMs };
    const binning = binningOf(window, columns, { intervalMs, spanMs });
    ok(binning.bins >= 1 && binning.bins <= columns, `${binning.bins} bins`);
    ok(binning.startMs <= window.startMs);
    ok(window.endMs < binning.startMs + binning.bins * binning.binMs, "the last row is in a bin");
    if (binning.bySpans) deepEqual([binning.startMs % spanMs, binning.binMs % spanMs], [0, 0]);
    else equal(binning.binMs % intervalMs, 0);
  }));
});

/** Each value over a half-minute interval, as rows and as bins of a slow calculation. */
async function timelineOf(values: readonly (number | null)[], startMs: number, columns: number) {
  using folder = new ScratchFolder();
  const rows = values.map((value, i) =>
    sampleRow(startMs + i * 30_000, {
      interval_s: 30,
      ...(value === null ? {} : { cpu_pct: value }),
    })
  );
  await journalRows(folder, "box", rows);
  const endMs = startMs + values.length * 30_000;
  const { metrics } = await analyze(folder, {
    range: { startMs, endMs, timeZone: "UTC", resolvedFrom: "a test" },
    metrics: [reportableMetric("cpu_pct")],
    heatStatistic: "mean",
    withP95: false,
    exact: false,
    columns,
    nowMs: endMs,
    recorderPid: null,
  });
  return { rows, timeline: metrics[0]?.timeline ?? [] };
}

Deno.test("a timeline is the mean, least and most of the rows in each bin, null where there are none", async () => {
  const startMs = Date.UTC(2025, 10, 18, 12, 0, 30);
  const values = Array.from({ length: 11 }, (_, i) => (i === 4 || i === 5 ? null : i));
  for (const columns of [3, 6, 11, 50]) {
    const { rows, timeline } = await timelineOf(values, startMs, columns);
    const binMs = (timeline[1]?.startMs ?? 0) - (timeline[0]?.startMs ?? 0);
    const expected = timeline.map((bin) => {
      const inside = rows.filter(({ ts }) => ts >= bin.startMs && ts < bin.startMs + binMs)
        .flatMap(({ cpu_pct }) => cpu_pct ?? []);
      if (inside.length === 0) return { startMs: bin.startMs, mean: null, min: null, max: null };
      const mean = inside.reduce((a, b) => a + b, 0) / inside.length;
      const [min, max] = [Math.min(...inside), Math.max(...inside)];
      return { startMs: bin.startMs, mean, min, max };
    });
    deepEqual(timeline, expected, `${columns} columns`);
  }
});
