import type { Database } from "../database.ts";
import type { DayFile } from "../listing.ts";
import { deriveDay } from "../rollup/build_rollups.ts";
import { type RollupDefinition, type RollupKind, ROLLUPS } from "../rollup/kinds.ts";
import type { RollupMonth } from "../rollup/rollup_files.ts";
import { quoteText } from "../sql_text.ts";

/** Sums of doubles depend on the order in which they are added; more than this is no rounding. */
const TOLERANCE = 1e-9;

/** The kinds of a month's rollups that say something else of a day than its rows. */
export async function compareDay(
  database: Database,
  file: DayFile,
  { paths }: RollupMonth,
): Promise<RollupKind[]> {
  await deriveDay(database, file);
  const differing: RollupKind[] = [];
  for (const definition of ROLLUPS) {
    const rolled = `SELECT ${definition.columns.map(([name]) => name).join(", ")}
      FROM read_parquet(${quoteText(paths[definition.kind])}, hive_partitioning = false)
      WHERE date = DATE ${quoteText(file.date)}`;
    const sql = definition.kind === "quarters"
      ? quartersSql(definition, rolled)
      : exactSql(definition, rolled);
    const [found] = await database.rows<{ differences: number }>(sql);
    if ((found?.differences ?? 0) > 0) differing.push(definition.kind);
  }
  return differing;
}

/** SQL of how many rows are on one side only. */
function exactSql({ columns, daySql }: RollupDefinition, rolled: string): string {
  const typed = columns.map(([name, type]) => `${name}::${type} AS ${name}`).join(", ");
  const derived = `SELECT ${typed} FROM (${daySql})`;
  return `SELECT count(*) AS differences FROM (
    (${derived} EXCEPT ALL ${rolled}) UNION ALL (${rolled} EXCEPT ALL ${derived})
  )`;
}

/** The same, with sums that are nearly equal taken as equal. */
function quartersSql({ daySql }: RollupDefinition, rolled: string): string {
  const differ = (a: string, b: string) =>
    `abs(${a} - ${b}) > ${TOLERANCE} * greatest(1, abs(${a}), abs(${b}))`;
  const exact = ["n", "weight_ms", "min", "max", "minutes", "minute_weights"].map((name) =>
    `derived.${name} IS DISTINCT FROM rolled.${name}`
  );
  return `SELECT count(*) AS differences
    FROM (${daySql}) AS derived FULL JOIN (${rolled}) AS rolled
      ON derived.metric = rolled.metric AND derived.quarter = rolled.quarter
    WHERE ${exact.join(" OR ")}
      OR ${differ("derived.weighted_sum", "rolled.weighted_sum")}
      OR ${differ("list_sum(derived.minute_sums)", "list_sum(rolled.minute_sums)")}`;
}
