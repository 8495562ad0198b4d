import { deepEqual, equal } from "node:assert/strict";
import { type AnalysisReport, analyze, type AnalyzeOptions } from "../../src/analysis/mod.ts";
import { reportableMetric, type SampleRow } from "../../src/model/mod.ts";
import { foldJournal } from "../../src/store/mod.ts";
import { journalRows, sampleRow, ScratchFolder } from "../journal/scratch_folder.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A Tuesday. */
const MIDNIGHT_MS = Date.UTC(2025, 10, 18);

/** A row a minute from one hour after a midnight to another. */
function minutes(
  fromHour: number,
  toHour: number,
  values: (i: number) => Partial<SampleRow> = () => ({ cpu_pct: 10 }),
): SampleRow[] {
  return Array.from({ length: (toHour - fromHour) * 60 }, (_, i) => {
    const ts = MIDNIGHT_MS + fromHour * HOUR_MS + (i + 1) * 60_000;
    return sampleRow(ts, { interval_s: 60, ...values(i) });
  });
}

async function report(
  folder: ScratchFolder,
  [fromHour, toHour]: readonly [number, number],
  options: Partial<AnalyzeOptions> = {},
): Promise<AnalysisReport> {
  const [startMs, endMs] = [MIDNIGHT_MS + fromHour * HOUR_MS, MIDNIGHT_MS + toHour * HOUR_MS];
  return await analyze(folder, {
    range: { startMs, endMs, timeZone: "UTC", resolvedFrom: "a test" },
    metrics: ["cpu_pct", "gpu_pct"].map(reportableMetric),
    heatStatistic: "mean",
    withP95: false,
    exact: false,
    columns: 60,
    nowMs: endMs + 10 * DAY_MS,
    recorderPid: null,
    ...options,
  });
}

const hours = (ms: number) => (ms - MIDNIGHT_MS) / HOUR_MS;

function gapsOf({ gaps }: AnalysisReport) {
  return gaps.map(({ startMs, endMs, reason }) => [hours(startMs), hours(endMs), reason]);
}

Deno.test("the last value is the newest of the range, also when later days were recorded", async () => {
  using folder = new ScratchFolder();
  await journalRows(folder, "box", minutes(0, 72, (i) => ({ cpu_pct: i / 100 })));
  await foldJournal(folder);
  for (const exact of [true, false]) {
    const found = await report(folder, [0, 24], { exact });
    equal(found.metrics[0]?.last, 14.38, exact ? "from rows" : "from rollups");
  }
});

Deno.test("a metric that was never known is named as absent, with the others shown", async () => {
  using folder = new ScratchFolder();
  await journalRows(folder, "box", minutes(0, 1));
  const found = await report(folder, [0, 2]);
  deepEqual(found.metrics.map(({ metric }) => metric.id), ["cpu_pct"]);
  deepEqual(found.absent.map(({ metric }) => metric.id), ["gpu_pct"]);
});

Deno.test("coverage counts from the first row that was ever recorded", async () => {
  using folder = new ScratchFolder();
  await journalRows(folder, "box", minutes(12, 18));
  const found = await report(folder, [0, 24]);
  equal(found.coveragePct, 50);
  deepEqual(gapsOf(found), [[18, 24, "not recording"]]);
});

Deno.test("coverage counts from the range's start where the day before was recorded", async () => {
  using folder = new ScratchFolder();
  await journalRows(folder, "box", [...minutes(-4, -2), ...minutes(6, 24)]);
  const found = await report(folder, [0, 24]);
  equal(Math.round(found.coveragePct), 75);
  deepEqual(gapsOf(found), [[0, 6, "not recording"]]);
});

Deno.test("coverage ends now in a day that is not over", async () => {
  using folder = new ScratchFolder();
  await journalRows(folder, "box", [...minutes(-4, 6)]);
  const found = await report(folder, [0, 24], { nowMs: MIDNIGHT_MS + 8 * HOUR_MS });
  // The row at midnight stands for the minute before it.
  equal(found.recordedS, 6 * 3600 + 60);
  deepEqual(gapsOf(found), [[6, 8, "not recording"]]);
});

Deno.test("a gap says why: asleep, machine off, source failed, or not recording", async () => {
  using folder = new ScratchFolder();
  const [slept, booted, ...rest] = [minutes(2, 3), minutes(4, 5), minutes(6, 7), minutes(8, 9)];
  const first = (rows: SampleRow[] | undefined, values: Partial<SampleRow>) =>
    rows?.map((row, i) => (i === 0 ? { ...row, ...values } : row)) ?? [];
  const boot2 = { boot_id: "boot2" };
  await journalRows(folder, "box", [
    ...minutes(0, 1),
    ...first(slept, { flags: "wake,source_error" }),
    ...first(booted, { flags: "boot" }).map((row) => ({ ...row, ...boot2 })),
    ...rest.flat().map((row) => ({ ...row, ...boot2 })),
  ]);
  const failing = {
    ts: MIDNIGHT_MS + 5.5 * HOUR_MS,
    utc_offset_min: 0,
    source: "native",
    description: "native",
    interval_s: 60,
    reads: 1,
    failures: 1,
    not_ready: 0,
    dropped_values: 0,
    read_ms: 1,
  };
  await journalRows(folder, "box", [failing], "sources");
  deepEqual(gapsOf(await report(folder, [0, 9])), [
    [1, 2, "asleep"],
    [3, 4, "machine off"],
    [5, 6, "source failed"],
    [7, 8, "not recording"],
  ]);
});

Deno.test("a gap at the range's start says why as well", async () => {
  using folder = new ScratchFolder();
  const [woken, ...rest] = minutes(6, 24);
  await journalRows(folder, "box", [
    ...minutes(-4, -2),
    { ...(woken ?? sampleRow(0)), flags: "wake" },
    ...rest,
  ]);
  deepEqual(gapsOf(await report(folder, [0, 24])), [[0, 6, "asleep"]]);
});

Deno.test("value bins say how the time is spread, from rows and from rollups alike", async () => {
  using folder = new ScratchFolder();
  // 12 h at 10, 6 h at 39.5, 6 h at 100, the top; the GPU is known for one hour only.
  const cpuAt = (i: number) => (i < 720 ? 10 : i < 1080 ? 39.5 : 100);
  const values = (i: number) => ({ cpu_pct: cpuAt(i), ...(i < 60 ? { gpu_pct: 0 } : {}) });
  await journalRows(folder, "box", minutes(0, 24, values));
  await journalRows(folder, "box", minutes(24, 48, () => ({ cpu_pct: 1 })));
  await foldJournal(folder);
  for (const exact of [true, false]) {
    const found = await report(folder, [0, 24], { exact, valueBinsTop: () => 100 });
    const bins = found.metrics.map(({ valueBins }) =>
      valueBins?.sharesPct.flatMap((share, bin) => share > 0 ? [[bin, Math.round(share)]] : [])
    );
    deepEqual(bins, [[[20, 50], [79, 25], [199, 25]], [[0, 100]]]);
  }
  equal((await report(folder, [0, 24])).metrics[0]?.valueBins, undefined);
});
