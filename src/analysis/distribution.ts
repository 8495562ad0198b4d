import type { Database } from "../store/mod.ts";
import type { Statistics } from "./report.ts";
import distributionSql from "./sql/distribution.sql" with { type: "text" };

/** Statistics of a metric, and the share of the recorded time that it was above 90 (for percentages), in percent. */
export interface Distribution {
  readonly statistics: Statistics;
  readonly above90Pct: number;
}

interface DistributionRow extends Statistics {
  readonly metric: string;
  readonly above_90_pct: number;
}

/** Exact, weighted statistics by metric id, from `value_counts`. Metrics without values are not in it. */
export async function distributions(
  database: Database,
  shortestMs: number,
): Promise<Map<string, Distribution>> {
  const rows = await database.rows<DistributionRow>(distributionSql, { shortest_ms: shortestMs });
  return new Map(rows.map(({ metric, above_90_pct: above90Pct, ...statistics }) => [
    metric,
    { statistics, above90Pct },
  ]));
}
