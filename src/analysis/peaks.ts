import { busiestSql, type Database } from "../store/mod.ts";
import type { Peak } from "./report.ts";

/** The busiest 15 minutes by metric id, from `busy_minutes`. */
export async function findPeaks(database: Database): Promise<Map<string, Peak>> {
  const rows = await database.rows<
    { metric: string; start_ms: number; end_ms: number; mean: number }
  >(
    busiestSql("busy_minutes"),
  );
  return new Map(rows.map(({ metric, start_ms: startMs, end_ms: endMs, mean }) => [
    metric,
    { startMs, endMs, mean },
  ]));
}
