import type { Database } from "../database.ts";
import type { DayFile } from "../listing.ts";
import { deriveDay } from "../rollup/build_rollups.ts";
import { DAY_ROLLUPS, type DayKind, type DayRollup } from "../rollup/kinds.ts";
import type { RollupMonth } from "../rollup/rollup_files.ts";
import { parquetSql, quoteText } from "../sql_text.ts";

/** Sums of doubles depend on the order in which they are added; more than this is no rounding. */
const TOLERANCE = 1e-9;

/** Kinds with a weighted sum, and the columns that their rows are known by. */
const SUMMED: Partial<Record<DayKind, string>> = {
  quarters: "metric, quarter, utc_offset_min",
  busy: "metric, minute",
};

/** The kinds of a month's rollups that say something else of a day than its rows. */
export async function compareDay(
  database: Database,
  file: DayFile,
  { paths }: RollupMonth,
): Promise<DayKind[]> {
  await deriveDay(database, file);
  const differing: DayKind[] = [];
  for (const definition of DAY_ROLLUPS) {
    const rolled = `SELECT ${definition.columns.map(([name]) => name).join(", ")}
      FROM ${parquetSql(paths[definition.kind])}
      WHERE date = DATE ${quoteText(file.date)}`;
    const key = SUMMED[definition.kind];
    const sql = key === undefined
      ? exactSql(definition, rolled)
      : nearlySql(definition, rolled, key);
    const [found] = await database.rows<{ differences: number }>(sql);
    if ((found?.differences ?? 0) > 0) differing.push(definition.kind);
  }
  return differing;
}

/** SQL of how many rows are on one side only. */
function exactSql({ columns, sql }: DayRollup, rolled: string): string {
  const typed = columns.map(([name, type]) => `${name}::${type} AS ${name}`).join(", ");
  const derived = `SELECT ${typed} FROM (${sql})`;
  return `SELECT count(*) AS differences FROM (
    (${derived} EXCEPT ALL ${rolled}) UNION ALL (${rolled} EXCEPT ALL ${derived})
  )`;
}

/** The same, with sums that are nearly equal taken as equal. */
function nearlySql({ columns, sql }: DayRollup, rolled: string, key: string): string {
  const [a, b] = ["derived.weighted_sum", "rolled.weighted_sum"];
  const differ = columns.filter(([name]) => !key.split(", ").includes(name)).map(([name]) =>
    name === "weighted_sum"
      ? `abs(${a} - ${b}) > ${TOLERANCE} * greatest(1, abs(${a}), abs(${b})) OR (${a} IS NULL) != (${b} IS NULL)`
      : `derived.${name} IS DISTINCT FROM rolled.${name}`
  );
  return `SELECT count(*) AS differences
    FROM (${sql}) AS derived FULL JOIN (${rolled}) AS rolled USING (${key})
    WHERE ${differ.join(" OR ")}`;
}
