import type { Metric } from "../model/mod.ts";
import { type Database, fillSql, quoteList } from "../store/mod.ts";
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
  /** From 1. */
  readonly metric: number;
  readonly above_90_pct: number;
  readonly above_zero_pct: number;
}

/** Exact, weighted statistics by metric id, of all metrics in `value_counts`. Those without values are not in it. */
export async function distributions(
  database: Database,
  counted: readonly Metric[],
  shortestMs: number,
): Promise<Map<string, Distribution>> {
  const ids = counted.map(({ id }) => id);
  const sql = fillSql(distributionSql, { metrics: quoteList(ids) });
  const rows = await database.rows<DistributionRow>(sql, { shortest_ms: shortestMs });
  return new Map(rows.map((row) => {
    const { metric, above_90_pct: above90Pct, above_zero_pct: aboveZeroPct, ...statistics } = row;
    return [ids[metric - 1] ?? "", { statistics, above90Pct, aboveZeroPct }];
  }));
}
