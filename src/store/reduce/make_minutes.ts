import type { Metric } from "../../model/mod.ts";
import type { Database } from "../database.ts";
import { fillSql } from "../fill_sql.ts";
import { quoteText } from "../sql_text.ts";
import { metricSource } from "../views.ts";
import type { KnownValues, RowFacts } from "./count_values.ts";
import type { RowRange } from "./reduce_rows.ts";
import nearBusiestSql from "./sql/near_busiest.sql" with { type: "text" };
import minutesSql from "./sql/minutes.sql" with { type: "text" };

/** The fastest types that steps fit into, with room for their rounding. */
const STEP_TYPES: readonly (readonly [type: string, below: number])[] = [
  ["INTEGER", 2e9],
  ["BIGINT", 1e15],
  ["DOUBLE", Infinity],
];

const NO_MINUTES =
  `SELECT NULL::VARCHAR AS metric, minute, utc_offset_min, NULL::BIGINT AS n, NULL::DOUBLE AS weight_ms,
     NULL::DOUBLE AS weighted_sum, NULL::DOUBLE AS min, NULL::DOUBLE AS max
   FROM minutes WHERE false`;

/** What minutes.sql is filled with for one metric; each begins with a comma where it is not empty. */
interface Fragments {
  readonly steps: string;
  readonly aggregates: string;
  readonly excesses: string;
  readonly values: string;
}

/**
 * Table `minutes` (one row a minute, wide), view `metric_minutes` (one row a minute and metric), and view `near_busiest` (those
 * of them that busiest.sql needs).
 * @param facts what `countValues` found of these metrics in this range: nothing is asked that they tell
 */
export async function makeMinutes(
  database: Database,
  metrics: readonly Metric[],
  range: RowRange,
  { rows, known, usual_s, usual_ms }: RowFacts,
): Promise<void> {
  const present = metrics.flatMap(({ id }) => {
    const of = known.get(id);
    return of ? [{ id, of }] : [];
  });
  const parts = present.map(({ id, of }, i) => fragmentsOf(id, String(i), of, of.n === rows));
  const sql = fillSql(minutesSql, {
    steps: parts.map(({ steps }) => steps).join(""),
    aggregates: parts.map(({ aggregates }) => aggregates).join(""),
    excesses: parts.map(({ excesses }) => excesses).join(""),
    values: parts.map(({ values }) => values).join(""),
  });
  await database.run(sql, { ...range, usual_s, usual_ms });
  const long = present.map(({ id }, i) =>
    `SELECT ${quoteText(id)} AS metric, minute, utc_offset_min, n${i} AS n,
      weight_ms${i} AS weight_ms, weighted_sum${i} AS weighted_sum, min${i} AS min, max${i} AS max
     FROM minutes WHERE n${i} > 0`
  );
  await database.run(
    `CREATE OR REPLACE TEMP VIEW metric_minutes AS ${[NO_MINUTES, ...long].join("\nUNION ALL\n")}`,
  );
  await database.run(`CREATE OR REPLACE TEMP VIEW near_busiest AS ${nearBusiestSql}`);
}

function fragmentsOf(id: string, i: string, { min, max }: KnownValues, always: boolean): Fragments {
  const n = always ? "row_count" : `n${i}`;
  const weight = always
    ? "weight_ms"
    : `(n${i} * $usual_ms::DOUBLE + coalesce(known_excess${i}, 0))`;
  if (always && min === max) {
    const values =
      `, ${n} AS n${i}, ${weight} AS weight_ms${i}, ${weight} * ${min}::DOUBLE AS weighted_sum${i},
      ${min}::DOUBLE AS min${i}, ${min}::DOUBLE AS max${i}`;
    return { steps: "", aggregates: "", excesses: "", values };
  }
  const { steps, stepsPerUnit } = metricSource(id);
  const most = Math.max(-min, max) * stepsPerUnit;
  const [type] = STEP_TYPES.find(([, below]) => most < below) ?? ["DOUBLE"];
  const count = always ? "" : `, count(s${i}) AS n${i}`;
  const knownExcess = always ? "" : `, sum(excess) FILTER (s${i} IS NOT NULL) AS known_excess${i}`;
  return {
    steps: `, (${steps})::${type} AS s${i}`,
    aggregates: `${count}, sum(s${i}) AS sum${i}, min(s${i}) AS min${i}, max(s${i}) AS max${i}`,
    excesses: `${knownExcess}, sum(s${i} * excess) AS excess_sum${i}`,
    values: `, ${n} AS n${i}, ${weight} AS weight_ms${i},
      (sum${i} * $usual_ms::DOUBLE + coalesce(excess_sum${i}, 0)) / ${stepsPerUnit} AS weighted_sum${i},
      min${i} / ${stepsPerUnit} AS min${i}, max${i} / ${stepsPerUnit} AS max${i}`,
  };
}
