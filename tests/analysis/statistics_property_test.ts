import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { type AnalysisReport, analyze } from "../../src/analysis/mod.ts";
import { reportableMetric, type SampleRow } from "../../src/model/mod.ts";
import { withStore } from "../../src/store/mod.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import { propertyRuns } from "../property_runs.ts";
import { type Recording, recordings, store } from "./random_recording.ts";
import {
  meanOf15Minutes,
  slowGaps,
  slowHeatmap,
  slowPeakMean,
  type SlowRow,
  slowStatistics,
} from "./slow_statistics.ts";

const RUNS = propertyRuns(2, 6);

/** A metric, and its value in a row by its definition: what is stored as it is, and what is derived. */
const VALUES: Readonly<Record<string, (row: SampleRow) => number | undefined>> = {
  cpu_pct: (row) => row.cpu_pct,
  net_rx_bytes_per_s: (row) => row.net_rx_bytes_per_s,
  swap_pressure_pct: ({ swap_used_bytes: used, ram_total_bytes: total }) =>
    used === undefined || total === undefined ? undefined : Math.round(10_000 * used / total) / 100,
};

const EXACT = 1e-9;

function closeTo(
  actual: number | null,
  expected: number | null,
  what: string,
  relative = EXACT,
): void {
  if (actual === null || expected === null) return equal(actual, expected, what);
  const tolerance = Math.max(EXACT, relative * Math.abs(expected));
  ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, expected ${expected}`);
}

function slowRows(recording: Recording, id: string): SlowRow[] {
  return recording.rows.map((row) => ({
    ts: row.ts,
    intervalS: row.interval_s,
    value: VALUES[id]?.(row) ?? null,
  }));
}

async function report(folder: ScratchFolder, { rows, timeZone }: Recording, exact: boolean) {
  const startMs = (rows[0]?.ts ?? 0) - 300_000;
  const endMs = (rows.at(-1)?.ts ?? 0) + 1;
  return await analyze(folder, {
    range: { startMs, endMs, timeZone, resolvedFrom: "a test" },
    metrics: Object.keys(VALUES).map(reportableMetric),
    heatStatistic: "p95",
    withP95: true,
    exact,
    columns: 50,
    nowMs: endMs,
    recorderPid: null,
  });
}

function checkMetric(found: AnalysisReport, id: string, recording: Recording, shortestS: number) {
  // The method says where a figure is not exact.
  const p95Tolerance = found.method.includes("±1 %") ? 0.01 + EXACT : EXACT;
  const rows = slowRows(recording, id);
  const expected = slowStatistics(rows, shortestS);
  const metric = found.metrics.find((of) => of.metric.id === id);
  if (!expected) return equal(metric, undefined, `${id} has no value and must be absent`);
  const { above90Pct, ...statistics } = expected;
  for (const [name, value] of Object.entries(statistics)) {
    closeTo(metric?.statistics[name as keyof typeof statistics] ?? null, value, `${id} ${name}`);
  }
  if (metric?.sufficiency) closeTo(metric.sufficiency.above90Pct, above90Pct, `${id} above 90`);
  const last = rows.findLast(({ value }) => value !== null)?.value ?? null;
  // Rolled-up days do not know their last values.
  if (found.method.startsWith("exact, from rows")) closeTo(metric?.last ?? null, last, "last");
  const cells = slowHeatmap(rows, shortestS, recording.timeZone);
  equal(metric?.heatmap.length, cells.length, `${id} cells`);
  cells.forEach((cell, i) => {
    for (const [name, value] of Object.entries(cell)) {
      const actual = metric?.heatmap[i]?.[name as keyof typeof cell] ?? null;
      const tolerance = name === "p95" ? p95Tolerance : EXACT;
      closeTo(actual, value, `${id} cell ${cell.weekday} ${cell.hour} ${name}`, tolerance);
    }
  });
  const peak = metric?.peak ?? null;
  closeTo(peak?.mean ?? null, slowPeakMean(rows), `${id} busiest 15 minutes`);
  if (peak) {
    equal(peak.endMs - peak.startMs, 15 * 60_000);
    closeTo(peak.mean, meanOf15Minutes(rows, peak.startMs), `${id} mean of the peak's minutes`);
  }
}

function checkRange(found: AnalysisReport, { rows }: Recording): void {
  const recordedS = rows.reduce((sum, { interval_s }) => sum + interval_s, 0);
  equal(found.samples, rows.length);
  closeTo(found.recordedS, recordedS, "recorded");
  const asSlow = rows.map(({ ts, interval_s: intervalS }) => ({ ts, intervalS }));
  deepEqual(found.gaps.map(({ startMs, endMs }) => ({ startMs, endMs })), slowGaps(asSlow));
  for (const gap of found.gaps) {
    const i = rows.findIndex(({ ts }) => ts > gap.startMs);
    const [before, after] = [rows[i - 1], rows[i]];
    const restarted = before?.boot_id !== after?.boot_id;
    const reason = after?.flags ? "asleep" : restarted ? "machine off" : "not recording";
    equal(gap.reason, reason);
  }
}

async function checkAgainstEngine(folder: ScratchFolder, { rows }: Recording): Promise<void> {
  const values = rows.flatMap(({ cpu_pct }) => cpu_pct ?? []);
  if (values.length < 2) return;
  const plain = await withStore(folder, {}, async ({ database }) => {
    const [row] = await database.rows<Record<string, number>>(
      `SELECT quantile_cont(cpu_pct, 0.5) AS p50, quantile_cont(cpu_pct, 0.75) AS p75,
         quantile_cont(cpu_pct, 0.95) AS p95, quantile_cont(cpu_pct, 0.99) AS p99,
         avg(cpu_pct) AS mean, stddev_samp(cpu_pct) AS stddev, var_samp(cpu_pct) AS variance
       FROM samples`,
    );
    return row ?? {};
  });
  const slow = slowStatistics(
    values.map((value, ts) => ({ ts, intervalS: 1, value })),
    1,
  );
  for (const [name, value] of Object.entries(plain)) {
    closeTo(slow?.[name as keyof typeof slow] ?? null, value, `the engine's ${name}`);
  }
}

Deno.test("statistics, heatmaps, peaks and gaps equal a slow calculation on random recordings", async () => {
  const property = fc.asyncProperty(recordings, async (recording) => {
    using folder = new ScratchFolder();
    await store(folder, recording);
    const shortestS = Math.min(...recording.rows.map(({ interval_s }) => interval_s));
    for (const exact of [true, false]) {
      const found = await report(folder, recording, exact);
      for (const id of Object.keys(VALUES)) checkMetric(found, id, recording, shortestS);
      checkRange(found, recording);
    }
    if (!recording.mixed) await checkAgainstEngine(folder, recording);
  });
  await fc.assert(property, { numRuns: RUNS, seed: 20261122, endOnFailure: true });
});
