import type { Overview } from "../store/mod.ts";
import type { ChosenHost } from "./choose_host.ts";
import type { Edges } from "./gaps.ts";
import type { Gap, ReportRange } from "./report.ts";

const DAY_MS = 86_400_000;

/** The part of a range in which something could have been recorded. */
export interface ExpectedSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What could have been recorded: not before the store's first row, not after now. */
export function expectedSpan(
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
export function unseenPct(gaps: readonly Gap[], { fromMs, toMs }: ExpectedSpan): number {
  if (toMs <= fromMs) return 0;
  const unseenMs = gaps.filter(({ reason }) =>
    reason === "not recording" || reason === "source failed"
  )
    .reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  return (100 * unseenMs) / (toMs - fromMs);
}

/** Share of it that was recorded, in percent. */
export function coveragePct(recordedMs: number, { fromMs, toMs }: ExpectedSpan): number {
  if (toMs <= fromMs) return 100;
  return Math.min(100, (100 * recordedMs) / (toMs - fromMs));
}
