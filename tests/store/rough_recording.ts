/** Recordings with all that statistics can stumble over, and what reports on them have to have in common. */
import { ok } from "node:assert/strict";
import { type AnalysisReport, analyze } from "../../src/analysis/mod.ts";
import { type DataFolder, Journal } from "../../src/journal/mod.ts";
import { type Metric, reportableMetric } from "../../src/model/mod.ts";
import { ZoneOffsets } from "../../src/platform/mod.ts";

const METRICS = ["cpu_pct", "gpu_pct", "ram_pct", "cpu_celsius", "net_rx_bytes_per_s"].map(
  reportableMetric,
);

export interface Span {
  readonly startMs: number;
  readonly endMs: number;
  readonly timeZone: string;
}

/** Days of rows with gaps, missing values, longer intervals and stretches at the top; of all metrics, or of CPU's. */
export async function recordDays(
  folder: DataFolder,
  zone: string,
  first: string,
  { days = 3, stepMs = 60_000, onlyCpu = false } = {},
): Promise<Span> {
  const offsets = new ZoneOffsets(zone);
  const journal = new Journal({ folder, host: "box", nextSeq: 1 });
  const random = generator(first.length + zone.length);
  const midnight = (date: number) => date - offsets.offsetMinAt(date) * 60_000;
  const startMs = midnight(Date.parse(first));
  const endMs = midnight(Date.parse(first) + days * 86_400_000);
  let busy = 0;
  for (let ts = startMs; ts < endMs; ts += stepMs) {
    if (random() < 0.001) ts += Math.floor(random() * 100) * stepMs;
    if (ts >= endMs) break;
    if (random() < 0.01) busy = random() < 0.3 ? 70 : random() * 30;
    const offset = offsets.offsetMinAt(ts);
    const date = new Date(ts + offset * 60_000).toISOString().slice(0, 10);
    const cpu = Math.min(100, Math.round((busy + random() * 30) * 100) / 100);
    journal.append(
      "samples",
      date,
      row(ts, offset, {
        interval_s: (stepMs / 1000) * (random() < 0.02 ? 3 : 1),
        ...(random() < 0.01 ? {} : { cpu_pct: cpu }),
        ...(onlyCpu ? {} : {
          ram_used_bytes: Math.floor(8000 + random() * 4000) * 2 ** 20,
          ram_total_bytes: 16 * 2 ** 30,
          cpu_celsius: Math.round((random() * 60 - 10) * 10) / 10,
          net_rx_bytes_per_s: Math.floor(random() * 9999),
        }),
      }),
    );
  }
  await journal.seal();
  return { startMs, endMs, timeZone: zone };
}

export function row(ts: number, offset: number, values: object) {
  return { ts, interval_s: 60, late_ms: 1, utc_offset_min: offset, boot_id: "b", ...values };
}

/** A report on all metrics, or on those given. */
export function report(
  folder: DataFolder,
  span: Span,
  { exact, metrics = METRICS }: { exact: boolean; metrics?: readonly Metric[] },
): Promise<AnalysisReport> {
  return analyze(folder, {
    range: { ...span, resolvedFrom: "test" },
    metrics,
    heatStatistic: "p95",
    withP95: true,
    exact,
    columns: 96,
    nowMs: span.endMs,
    recorderPid: null,
  });
}

/** What has to be the same: all but the method, p95 of cells, and timelines, whose bins differ in length. */
export function comparable(of: AnalysisReport) {
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

export function comparePercentiles(rolled: AnalysisReport, exact: AnalysisReport): void {
  for (const [i, { heatmap }] of rolled.metrics.entries()) {
    for (const [j, { p95 }] of heatmap.entries()) {
      const truth = exact.metrics[i]?.heatmap[j]?.p95 ?? Number.NaN;
      // Bins are within one percent of a value.
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
