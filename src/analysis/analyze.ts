import type { Metric } from "../model/mod.ts";

import {
  type DataFolder,
  type Overview,
  reduce,
  type Reduced,
  type RowRange,
  type Store,
  withStore,
} from "../store/mod.ts";
import { chooseHost, type ChosenHost } from "./choose_host.ts";
import { type Distribution, distributions } from "./distribution.ts";
import { clocksNote } from "./clocks.ts";
import { coveragePct, expectedSpan, unseenPct } from "./expected_span.ts";
import { findEdges, findGaps } from "./gaps.ts";
import { type Heatmaps, heatmaps, isByBins } from "./heatmap.ts";
import { nothingInRange } from "./nothing_in_range.ts";
import { findLastValues } from "./last_values.ts";
import { findPeaks } from "./peaks.ts";
import type {
  AnalysisReport,
  HeatStatistic,
  MetricReport,
  Peak,
  ReportRange,
  TimelineBin,
  UseBeginning,
  ValueBins,
} from "./report.ts";
import { findSources } from "./sources.ts";
import { collectEvidence, neighboursOf } from "./sufficiency/collect_evidence.ts";
import type { Evidence } from "./sufficiency/evidence.ts";
import { judge, VERDICT_NEEDS_S } from "./sufficiency/judge.ts";
import { binningOf, timelines } from "./timeline.ts";
import { useBeginnings } from "./use_beginnings.ts";
import { type TopOf, valueBins } from "./value_bins.ts";

const MINUTE_MS = 60_000;
/** What advice on memory is reckoned from. */
const RAM_TOTAL = { id: "ram_total_bytes" };
/** Below a day there is no weekly pattern to show. */
const PATTERN_NEEDS_S = 24 * 3600;

export interface AnalyzeOptions {
  readonly range: ReportRange;
  readonly metrics: readonly Metric[];
  readonly host?: string | undefined;
  readonly heatStatistic: HeatStatistic;
  /** Whether every heatmap cell gets its p95, shown or not. */
  readonly withP95: boolean;
  /** Read every row, and no rollups. */
  readonly exact: boolean;
  /** Bins of the timelines: the columns on screen. */
  readonly columns: number;
  /** Where the value bins of a metric end; without it none are made. */
  readonly valueBinsTop?: TopOf | undefined;
  readonly nowMs: number;
  readonly recorderPid: number | null;
}

/**
 * How hard the machine worked in a range.
 * @throws {NoDataError} when nothing was recorded in it; says what there is
 */
export async function analyze(
  folder: DataFolder,
  options: AnalyzeOptions,
): Promise<AnalysisReport> {
  const host = chooseHost(folder, options.host);
  const demo = folder.info()?.demo ?? false;
  const { startMs, endMs } = options.range;
  const report = await withStore(
    folder,
    { range: { startMs, endMs }, host: host.id, useRollups: !options.exact, publicViews: false },
    (store) => ask(store, host, demo, options),
  );
  return report ?? await nothingInRange(folder, host, options);
}

async function ask(
  store: Store,
  host: ChosenHost,
  demo: boolean,
  options: AnalyzeOptions,
): Promise<AnalysisReport | null> {
  const { database, notes } = store;
  const { range, metrics, nowMs } = options;
  const rows: RowRange = { start_ms: range.startMs, end_ms: range.endMs };
  const withCells = options.withP95 || options.heatStatistic === "p95";
  const reduced = await reduce(store, metrics, rows, {
    alsoCount: neighboursOf(metrics),
    withCells,
  });
  if (!reduced) return null;
  const { overview } = reduced;
  const sources = await findSources(database, rows);
  const edges = isOpenEnded(overview, range, nowMs) ? await findEdges(database, rows) : undefined;
  const expected = expectedSpan(range, { host, overview, nowMs, edges });
  const recordedS = overview.recorded_ms / 1000;
  const gaps = await findGaps(database, {
    edges,
    expectedFromMs: expected.fromMs,
    expectedToMs: expected.toMs,
    firstMs: overview.first_ms,
    lastMs: overview.last_ms,
    intervalMs: overview.shortest_ms,
    failingMinutes: sources.failingMinutes,
  });
  const found = await findAll(store, options, {
    range: rows,
    reduced,
    withCells,
    recordedS,
    unseenPct: unseenPct(gaps, expected),
  });
  const present = metrics.filter(({ id }) => found.distributions.has(id));
  return {
    generatedAtMs: nowMs,
    range,
    window: { startMs: overview.first_ms, endMs: overview.last_ms },
    host: host.name,
    source: sources.description,
    intervalS: sources.intervalS ?? overview.shortest_ms / 1000,
    demo,
    samples: overview.samples,
    recordedS,
    coveragePct: coveragePct(overview.recorded_ms, expected),
    method: methodOf(store, reduced, withCells),
    heatStatistic: options.heatStatistic,
    metrics: present.flatMap((metric) => metricReport(metric, found) ?? []),
    absent: metrics.filter((metric) => !present.includes(metric)).map(absentMetric),
    gaps,
    missingForPatternS: Math.max(0, PATTERN_NEEDS_S - recordedS),
    missingForVerdictS: Math.max(0, VERDICT_NEEDS_S - recordedS),
    recorderPid: options.recorderPid,
    notes: [...notes, ...otherHostsNote(host), ...clocksNote(range, found.heatmaps)],
  };
}

/** Whether there may be a gap at one of the range's ends: only then it matters what stands there. */
function isOpenEnded({ first_ms, last_ms }: Overview, range: ReportRange, nowMs: number): boolean {
  return first_ms - range.startMs >= MINUTE_MS ||
    Math.min(range.endMs, nowMs) - last_ms >= MINUTE_MS;
}

/** How the figures were made, for the last line of a report. */
function methodOf(store: Store, reduced: Reduced, withCells: boolean): string {
  const days = store.rolled.reduce((sum, { dates }) => sum + dates.length, 0);
  const rolled = days > 0 ? [`${days} ${days === 1 ? "day" : "days"} from rollups`] : [];
  const rows = days === 0 ? ["from rows"] : reduced.rows === "none" ? [] : ["the rest from rows"];
  const cells = withCells && isByBins(store, reduced) ? "; p95 of heatmap cells ±1 %" : "";
  return `exact, ${[...rolled, ...rows].join(", ")}${cells}`;
}

/** Answers of the per-metric questions, by metric id. */
interface Found {
  readonly distributions: ReadonlyMap<string, Distribution>;
  readonly heatmaps: Heatmaps;
  readonly peaks: ReadonlyMap<string, Peak>;
  readonly timelines: ReadonlyMap<string, TimelineBin[]>;
  readonly beginnings: ReadonlyMap<string, UseBeginning>;
  readonly last: ReadonlyMap<string, number>;
  readonly evidence: ReadonlyMap<string, Evidence>;
  readonly valueBins: ReadonlyMap<string, ValueBins>;
}

/** What the per-metric questions need to know of the range. */
interface FindContext {
  readonly range: RowRange;
  readonly reduced: Reduced;
  /** Whether every heatmap cell gets its p95. */
  readonly withCells: boolean;
  readonly recordedS: number;
  readonly unseenPct: number;
}

async function findAll(
  store: Store,
  { range: { timeZone }, metrics, columns, valueBinsTop }: AnalyzeOptions,
  { range, reduced, withCells, recordedS, unseenPct }: FindContext,
): Promise<Found> {
  const { database } = store;
  const { overview, spanMs } = reduced;
  const shortestMs = overview.shortest_ms;
  const window = { startMs: overview.first_ms, endMs: overview.last_ms };
  const binning = binningOf(window, columns, { intervalMs: shortestMs, spanMs });
  const found = await distributions(database, reduced.counted, shortestMs);
  const known = metrics.flatMap((metric) => {
    const statistics = found.get(metric.id)?.statistics;
    return statistics ? [{ metric, statistics }] : [];
  });
  const last = await findLastValues(
    database,
    [...metrics.filter(({ id }) => found.has(id)), ...(found.has("ram_pct") ? [RAM_TOTAL] : [])],
    range,
    overview.last_ms,
  );
  const hours = await heatmaps(store, metrics, range, { reduced, withP95: withCells, timeZone });
  const { firstUsed } = hours;
  return {
    distributions: found,
    heatmaps: hours,
    peaks: await findPeaks(database),
    timelines: await timelines(database, metrics, range, binning),
    beginnings: await useBeginnings(database, known, {
      spanMs,
      lastMs: overview.last_ms,
      firstUsed,
    }),
    last,
    evidence: await collectEvidence(store, metrics, found, {
      range,
      reduced,
      recordedS,
      unseenPct,
      ramTotalBytes: last.get(RAM_TOTAL.id) ?? null,
    }),
    valueBins: valueBinsTop ? await valueBins(database, known, valueBinsTop) : new Map(),
  };
}

function metricReport(metric: Metric, found: Found): MetricReport | null {
  const distribution = found.distributions.get(metric.id);
  const evidence = found.evidence.get(metric.id);
  if (!distribution) return null;
  return {
    metric,
    statistics: distribution.statistics,
    last: found.last.get(metric.id) ?? null,
    heatmap: found.heatmaps.cells.get(metric.id) ?? [],
    peak: found.peaks.get(metric.id) ?? null,
    sufficiency: evidence ? judge(metric, evidence) : null,
    useBegan: found.beginnings.get(metric.id) ?? null,
    timeline: found.timelines.get(metric.id) ?? [],
    valueBins: found.valueBins.get(metric.id),
  };
}

function absentMetric(metric: Metric): { metric: Metric; reason: string } {
  const reason = metric.id.startsWith("gpu")
    ? "no source here knows a GPU"
    : "not recorded in this range";
  return { metric, reason };
}

function otherHostsNote({ name, others }: ChosenHost): string[] {
  if (others.length === 0) return [];
  return [`this is ${name}; also in this store: ${others.join(", ")} (choose with --host)`];
}
