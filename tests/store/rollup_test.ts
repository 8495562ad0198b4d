import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type DataFolder, Journal } from "../../src/journal/mod.ts";
import { ZoneOffsets } from "../../src/platform/mod.ts";
import { foldJournal, lastSeqOf, listStore } from "../../src/store/mod.ts";
import { daysToRollUp } from "../../src/store/rollup/build_rollups.ts";
import { rollupMonths } from "../../src/store/rollup/rollup_files.ts";
import { type AnalysisReport, analyze } from "../../src/analysis/mod.ts";
import { reportableMetric } from "../../src/model/mod.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import { copyInto, type Files, filesOf } from "./recorded_days.ts";
import { whileDaysLast } from "./while_days_last.ts";

/** Each case: a zone, and the first of the days that are recorded in it. Two of them change to or from summer time. */
const CASES = [
  { zone: "UTC", first: "2026-02-27" },
  { zone: "Asia/Kathmandu", first: "2026-02-27" },
  { zone: "Europe/Berlin", first: "2026-03-28" },
  { zone: "Europe/Berlin", first: "2026-10-24" },
] as const;
const DAYS = 3;
const STEP_MS = 60_000;
const METRICS = ["cpu_pct", "gpu_pct", "ram_pct", "cpu_celsius", "net_rx_bytes_per_s"].map(
  reportableMetric,
);

for (const { zone, first } of CASES) {
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
  const bytes = Deno.readFileSync(month.paths.counts);
  Deno.writeFileSync(month.paths.counts, bytes.fill(0x55, 50, 2000));
  deepEqual(comparable(await report(folder, span, { exact: false })), expected);
  Deno.truncateSync(month.paths.counts, 100);
  const truncated = await report(folder, span, { exact: false });
  match(truncated.method, /2 days? from rollups|1 days? from rollups|from rows/);
  deepEqual(comparable(truncated), expected);
});

Deno.test("the current day is never rolled up", async () => {
  using folder = new ScratchFolder();
  await recordDays(folder, "UTC", "2026-02-27");
  await whileDaysLast(() => foldJournal(folder));
  const { files } = listStore(folder);
  deepEqual(daysToRollUp(folder, files, "2026-02-28", { rebuild: true }).map(({ date }) => date), [
    "2026-02-27",
  ]);
});

interface Span {
  readonly startMs: number;
  readonly endMs: number;
  readonly timeZone: string;
}

let ROLLED_UP: ReturnType<typeof recordAndRollUp> | undefined;

/** Made once, then copied. */
async function rolledUpDays(): Promise<{ files: Files; span: Span }> {
  ROLLED_UP ??= recordAndRollUp();
  return await ROLLED_UP;
}

async function recordAndRollUp(): Promise<{ files: Files; span: Span }> {
  using folder = new ScratchFolder();
  const span = await recordDays(folder, "UTC", "2026-02-27");
  await foldJournal(folder);
  return { files: filesOf(folder), span };
}

/** Days of rows every minute with gaps, missing values, longer intervals and stretches at the top. */
async function recordDays(folder: DataFolder, zone: string, first: string): Promise<Span> {
  const offsets = new ZoneOffsets(zone);
  const journal = new Journal({ folder, host: "box", nextSeq: 1 });
  const random = generator(first.length + zone.length);
  const midnight = (date: number) => date - offsets.offsetMinAt(date) * 60_000;
  const startMs = midnight(Date.parse(first));
  const endMs = midnight(Date.parse(first) + DAYS * 86_400_000);
  let busy = 0;
  for (let ts = startMs; ts < endMs; ts += STEP_MS) {
    if (random() < 0.001) ts += Math.floor(random() * 100) * STEP_MS;
    if (ts >= endMs) break;
    if (random() < 0.01) busy = random() < 0.3 ? 70 : random() * 30;
    const offset = offsets.offsetMinAt(ts);
    const date = new Date(ts + offset * 60_000).toISOString().slice(0, 10);
    const cpu = Math.min(100, Math.round((busy + random() * 30) * 100) / 100);
    journal.append(
      "samples",
      date,
      row(ts, offset, {
        interval_s: random() < 0.02 ? 180 : 60,
        ...(random() < 0.01 ? {} : { cpu_pct: cpu }),
        ram_used_bytes: Math.floor(8000 + random() * 4000) * 2 ** 20,
        ram_total_bytes: 16 * 2 ** 30,
        cpu_celsius: Math.round((random() * 60 - 10) * 10) / 10,
        net_rx_bytes_per_s: Math.floor(random() * 9999),
      }),
    );
  }
  await journal.seal();
  return { startMs, endMs, timeZone: zone };
}

function row(ts: number, offset: number, values: object) {
  return { ts, interval_s: 60, late_ms: 1, utc_offset_min: offset, boot_id: "b", ...values };
}

function report(
  folder: DataFolder,
  span: Span,
  { exact }: { exact: boolean },
): Promise<AnalysisReport> {
  return analyze(folder, {
    range: { ...span, resolvedFrom: "test" },
    metrics: METRICS,
    heatStatistic: "p95",
    withP95: true,
    exact,
    columns: 96,
    nowMs: span.endMs,
    recorderPid: null,
  });
}

/** What has to be the same: all but the method, p95 of cells, and timelines, whose bins differ in length. */
function comparable(of: AnalysisReport) {
  const round = (value: number | null) => value === null ? null : Number(value.toPrecision(10));
  return {
    ...of,
    method: "",
    metrics: of.metrics.map(({ metric, statistics, heatmap, peak, last, sufficiency }) => ({
      id: metric.id,
      statistics: Object.values(statistics).map(round),
      heatmap: heatmap.map((
        { weekday, hour, mean, max, count },
      ) => [weekday, hour, round(mean), max, count]),
      peak: peak && [peak.startMs, peak.endMs, round(peak.mean)],
      last,
      verdict: sufficiency?.verdict,
    })),
  };
}

function comparePercentiles(rolled: AnalysisReport, exact: AnalysisReport): void {
  for (const [i, { heatmap }] of rolled.metrics.entries()) {
    for (const [j, { p95 }] of heatmap.entries()) {
      const truth = exact.metrics[i]?.heatmap[j]?.p95 ?? Number.NaN;
      // Bins are within half a percent of a value; interpolation between two values may add a little.
      ok(
        p95 !== null && Math.abs(p95 - truth) <= 0.01 * Math.max(1, Math.abs(truth)),
        `${p95} is not ${truth}`,
      );
    }
  }
}

/** A small generator with a seed (mulberry32), so that a failure can be repeated. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
