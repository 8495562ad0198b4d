import type { Database, RowRange } from "../store/mod.ts";
import sourcesSql from "./sql/sources.sql" with { type: "text" };

/** Who recorded a range. */
export interface FoundSources {
  readonly description: string;
  readonly intervalS: number | null;
  readonly failingMinutes: ReadonlySet<number>;
}

export async function findSources(database: Database, rows: RowRange): Promise<FoundSources> {
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
