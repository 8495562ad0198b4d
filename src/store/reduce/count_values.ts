/** Exact distributions of rows, and what they tell of the rows: the first question that is asked of them. */
import type { Metric } from "../../model/mod.ts";
import type { Database } from "../database.ts";
import { fillSql } from "../fill_sql.ts";
import { quoteText } from "../sql_text.ts";
import { metricSource } from "../views.ts";
import type { RowRange } from "./reduce_rows.ts";
import countedInputsSql from "./sql/counted_inputs.sql" with { type: "text" };
import valueCountsSql from "./sql/value_counts.sql" with { type: "text" };

/** The time that a row usually stands for. Any will do; the more rows stand for it, the fewer have to be weighed. */
export interface UsualLength {
  readonly usual_s: number;
  readonly usual_ms: number;
}

/** What is known of a metric in a range: in how many rows it has a value, and between which these are. */
export interface KnownValues {
  readonly n: number;
  readonly min: number;
  readonly max: number;
}

/** What the counted values tell of the rows, so that later questions need not ask for it. */
export interface RowFacts extends UsualLength {
  readonly rows: number;
  /** By metric id; those without a value are not in it. */
  readonly known: ReadonlyMap<string, KnownValues>;
}

/** What may be known of a range's rows before they are counted. */
export interface KnownOfRows {
  /** SQL of the value of columns that have only one in all rows. */
  readonly constants?: ReadonlyMap<string, string>;
  readonly usualLength?: UsualLength;
}

/**
 * Table `row_counts` (metric, value, n, weight_ms): exact distributions. Null where there are no rows.
 */
export async function countValues(
  database: Database,
  metrics: readonly Metric[],
  range: RowRange,
  { constants = new Map(), usualLength: known }: KnownOfRows = {},
): Promise<RowFacts | null> {
  const usual = known ?? await usualLength(database, range);
  if (!usual) return null;
  const inputs = [...new Set(metrics.flatMap(({ id }) => metricSource(id).inputs))];
  const varying = inputs.filter((column) => !constants.has(column));
  const columns = varying.length > 0 ? varying : inputs;
  const setOf = ({ id }: Metric) => metricSource(id).inputs.filter((of) => columns.includes(of));
  const sets = [...new Set(metrics.map((metric) => `(${setOf(metric).join(", ")})`))];
  await database.run(
    fillSql(countedInputsSql, { columns: columns.join(", "), sets: sets.join(", ") }),
    { ...range, ...usual },
  );
  const others = inputs.filter((column) => !columns.includes(column));
  const counts = metrics.map((metric) =>
    fillSql(valueCountsSql, {
      id: quoteText(metric.id),
      sql: metricSource(metric.id).sql,
      set: String(countedSetOf(setOf(metric), columns)),
      constants: others.map((name) => `, ${constants.get(name)} AS ${name}`).join(""),
    })
  );
  await database.run(
    `CREATE OR REPLACE TEMP TABLE row_counts AS ${counts.join("\nUNION ALL\n")}`,
  );
  return { ...usual, rows: await countedRows(database), known: await knownValues(database) };
}

/** The number of a set of columns as grouping_id gives it: a bit for each column that is not in it, the first one's highest. */
function countedSetOf(inputs: readonly string[], columns: readonly string[]): bigint {
  return columns.reduce((bits, column) => 2n * bits + (inputs.includes(column) ? 0n : 1n), 0n);
}

/** As most of the first rows have it; null where there are no rows. */
export async function usualLength(
  database: Database,
  range: RowRange,
): Promise<UsualLength | null> {
  const [found] = await database.rows<{ usual_s: number | null }>(
    `SELECT mode(interval_s)::DOUBLE AS usual_s
     FROM (
       SELECT interval_s
       FROM stored_samples
       WHERE ts >= make_timestamptz($start_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
       LIMIT 1000
     )
     HAVING count(*) > 0`,
    { ...range },
  );
  if (!found) return null;
  const usualS = found.usual_s ?? 1;
  return { usual_s: usualS, usual_ms: Math.round(usualS * 1000) };
}

async function countedRows(database: Database): Promise<number> {
  const [of] = await database.rows<{ n: number }>(
    "SELECT sum(n) AS n FROM counted_inputs WHERE inputs = (SELECT any_value(inputs) FROM counted_inputs)",
  );
  return of?.n ?? 0;
}

async function knownValues(database: Database): Promise<Map<string, KnownValues>> {
  const rows = await database.rows<KnownValues & { metric: string }>(
    "SELECT metric, sum(n) AS n, min(value) AS min, max(value) AS max FROM row_counts GROUP BY metric",
  );
  return new Map(rows.map(({ metric, ...known }) => [metric, known]));
}
