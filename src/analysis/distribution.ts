import type { Metric } from "../model/mod.ts";
import { type Database, metricSource, quoteText } from "../store/mod.ts";
import { fillSql } from "./fill_sql.ts";
import type { RowRange } from "./minutes.ts";
import type { Statistics } from "./report.ts";
import distributionSql from "./sql/distribution.sql" with { type: "text" };
import valueCountsSql from "./sql/value_counts.sql" with { type: "text" };

/** Statistics of a metric, and the share of the recorded time that it was above 90 (for percentages), in percent. */
export interface Distribution {
  readonly statistics: Statistics;
  readonly above90Pct: number;
}

interface DistributionRow extends Statistics {
  readonly metric: string;
  readonly above_90_pct: number;
}

/** Exact, weighted statistics by metric id. Metrics without values are not in it. */
export async function distributions(
  database: Database,
  metrics: readonly Metric[],
  range: RowRange,
  shortestMs: number,
): Promise<Map<string, Distribution>> {
  const counts = metrics.map(({ id }) => {
    const { inputs, sql } = metricSource(id);
    return fillSql(valueCountsSql, { id: quoteText(id), sql, inputs: inputs.join(", ") });
  });
  await database.run(
    `CREATE OR REPLACE TEMP TABLE value_counts AS ${counts.join("\nUNION ALL\n")}`,
    { ...range },
  );
  const rows = await database.rows<DistributionRow>(distributionSql, { shortest_ms: shortestMs });
  return new Map(rows.map(({ metric, above_90_pct: above90Pct, ...statistics }) => [
    metric,
    { statistics, above90Pct },
  ]));
}
