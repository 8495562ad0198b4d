/** A laptop's invented life, put through a small analysis of its own, so that every figure of a report agrees with the others. */
import { type LocalTime, localTime, type Metric, reportableMetric } from "../../src/model/mod.ts";
import type {
  AnalysisReport,
  Gap,
  HeatmapCell,
  MetricReport,
  Peak,
  Statistics,
  Sufficiency,
  TimelineBin,
  UseBeginning,
  ValueBins,
  Verdict,
} from "../../src/analysis/mod.ts";

import { valueAxisTop } from "../../src/report/mod.ts";

export const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ZONE = "Europe/Berlin";

interface Point {
  readonly ms: number;
  readonly value: number;
}

export interface Plan {
  readonly from: string;
  readonly to: string;
  readonly asked?: string;
  readonly stepMs?: number;
  readonly metrics: readonly string[];
  readonly gaps?: readonly Gap[];
  readonly bins?: number;
  readonly zone?: string;
  readonly overrides?: Partial<AnalysisReport>;
}

/** A report on the plan's days, computed from made-up values of each metric. */
export function reportOf(plan: Plan): AnalysisReport {
  const { stepMs = MINUTE_MS, gaps = [], bins = 100, zone = ZONE } = plan;
  const startMs = Date.parse(plan.from);
  const endMs = Date.parse(plan.to);
  const inGap = (ms: number) => gaps.some((gap) => ms >= gap.startMs && ms < gap.endMs);
  const times: number[] = [];
  for (let ms = startMs; ms < endMs; ms += stepMs) if (!inGap(ms)) times.push(ms);
  const recordedS = times.length * stepMs / 1000;
  const metrics = plan.metrics.map((id) =>
    metricReport(reportableMetric(id), times, { startMs, endMs, bins, zone, recordedS, stepMs })
  );
  return {
    generatedAtMs: endMs,
    range: { startMs, endMs, timeZone: zone, resolvedFrom: plan.asked ?? "last 7 days" },
    window: { startMs: times[0] ?? startMs, endMs: (times.at(-1) ?? endMs) + stepMs },
    host: "mbp14",
    source: "mactop 2.1.5",
    intervalS: 1,
    demo: false,
    samples: recordedS,
    recordedS,
    coveragePct: 100 * recordedS * 1000 / (endMs - startMs),
    method: "exact, from rows",
    heatStatistic: "mean",
    metrics,
    absent: [],
    gaps,
    missingForPatternS: Math.max(0, 24 * 3600 - recordedS),
    missingForVerdictS: Math.max(0, 3 * 3600 - recordedS),
    recorderPid: 4711,
    notes: [],
    ...plan.overrides,
  };
}

interface Around {
  readonly startMs: number;
  readonly endMs: number;
  readonly bins: number;
  readonly zone: string;
  readonly recordedS: number;
  readonly stepMs: number;
}

function metricReport(metric: Metric, times: readonly number[], around: Around): MetricReport {
  const random = randomFrom(metric.id);
  const points = times.map((ms) => ({ ms, value: valueAt(metric, ms, { ...around, random }) }));
  const statistics = statisticsOf(points.map(({ value }) => value));
  return {
    metric,
    statistics,
    last: points.at(-1)?.value ?? null,
    heatmap: heatmapOf(points, around.zone),
    peak: peakOf(points, around.stepMs),
    sufficiency: metric.unit === "%" && metric.worse === "higher"
      ? sufficiencyOf(points, statistics, around.recordedS)
      : null,
    useBegan: useBeganOf(metric, points),
    valueBins: valueBinsOf(points, valueAxisTop(metric, statistics)),
    timeline: timelineOf(points, around),
  };
}

/** As from minutes with a row each. */
function useBeganOf({ id }: Metric, points: readonly Point[]): UseBeginning | null {
  const first = points.findIndex(({ value }) => value > 0);
  const [before, used] = [points[first - 1], points[first]];
  if (id !== "swap_pressure_pct" || !before || !used) return null;
  return { afterMs: before.ms, byMs: used.ms - used.ms % MINUTE_MS + MINUTE_MS };
}

const LOCAL_HOURS = new Map<string, Map<number, LocalTime>>();

/** Asking for each of a million rows would take longer than all tests. Only for zones that are whole hours from UTC. */
function localHour(ms: number, zone: string): LocalTime {
  const hourMs = ms - ms % HOUR_MS;
  const hours = LOCAL_HOURS.get(zone) ?? new Map<number, LocalTime>();
  LOCAL_HOURS.set(zone, hours);
  const known = hours.get(hourMs) ?? localTime(hourMs, zone);
  hours.set(hourMs, known);
  return known;
}

/** How busy the laptop's owner is, 0 … 1: office hours on weekdays, a little at weekends and evenings. */
function busyness(ms: number, zone: string): number {
  const { weekday, hour } = localHour(ms, zone);
  const time = hour + (ms % HOUR_MS) / HOUR_MS;
  const isWeekend = weekday >= 6;
  if (time < 7.5) return 0.02;
  if (time >= 9 && time < 18) return isWeekend ? 0.3 : 0.85 - (hour === 12 ? 0.2 : 0);
  return time >= 20 && time < 23 ? 0.4 : 0.15;
}

function valueAt(
  metric: Metric,
  ms: number,
  { zone, startMs, endMs, random }: Around & { random: () => number },
): number {
  const busy = busyness(ms, zone);
  const spike = random() < 0.02 + busy * 0.06 ? random() * 55 : 0;
  const noise = random();
  const { id } = metric;
  if (id === "cpu_pct") return grid(Math.min(100, 1 + busy * 38 * (0.5 + noise) + spike));
  if (id === "gpu_pct") return grid(Math.min(100, busy * 9 * noise + (spike > 20 ? spike : 0)));
  if (id === "ram_pct") return grid(Math.min(99.9, 52 + busy * 36 + noise * 4));
  if (id === "swap_pressure_pct") {
    return (ms - startMs) / (endMs - startMs) > 0.55 ? grid(3 + busy * 9) : 0;
  }
  if (id === "battery_pct") return grid(100 - 70 * ((ms / HOUR_MS) % 10) / 10);
  const [low, high] = typicalRange(metric);
  return grid(low + (high - low) * Math.min(1, (busy * (0.4 + noise) + spike / 100) / 1.6));
}

function typicalRange({ unit, id }: Metric): readonly [number, number] {
  if (id === "ram_total_bytes") return [64 * 2 ** 30, 64 * 2 ** 30];
  switch (unit) {
    case "%":
      return [0, 60];
    case "W":
      return [3.2, 48];
    case "°C":
      return [34, 97];
    case "MHz":
      return [600, 4_512];
    case "rpm":
      return [0, 5_800];
    case "bytes":
      return [9 * 2 ** 30, 31 * 2 ** 30];
    case "bytes/s":
      return [120, 84_000_000];
    case "ops/s":
      return [0, 1_900];
    case "count":
      return [12, 640];
    case "load":
      return [0.2, 14];
    case "level":
      return [0, 2];
    case "flag":
      return [0, 1];
  }
}

function statisticsOf(values: readonly number[]): Statistics {
  const sorted = Float64Array.from(values).sort();
  const count = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const variance = count > 1 ? squares / (count - 1) : null;
  const at = (share: number) => {
    const position = share * (count - 1);
    const lower = sorted[Math.floor(position)] ?? Number.NaN;
    const upper = sorted[Math.ceil(position)] ?? Number.NaN;
    return lower + (upper - lower) * (position - Math.floor(position));
  };
  return {
    count,
    min: at(0),
    max: at(1),
    mean,
    p50: at(0.5),
    p75: at(0.75),
    p95: at(0.95),
    p99: at(0.99),
    stddev: variance === null ? null : Math.sqrt(variance),
    variance,
  };
}

function heatmapOf(points: readonly Point[], zone: string): HeatmapCell[] {
  const groups = Map.groupBy(points, ({ ms }) => {
    const { weekday, hour } = localHour(ms, zone);
    return weekday * 24 + hour;
  });
  return [...groups].map(([key, group]) => {
    const { mean, p95, max, count } = statisticsOf(group.map(({ value }) => value));
    return { weekday: Math.floor(key / 24), hour: key % 24, mean, p95, max, count };
  }).sort((a, b) => a.weekday * 24 + a.hour - b.weekday * 24 - b.hour);
}

function peakOf(points: readonly Point[], stepMs: number): Peak | null {
  let best: Peak | null = null;
  let from = 0;
  let sum = 0;
  points.forEach((point, to) => {
    sum += point.value;
    while (point.ms - (points[from]?.ms ?? 0) >= 15 * MINUTE_MS) sum -= points[from++]?.value ?? 0;
    const startMs = points[from]?.ms ?? point.ms;
    if (point.ms + stepMs - startMs < 12 * MINUTE_MS) return;
    const mean = sum / (to - from + 1);
    if (!best || mean > best.mean) best = { startMs, endMs: startMs + 15 * MINUTE_MS, mean };
  });
  return best;
}

function sufficiencyOf(
  points: readonly Point[],
  { p75, p95 }: Statistics,
  recordedS: number,
): Sufficiency {
  const above90Pct = 100 * points.filter(({ value }) => value > 90).length / points.length;
  const verdict: Verdict = recordedS < 3 * 3600
    ? "not enough data"
    : p95 < 40
    ? "roomy"
    : p95 < 70
    ? "adequate"
    : p95 < 95
    ? "tight"
    : "insufficient";
  const rule = verdict === "not enough data"
    ? "needs 3 h of data"
    : `p95 ${p95.toFixed(1)} → ${verdict}`;
  return {
    gapP95P75: p95 - p75,
    headroom: 100 - p95,
    above90Pct,
    longestAbove90: null,
    verdict,
    rule,
    advice: ADVICE[verdict],
  };
}

const ADVICE: Readonly<Record<Verdict, string | null>> = {
  "not enough data": null,
  roomy: "nothing to gain",
  adequate: "nothing to gain",
  tight: "add ≥ 4 GiB",
  insufficient: "add ≥ 16 GiB",
};

function timelineOf(points: readonly Point[], { startMs, endMs, bins }: Around): TimelineBin[] {
  const binMs = (endMs - startMs) / bins;
  const groups = Map.groupBy(points, ({ ms }) => Math.floor((ms - startMs) / binMs));
  return Array.from({ length: bins }, (_, i) => {
    const group = groups.get(i);
    const startOfBin = startMs + i * binMs;
    if (!group) return { startMs: startOfBin, mean: null, min: null, max: null };
    const { mean, min, max } = statisticsOf(group.map(({ value }) => value));
    return { startMs: startOfBin, mean, min, max };
  });
}

function valueBinsOf(points: readonly Point[], top: number): ValueBins {
  const sharesPct = Array<number>(200).fill(0);
  for (const { value } of points) {
    const bin = Math.min(199, Math.max(0, Math.floor(value * 200 / top)));
    sharesPct[bin] = (sharesPct[bin] ?? 0) + 100 / points.length;
  }
  return { top, sharesPct };
}

function grid(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A small generator, seeded by a name: the same numbers every time. */
function randomFrom(name: string): () => number {
  let state = [...name].reduce((sum, character) => sum * 31 + character.charCodeAt(0) | 0, 7) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
