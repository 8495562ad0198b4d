import type { Database } from "../store/mod.ts";
import type { Statistics } from "./report.ts";
import distributionSql from "./sql/distribution.sql" with { type: "text" };

/** Statistics of a metric, and the share of the recorded time that it was above 90 (for percentages), in percent. */
export interface Distribution {
  readonly statistics: Statistics;
  readonly above90Pct: number;
  /** Share of the recorded time above zero, in percent: what matters of levels. */
  readonly aboveZeroPct: number;
}

interface DistributionRow extends Statistics {
  readonly metric: string;
  readonly above_90_pct: number;
  readonly above_zero_pct: number;
}

/** Exact, weighted statistics by metric id, from `value_counts`. Metrics without values are not in it. */
export async function distributions(
  database: Database,
  shortestMs: number,
): Promise<Map<string, Distribution>> {
  const rows = await database.rows<DistributionRow>(distributionSql, { shortest_ms: shortestMs });
  return new Map(rows.map((row) => {
    const { metric, above_90_pct: above90Pct, above_zero_pct: aboveZeroPct, ...statistics } = row;
    return [metric, { statistics, above90Pct, aboveZeroPct }];
  }));
}
