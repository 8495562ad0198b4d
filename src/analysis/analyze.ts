import type { Metric } from "../model/mod.ts";

import {
  type Database,
  type DataFolder,
  fillSql,
  metricSource,
  type Overview,
  reduce,
  type RowRange,
  type Store,
  withStore,
} from "../store/mod.ts";
import { chooseHost, type ChosenHost } from "./choose_host.ts";
import { type Distribution, distributions } from "./distribution.ts";
import { type Edges, findEdges, findGaps } from "./gaps.ts";
import { heatmaps } from "./heatmap.ts";
import { nothingInRange } from "./nothing_in_range.ts";
import type {
  AnalysisReport,
  Gap,
  HeatmapCell,
  HeatStatistic,
  MetricReport,
  Peak,
  ReportRange,
  TimelineBin,
} from "./report.ts";
import busiestSql from "./sql/busiest.sql" with { type: "text" };
import lastValuesSql from "./sql/last_values.sql" with { type: "text" };
import sourcesSql from "./sql/sources.sql" with { type: "text" };
import { collectEvidence, neighboursOf } from "./sufficiency/collect_evidence.ts";
import type { Evidence } from "./sufficiency/evidence.ts";
import { judge, VERDICT_NEEDS_S } from "./sufficiency/judge.ts";
import { binningOf, timelines } from "./timeline.ts";

const MINUTE_MS = 60_000;
const QUARTER_HOUR_MS = 900_000;
const DAY_MS = 86_400_000;
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
  const overview = await reduce(store, metrics, rows, { alsoCount: neighboursOf(metrics) });
  if (!overview) return null;
  const sources = await findSources(database, rows);
  const edges = await findEdges(database, rows);
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
    overview,
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
    method: methodOf(store, options),
    heatStatistic: options.heatStatistic,
    metrics: present.flatMap((metric) => metricReport(metric, found) ?? []),
    absent: metrics.filter((metric) => !present.includes(metric)).map(absentMetric),
    gaps,
    missingForPatternS: Math.max(0, PATTERN_NEEDS_S - recordedS),
    missingForVerdictS: Math.max(0, VERDICT_NEEDS_S - recordedS),
    recorderPid: options.recorderPid,
    notes: [...notes, ...otherHostsNote(host)],
  };
}

/** How the figures were made, for the last line of a report. */
function methodOf({ rolled }: Store, { heatStatistic, withP95 }: AnalyzeOptions): string {
  const days = rolled.reduce((sum, { dates }) => sum + dates.length, 0);
  if (days === 0) return "exact, from rows";
  const cells = withP95 || heatStatistic === "p95" ? "; p95 of heatmap cells ±0.5 %" : "";
  return `exact, ${days} ${days === 1 ? "day" : "days"} from rollups, the rest from rows${cells}`;
}

/** Answers of the per-metric questions, by metric id. */
interface Found {
  readonly distributions: ReadonlyMap<string, Distribution>;
  readonly heatmaps: ReadonlyMap<string, HeatmapCell[]>;
  readonly peaks: ReadonlyMap<string, Peak>;
  readonly timelines: ReadonlyMap<string, TimelineBin[]>;
  readonly last: ReadonlyMap<string, number>;
  readonly evidence: ReadonlyMap<string, Evidence>;
}

/** What the per-metric questions need to know of the range. */
interface FindContext {
  readonly range: RowRange;
  readonly overview: Overview;
  readonly recordedS: number;
  readonly unseenPct: number;
}

async function findAll(
  store: Store,
  { metrics, heatStatistic, withP95, columns }: AnalyzeOptions,
  { range, overview, recordedS, unseenPct }: FindContext,
): Promise<Found> {
  const { database } = store;
  const shortestMs = overview.shortest_ms;
  const spanMs = store.rolled.length > 0 ? QUARTER_HOUR_MS : MINUTE_MS;
  const window = { startMs: overview.first_ms, endMs: overview.last_ms };
  const binning = binningOf(window, columns, { intervalMs: shortestMs, spanMs });
  const p95 = withP95 || heatStatistic === "p95";
  const found = await distributions(database, shortestMs);
  return {
    distributions: found,
    heatmaps: await heatmaps(store, metrics, range, { shortestMs, withP95: p95 }),
    peaks: await findPeaks(database),
    timelines: await timelines(database, metrics, range, binning),
    last: await findLastValues(database, metrics, range, overview.last_ms),
    evidence: await collectEvidence(store, metrics, found, {
      range,
      shortestMs,
      recordedS,
      unseenPct,
    }),
  };
}

function metricReport(metric: Metric, found: Found): MetricReport | null {
  const distribution = found.distributions.get(metric.id);
  const evidence = found.evidence.get(metric.id);
  if (!distribution) return null;
  return {
    metric,
    statistics: distribution.statistics,
    last: found.last.get(metric.id) ?? Number.NaN,
    heatmap: found.heatmaps.get(metric.id) ?? [],
    peak: found.peaks.get(metric.id) ?? null,
    sufficiency: evidence ? judge(metric, evidence) : null,
    timeline: found.timelines.get(metric.id) ?? [],
  };
}

async function findPeaks(database: Database): Promise<Map<string, Peak>> {
  const rows = await database.rows<
    { metric: string; start_ms: number; end_ms: number; mean: number }
  >(
    busiestSql,
  );
  return new Map(rows.map(({ metric, start_ms: startMs, end_ms: endMs, mean }) => [
    metric,
    { startMs, endMs, mean },
  ]));
}

/** Metrics that are known only now and then (a slow sensor) are looked for in the last ten minutes, else in the last day. */
async function findLastValues(
  database: Database,
  metrics: readonly Metric[],
  rows: RowRange,
  lastMs: number,
): Promise<Map<string, number>> {
  const sql = fillSql(lastValuesSql, {
    columns: metrics.map((_, i) => `arg_max(v${i}, ts) AS v${i}`).join(", "),
    values: metrics.map(({ id }, i) => `${metricSource(id).sql} AS v${i}`).join(", "),
  });
  const find = async (sinceMs: number) => {
    const { rows: [row = []] } = await database.query(sql, {
      since_ms: sinceMs,
      end_ms: rows.end_ms,
    });
    return row;
  };
  const recent = await find(Math.max(rows.start_ms, lastMs - 600_000));
  const all = recent.every((value) => value !== null) ? recent : await find(rows.start_ms);
  return new Map(metrics.flatMap(({ id }, i) => {
    const value = all[i];
    return typeof value === "number" ? [[id, value]] : [];
  }));
}

interface FoundSources {
  readonly description: string;
  readonly intervalS: number | null;
  readonly failingMinutes: ReadonlySet<number>;
}

async function findSources(database: Database, rows: RowRange): Promise<FoundSources> {
  const found = await database.rows<{
    description: string;
    interval_s: number;
    failing_minutes: number[] | null;
  }>(sourcesSql, { ...rows });
  return {
    description: found.map(({ description }) => description).join(" + "),
    intervalS: found[0]?.interval_s ?? null,
    failingMinutes: new Set(found.flatMap(({ failing_minutes: minutes }) => minutes ?? [])),
  };
}

interface ExpectedSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What could have been recorded: not before the store's first row, not after now. */
function expectedSpan(
  range: ReportRange,
  { host, overview, nowMs, edges }: {
    readonly host: ChosenHost;
    readonly overview: Overview;
    readonly nowMs: number;
    readonly edges: Edges | undefined;
  },
): ExpectedSpan {
  const firstDayMs = Date.parse(`${host.firstDate}T00:00:00Z`);
  // The days next to the range are open and tell by their rows; of older ones the date is enough.
  const storeIsOlder = (edges?.rows_before ?? 0) > 0 || firstDayMs < range.startMs - 2 * DAY_MS;
  const fromMs = storeIsOlder
    ? range.startMs
    : Math.max(range.startMs, overview.first_ms - overview.shortest_ms);
  return { fromMs, toMs: Math.min(range.endMs, Math.max(nowMs, overview.last_ms)) };
}

/** Share of the period in which the machine may have worked while nobody looked. */
function unseenPct(gaps: readonly Gap[], { fromMs, toMs }: ExpectedSpan): number {
  if (toMs <= fromMs) return 0;
  const unseenMs = gaps.filter(({ reason }) =>
    reason === "not recording" || reason === "source failed"
  )
    .reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  return (100 * unseenMs) / (toMs - fromMs);
}

function coveragePct(recordedMs: number, { fromMs, toMs }: ExpectedSpan): number {
  if (toMs <= fromMs) return 100;
  return Math.min(100, (100 * recordedMs) / (toMs - fromMs));
}

function absentMetric(metric: Metric): { metric: Metric; reason: string } {
  const reason = metric.id.startsWith("gpu")
    ? "not recorded: no source here knows a GPU"
    : "not recorded in this range";
  return { metric, reason };
}

function otherHostsNote({ name, others }: ChosenHost): string[] {
  if (others.length === 0) return [];
  return [`this is ${name}; also in this store: ${others.join(", ")} (choose with --host)`];
}
