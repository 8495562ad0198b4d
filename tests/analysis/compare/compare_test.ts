import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import {
  compare,
  type CompareOptions,
  type CompareReport,
  type ReportRange,
} from "../../../src/analysis/mod.ts";
import { NoDataError, reportableMetric, type SampleRow } from "../../../src/model/mod.ts";
import { foldJournal } from "../../../src/store/mod.ts";
import { whileItIs } from "../../store/while_days_last.ts";
import { journalRows, sampleRow, ScratchFolder } from "../../journal/scratch_folder.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** A Monday. */
const START_MS = Date.UTC(2026, 10, 9);
const STEP_MS = 15 * 60_000;

type Values = (ms: number) => Partial<SampleRow> | null;

/** A row every quarter of an hour. */
function rowsOf(days: number, values: Values): SampleRow[] {
  return Array.from({ length: days * 96 }, (_, i) => {
    const ts = START_MS + i * STEP_MS;
    const at = values(ts);
    return at === null ? [] : [sampleRow(ts, { interval_s: 900, ...at })];
  }).flat();
}

const rangeOf = (fromDay: number, toDay: number): ReportRange => ({
  startMs: START_MS + fromDay * DAY_MS,
  endMs: START_MS + toDay * DAY_MS,
  timeZone: "UTC",
  resolvedFrom: "a test",
});

async function compared(
  folder: ScratchFolder,
  options: Partial<CompareOptions> = {},
): Promise<CompareReport> {
  return await compare(folder, {
    a: rangeOf(0, 7),
    b: rangeOf(7, 14),
    metrics: ["cpu_pct", "swap_pressure_pct"].map(reportableMetric),
    exact: false,
    nowMs: START_MS + 30 * DAY_MS,
    ...options,
  });
}

async function recorded(values: Values, days = 14): Promise<ScratchFolder> {
  const folder = new ScratchFolder();
  await journalRows(folder, "box", rowsOf(days, values));
  return folder;
}

const hourOf = (ms: number) => Math.floor(ms / HOUR_MS) % 24;
const isSecond = (ms: number) => ms >= START_MS + WEEK_MS;
/** Differs from hour to hour and a little from day to day. */
const cpu = (ms: number) => 10 + hourOf(ms) + (Math.floor(ms / DAY_MS) * 7 % 5) / 10;

const SWAP_BEGINS = START_MS + 10 * DAY_MS + 16 * HOUR_MS + 15 * 60_000;

Deno.test("two weeks are compared from rows and from rollups alike", async (t) => {
  using folder = await recorded((ms) => ({
    cpu_pct: cpu(ms) + (isSecond(ms) ? 20 : 0),
    ram_total_bytes: 2 ** 33,
    swap_used_bytes: ms >= SWAP_BEGINS ? 2 ** 30 : 0,
  }));
  // Some days of each period are rolled up, others are not.
  await whileItIs(START_MS + 9.5 * DAY_MS, () => foldJournal(folder));
  await t.step("weekday by weekday", () => assertByWeekday(folder));
  await t.step(
    "a metric that was zero is new since the minute of its first use",
    () => assertSwapIsNew(folder),
  );
});

async function assertByWeekday(folder: ScratchFolder): Promise<void> {
  const metrics = ["cpu_pct", "gpu_pct"].map(reportableMetric);
  const rolled = await compared(folder, { metrics });
  const exact = await compared(folder, { metrics, exact: true });
  match(rolled.method, /\d+ days from rollups/);
  match(exact.method, /^exact, from rows;/);
  deepEqual(rolled.metrics, exact.metrics);
  equal(rolled.match, "weekday-hour");
  deepEqual([rolled.commonCells, rolled.possibleCells], [168, 168]);
  const [metric] = rolled.metrics;
  deepEqual([metric?.verdict, metric?.direction], ["changed", "higher"]);
  equal(metric?.where?.isEverywhere, true);
  equal(Math.round(metric?.where?.shift ?? 0), 20);
  deepEqual(rolled.absent.map(({ metric }) => metric.id), ["gpu_pct"]);
}

async function assertSwapIsNew(folder: ScratchFolder): Promise<void> {
  const { metrics, method } = await compared(folder);
  const swap = metrics.find(({ metric }) => metric.id === "swap_pressure_pct");
  match(method, /\d+ days from rollups/);
  deepEqual([swap?.verdict, swap?.direction, swap?.sinceMs], ["new", "higher", SWAP_BEGINS]);
}

Deno.test("statistics are those of the hours that both periods know, to the last row", async () => {
  // The second two days lack their nights, which the first spent at 90 %.
  using folder = await recorded((ms) => {
    const isNight = hourOf(ms) < 6;
    if (isNight && ms >= START_MS + 2 * DAY_MS) return null;
    return { cpu_pct: isNight ? 90 : 10 };
  }, 4);
  await foldJournal(folder);
  const periods = { a: rangeOf(0, 2), b: rangeOf(2, 4) };
  const { metrics: [metric], commonCells } = await compared(folder, periods);
  equal(commonCells, 18);
  equal(metric?.a.max, 10);
  equal(metric?.a.count, 2 * 18 * 4);
  equal(metric?.b.mean, 10);
  const all = await compared(folder, { ...periods, match: "all" });
  equal(all.metrics[0]?.a.max, 90);
});

Deno.test("a metric that is zero throughout the second period is gone since the minute of its last use", async () => {
  const end = START_MS + 5 * DAY_MS;
  using folder = await recorded((ms) => ({
    ram_total_bytes: 2 ** 33,
    swap_used_bytes: ms < end ? 2 ** 30 : 0,
  }));
  const { metrics: [swap] } = await compared(folder);
  deepEqual([swap?.verdict, swap?.direction, swap?.sinceMs], ["gone", "lower", end - STEP_MS]);
});

Deno.test("one use of an hour is not new: it may have been chance", async () => {
  const begin = START_MS + 10 * DAY_MS + 16 * HOUR_MS;
  using folder = await recorded((ms) => ({
    ram_total_bytes: 2 ** 33,
    swap_used_bytes: ms >= begin && ms < begin + HOUR_MS ? 2 ** 30 : 0,
  }));
  equal((await compared(folder)).metrics[0]?.verdict, "no change");
});

Deno.test("days without a common weekday are compared by the hour, and too few of them prove nothing", async () => {
  using folder = await recorded((ms) => ({ cpu_pct: cpu(ms) }), 2);
  const report = await compared(folder, { a: rangeOf(0, 1), b: rangeOf(1, 2) });
  equal(report.match, "hour");
  deepEqual([report.commonCells, report.possibleCells], [24, 24]);
  equal(report.metrics[0]?.verdict, "not enough data");
  match(report.metrics[0]?.reason ?? "", /^1 day of each/);
  equal(report.metrics[0]?.cells.every(({ weekday }) => weekday === 0), true);
});

Deno.test("hours of a day are those of the clock where it was recorded", async () => {
  using folder = await recorded((ms) => ({ cpu_pct: cpu(ms), utc_offset_min: 345 }));
  const { metrics: [metric] } = await compared(folder);
  // Quarters of an hour of Kathmandu: UTC 00:15 is 6:00 there.
  const cell = metric?.cells.find(({ weekday, hour }) => weekday === 2 && hour === 6);
  ok(cell && cell.a > 10 && cell.a < 12, JSON.stringify(cell));
});

Deno.test("a period without data is told apart from an empty store, and says what there is", async () => {
  using folder = await recorded((ms) => ({ cpu_pct: cpu(ms) }), 2);
  await rejects(compared(folder), (error) => {
    ok(error instanceof NoDataError);
    match(error.message, /^nothing was recorded between Mon 16 Nov 2026 and Sun 22 Nov 2026/);
    return true;
  });
});
