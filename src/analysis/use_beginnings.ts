import type { Metric } from "../model/mod.ts";
import { type Database, fillSql, quoteText } from "../store/mod.ts";
import type { Heatmaps } from "./heatmap.ts";
import type { Statistics, UseBeginning } from "./report.ts";
import useBeganSql from "./sql/use_began.sql" with { type: "text" };

const MINUTE_MS = 60_000;
/** Metrics of which it says something that they are used at all. */
const TELLING = new Set(["swap_pressure_pct"]);

/** What has to be known of the range. */
interface Spans {
  /** How long the longest of `metric_spans` are. */
  readonly spanMs: number;
  readonly lastMs: number;
  readonly firstUsed: Heatmaps["firstUsed"];
}

/** When use began, by metric id. Nothing is asked of metrics that were used throughout, or never. */
export async function useBeginnings(
  database: Database,
  known: readonly { readonly metric: Metric; readonly statistics: Statistics }[],
  { spanMs, lastMs, firstUsed }: Spans,
): Promise<Map<string, UseBeginning>> {
  const beginnings = new Map<string, UseBeginning>();
  for (const { metric: { id }, statistics: { min } } of known) {
    const first = firstUsed.get(id);
    if (!TELLING.has(id) || min > 0 || first === undefined) continue;
    const [found] = await database.rows<{ after_ms: number | null; by_ms: number }>(
      fillSql(useBeganSql, { id: quoteText(id) }),
      { first_used: first, longest_min: spanMs / MINUTE_MS, last_ms: lastMs },
    );
    if (found && found.after_ms !== null) {
      beginnings.set(id, { afterMs: found.after_ms, byMs: found.by_ms });
    }
  }
  return beginnings;
}
