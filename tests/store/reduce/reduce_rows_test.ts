import { deepEqual, equal, ok } from "node:assert/strict";
import "../shared_duckdb.ts";
import { REPORTABLE_METRICS } from "../../../src/model/mod.ts";
import { busiestSql, Database, metricSource, quoteText } from "../../../src/store/mod.ts";
import { countValues } from "../../../src/store/reduce/count_values.ts";
import { makeMinutes } from "../../../src/store/reduce/make_minutes.ts";

/** Not on a minute, and before 1970 ends. */
const START_MS = 1_234_567;
const RANGE = { start_ms: START_MS, end_ms: START_MS + 2 * 3_600_000 };

/** Metrics of every type of column, of one input and of two. */
const IDS = ["cpu_pct", "cpu_celsius", "ram_pct", "swap_pressure_pct", "net_rx_bytes_per_s"];
const METRICS = REPORTABLE_METRICS.filter(({ id }) => IDS.includes(id));

/** SQL of how long rows are, and of the values of columns, from `i`, the row's number. */
interface Rows {
  readonly interval?: string;
  readonly cpu?: string;
  readonly celsius?: string;
  readonly ramTotal?: string;
  readonly swap?: string;
  readonly rx?: string;
}

/** SQL of the minute since 1970 of row `i`, up to the gap. */
const MINUTE_OF_ROW = `((${START_MS} - 60000 + i * 1000) // 60000)`;

const CASES: readonly (readonly [name: string, rows: Rows])[] = [
  ["all rows stand for the same time", {}],
  ["some rows stand for more", { interval: "CASE WHEN i % 97 IN (0, 1) THEN 2.5 ELSE 1 END" }],
  ["the first rows are the unusual ones", { interval: "CASE WHEN i < 2000 THEN 3 ELSE 1 END" }],
  ["the last rows are the unusual ones", { interval: "CASE WHEN i < 2000 THEN 1 ELSE 3 END" }],
  ["each row stands for another time", { interval: "0.9 + (i % 89) / 100" }],
  ["values are missing", {
    cpu: "CASE WHEN hash(i) % 3 > 0 THEN (hash(i) % 1000) / 100 END",
    rx: "CASE WHEN i BETWEEN 1500 AND 4000 THEN 7 END",
    interval: "CASE WHEN i % 50 = 0 THEN 2 ELSE 1 END",
  }],
  ["values are always the same", {
    cpu: "0.07",
    swap: "0",
    celsius: "-3.5",
    rx: "0",
    interval: "CASE WHEN i % 50 = 0 THEN 2 ELSE 1 END",
  }],
  ["memory is not known, or grows", {
    ramTotal:
      "CASE WHEN i < 500 THEN NULL WHEN i < 600 THEN 0 WHEN i < 4000 THEN 17e9 ELSE 34e9 END",
  }],
  // From minute 44 to 58, of which only 45 and later are as busy as a whole quarter-hour.
  ["the busiest 15 minutes begin in a quiet quarter-hour", {
    cpu:
      `CASE WHEN ${MINUTE_OF_ROW} = 44 THEN 10 WHEN ${MINUTE_OF_ROW} BETWEEN 45 AND 58 THEN 100 ELSE 0 END`,
  }],
  ["values are large", { cpu: "3e7 + i % 5", rx: "9e15 + i % 7", celsius: "1e18" }],
  ["a metric is not known at all", { cpu: "NULL" }],
];

async function storeRows(database: Database, rows: Rows): Promise<void> {
  const {
    interval = "1",
    cpu = "(hash(i) % 10001) / 100",
    celsius = "(hash(i) % 6000) / 100 - 20",
    ramTotal = "17e9",
    swap = "hash(i // 60) % 1000000000",
    rx = "hash(i) % 300000",
  } = rows;
  await database.run(
    `CREATE OR REPLACE TEMP TABLE stored_samples AS
     SELECT
       -- A gap, and rows before and behind the range.
       make_timestamptz((${START_MS} - 60000 + i * 1000 + CASE WHEN i > 3000 THEN 400000 ELSE 0 END)::BIGINT * 1000) AS ts,
       (${interval})::FLOAT AS interval_s,
       CASE WHEN i < 4000 THEN 60 ELSE 120 END::SMALLINT AS utc_offset_min,
       (${cpu})::FLOAT AS cpu_pct,
       (${celsius})::FLOAT AS cpu_celsius,
       (hash(i + 1) % 17000000000)::BIGINT AS ram_used_bytes,
       (${ramTotal})::BIGINT AS ram_total_bytes,
       (${swap})::BIGINT AS swap_used_bytes,
       (${rx})::BIGINT AS net_rx_bytes_per_s
     FROM range(8000) AS rows(i)`,
  );
}

/** SQL of the rows of the range, long: by its definition, a value at a time. */
const LONG = METRICS.map(({ id }) =>
  `SELECT ${quoteText(id)} AS metric, epoch_ms(ts) // 60000 AS minute, utc_offset_min,
     ${metricSource(id).sql} AS value, round(interval_s::DOUBLE * 1000) AS weight
   FROM stored_samples
   WHERE epoch_ms(ts) >= ${RANGE.start_ms} AND epoch_ms(ts) < ${RANGE.end_ms}`
).join("\nUNION ALL\n");

async function equalRows(database: Database, actual: string, expected: string): Promise<void> {
  const is = await database.query(`${actual} ORDER BY ALL`);
  const should = await database.query(`${expected} ORDER BY ALL`);
  equal(is.rows.length, should.rows.length);
  ok(is.rows.length > 0);
  is.rows.forEach((row, i) =>
    row.forEach((value, column) => {
      const other = should.rows[i]?.[column];
      if (typeof value !== "number" || typeof other !== "number") return equal(value, other);
      const tolerance = 1e-12 * Math.max(1, Math.abs(other));
      ok(Math.abs(value - other) <= tolerance, `${row[0]}, ${row[1]}: ${value}, expected ${other}`);
    })
  );
}

for (const [name, rows] of CASES) {
  Deno.test(`rows are reduced to what each of them says: ${name}`, async () => {
    using database = await Database.open();
    await storeRows(database, rows);
    const facts = await countValues(database, METRICS, RANGE);
    ok(facts);
    await makeMinutes(database, METRICS, RANGE, facts);
    await equalRows(
      database,
      "SELECT metric, value, n, weight_ms FROM row_counts",
      `SELECT metric, value, count(*) AS n, sum(weight) FROM (${LONG}) WHERE value IS NOT NULL GROUP BY ALL`,
    );
    await equalRows(
      database,
      "SELECT metric, minute, utc_offset_min, n, weight_ms, weighted_sum, min, max FROM metric_minutes",
      `SELECT metric, minute, utc_offset_min, count(*), sum(weight), sum(value * weight), min(value), max(value)
       FROM (${LONG}) WHERE value IS NOT NULL GROUP BY metric, minute, utc_offset_min`,
    );
    await equalRows(
      database,
      "SELECT minute, first_ms, last_ms, row_count, weight_ms, shortest_ms, first_weight_ms FROM minutes",
      `SELECT epoch_ms(ts) // 60000 AS minute, min(epoch_ms(ts)), max(epoch_ms(ts)), count(*), sum(weight),
         min(weight), arg_min(weight, ts)
       FROM (SELECT *, round(interval_s::DOUBLE * 1000) AS weight FROM stored_samples)
       WHERE epoch_ms(ts) >= ${RANGE.start_ms} AND epoch_ms(ts) < ${RANGE.end_ms}
       GROUP BY minute, utc_offset_min`,
    );
  });

  Deno.test(`the busiest 15 minutes are found near the busiest: ${name}`, async () => {
    using database = await Database.open();
    await storeRows(database, rows);
    const facts = await countValues(database, METRICS, RANGE);
    ok(facts);
    await makeMinutes(database, METRICS, RANGE, facts);
    const find = (minutes: string) => database.rows(`${busiestSql(minutes)} ORDER BY metric`);
    const among = await find("metric_minutes");
    ok(among.length > 0);
    deepEqual(await find("near_busiest"), among);
  });
}

Deno.test("columns with one value need not be in the rows that are counted", async () => {
  using database = await Database.open();
  await storeRows(database, { rx: "NULL" });
  await countValues(database, METRICS, RANGE);
  const counts = () => database.query("SELECT * FROM row_counts ORDER BY ALL");
  const counted = await counts();
  const constants = new Map([
    ["ram_total_bytes", "17000000000::BIGINT"],
    ["net_rx_bytes_per_s", "NULL::BIGINT"],
  ]);
  const facts = await countValues(database, METRICS, RANGE, { constants });
  deepEqual(await counts(), counted);
  equal(facts?.known.has("net_rx_bytes_per_s"), false);
});

Deno.test("a range without rows has no facts", async () => {
  using database = await Database.open();
  await storeRows(database, {});
  equal(await countValues(database, METRICS, { start_ms: 0, end_ms: 1000 }), null);
});
