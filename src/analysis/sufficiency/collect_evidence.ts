import { type Metric, REPORTABLE_METRICS } from "../../model/mod.ts";
import { type Reduced, reduceToSaturations, type RowRange, type Store } from "../../store/mod.ts";
import type { Distribution } from "../distribution.ts";
import longestSaturationSql from "../sql/longest_saturation.sql" with { type: "text" };
import type { Evidence, Stretch } from "./evidence.ts";
import { isJudged, NEIGHBOURS } from "./rules.ts";

/** Metrics that are needed for verdicts on others and are not among them. */
export function neighboursOf(metrics: readonly Metric[]): Metric[] {
  const wanted = new Set(metrics.flatMap(({ id }) => NEIGHBOURS[id] ?? []));
  for (const { id } of metrics) wanted.delete(id);
  return REPORTABLE_METRICS.filter(({ id }) => wanted.has(id));
}

export interface EvidenceContext {
  readonly range: RowRange;
  readonly reduced: Reduced;
  readonly recordedS: number;
  readonly unseenPct: number;
  /** As it was last recorded; null where it is not known. */
  readonly ramTotalBytes: number | null;
}

/** Evidence for each metric that can be judged, by id. */
export async function collectEvidence(
  store: Store,
  metrics: readonly Metric[],
  found: ReadonlyMap<string, Distribution>,
  context: EvidenceContext,
): Promise<Map<string, Evidence>> {
  const judged = metrics.filter((metric) => isJudged(metric) && found.has(metric.id));
  const longest = await longestStretches(store, judged, found, context);
  const shared = {
    recordedS: context.recordedS,
    unseenPct: context.unseenPct,
    swap: found.get("swap_pressure_pct")?.statistics ?? null,
    memoryPressure: found.get("mem_pressure_pct")?.statistics ?? null,
    throttledPct: throttledPct(found.get("thermal_level")),
    ramTotalBytes: context.ramTotalBytes,
  };
  return new Map(judged.flatMap(({ id }) => {
    const distribution = found.get(id);
    if (!distribution) return [];
    const { statistics, above90Pct } = distribution;
    return [[id, { statistics, above90Pct, longestAbove90: longest.get(id) ?? null, ...shared }]];
  }));
}

/** Looked for only where something was above 90 at all. */
async function longestStretches(
  store: Store,
  metrics: readonly Metric[],
  found: ReadonlyMap<string, Distribution>,
  { range, reduced }: EvidenceContext,
): Promise<Map<string, Stretch>> {
  const busy = metrics.filter(({ id }) => (found.get(id)?.above90Pct ?? 0) > 0);
  if (busy.length === 0) return new Map();
  await reduceToSaturations(store, reduced, busy, range);
  const rows = await store.database.rows<{ metric: string; start_ms: number; end_ms: number }>(
    longestSaturationSql,
    { shortest_ms: reduced.overview.shortest_ms },
  );
  return new Map(rows.map(({ metric, start_ms: startMs, end_ms: endMs }) => [
    metric,
    { startMs, endMs },
  ]));
}

/** Levels from 1 (moderate) on slow the processor down. */
function throttledPct(thermal: Distribution | undefined): number | null {
  return thermal ? thermal.aboveZeroPct : null;
}
