import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { QueryError } from "../../src/model/mod.ts";
import {
  Database,
  foldJournal,
  type QueryAnswer,
  runQuery,
  viewColumns,
} from "../../src/store/mod.ts";
import { admitQuery, caretLines } from "../../src/store/query_gate.ts";
import { whileDaysLast } from "./while_days_last.ts";
import { journalRows, sampleRow, ScratchFolder } from "../journal/scratch_folder.ts";

const NOON_MS = Date.UTC(2025, 10, 18, 12);

async function storeOfTwoRows(): Promise<ScratchFolder> {
  const folder = new ScratchFolder();
  await journalRows(folder, "box", [
    sampleRow(NOON_MS, { cpu_pct: 12.5, ram_used_bytes: 2 ** 33 }),
  ]);
  await whileDaysLast(() => foldJournal(folder));
  await journalRows(folder, "box", [sampleRow(NOON_MS + 1000, { cpu_pct: 20 })]);
  return folder;
}

function query(folder: ScratchFolder, sql: string, timeoutMs = 20_000): Promise<QueryAnswer> {
  return runQuery(folder, sql, { timeoutMs, timeZone: "Europe/Berlin", onStuck() {} });
}

Deno.test("everything but one SELECT on the views is refused, with the reason", async () => {
  using database = await Database.open();
  const refused: [sql: string, reason: RegExp][] = [
    ["", /exactly one statement; there is no statement/],
    [" -- nothing\n;", /there is no statement/],
    ["select 1; select 2", /there are 2 statements/],
    ["drop table journal_samples", /only reads: DROP is not allowed/],
    ["select 1; drop view samples", /only reads: DROP is not allowed/],
    ["/* hello */ -- there\n delete from samples", /DELETE is not allowed/],
    ["select 'a; set x'; pragma version", /PRAGMA is not allowed/],
    ["insert into samples values (1)", /INSERT is not allowed/],
    ["with x as (insert into y values (1)) select 1", /SELECT/],
    ["create table t as select 1", /CREATE is not allowed/],
    [`copy (select 1) to '/etc/hosts'`, /COPY is not allowed/],
    ["attach ':memory:' as other", /ATTACH is not allowed/],
    ["set memory_limit = '20GB'", /SET is not allowed/],
    ["load json", /LOAD is not allowed/],
    ["install httpfs", /INSTALL is not allowed/],
    ["call pragma_version()", /CALL is not allowed/],
    ["pivot hourly on host using avg(cpu_pct)", /PIVOT has to name the columns/],
    ["with p as (pivot samples on host) from p", /PIVOT has to name the columns/],
    ["drop view x; pivot samples on host", /DROP is not allowed/],
    ["pivot read_csv('/etc/hosts') on a in (1) using max(b)", /read_csv is not allowed/],
    ["explain select 1", /EXPLAIN is not allowed/],
    ["export database 'x'", /EXPORT is not allowed/],
    [`from read_csv('/etc/hosts')`, /table function read_csv is not allowed/],
    [`select (select count(*) from read_text('/etc/hosts'))`, /read_text is not allowed/],
    [`select * from samples where exists (from read_blob('/etc/hosts'))`, /read_blob is not/],
    ["with g as (from glob('/*')) from g", /table function glob is not allowed/],
    ["select 1 limit (select count(*) from glob('/*'))", /glob is not allowed/],
    ["from query('drop view samples')", /table function query is not allowed/],
    ["from enable_logging(storage = 'file')", /enable_logging is not allowed/],
    ["from pragma_version()", /pragma_version is not allowed/],
    ["from duckdb_secrets()", /duckdb_secrets is not allowed/],
  ];
  for (const [sql, reason] of refused) {
    await rejects(admitQuery(database, sql), (error) => {
      ok(error instanceof QueryError, `${sql}: ${error}`);
      match(error.message, reason, sql);
      return true;
    });
  }
});

Deno.test("behind the gate the engine reads the views' files and no others, and keeps its settings", async () => {
  using folder = await storeOfTwoRows();
  const outside = join(folder.path, "outside.csv");
  Deno.writeTextFileSync(outside, "secret\n1\n");
  await rejects(query(folder, `from '${outside}'`), QueryError);
  await rejects(
    query(folder, `from '${outside}'`),
    (error) =>
      error instanceof QueryError && /^mtr query reads no files/.test(error.message) &&
      /^views to read: samples, series/.test(error.hints[0] ?? ""),
  );
  await rejects(query(folder, "select getenv('HOME')"), /getenv does not exist/);
  const settings = ["enable_external_access", "lock_configuration", "autoload_known_extensions"];
  const { rows } = await query(
    folder,
    `select ${settings.map((name) => `current_setting('${name}')::VARCHAR`).join(", ")}`,
  );
  deepEqual(rows, [["false", "true", "false"]]);
});

Deno.test("an unknown view is answered with mtr's own views, never with the engine's tables", async () => {
  using folder = await storeOfTwoRows();
  const cases: [name: string, message: string][] = [
    ["sampels", "there is no view called sampels; did you mean samples?"],
    ["setting", "there is no view called setting"],
    ["pg_setting", "there is no view called pg_setting"],
  ];
  for (const [name, message] of cases) {
    await rejects(query(folder, `select 1 from ${name}`), (error) => {
      ok(error instanceof QueryError);
      equal(error.message, message);
      deepEqual(error.hints, [
        `LINE 1: select 1 from ${name}`,
        "                      ^",
        "views to read: samples, series, sources, hourly, gaps (columns: mtr query --schema)",
      ]);
      return true;
    });
  }
});

Deno.test("SHOW TABLES names the views, and not what they are made of", async () => {
  using folder = await storeOfTwoRows();
  for (const sql of ["show tables", " SHOW ALL TABLES; "]) {
    const { rows } = await query(folder, sql);
    deepEqual(rows.flat(), ["samples", "series", "sources", "hourly", "gaps"]);
  }
});

Deno.test("what only reads is allowed", async () => {
  using folder = await storeOfTwoRows();
  const allowed = [
    "select 1;",
    "-- all of it\ntable samples",
    "with x as (from samples) select count(*) from x, range(3)",
    "select unnest([1, 2]) from generate_series(1, 4)",
    "values (1), (2)",
    "summarize samples",
    "pivot samples on host in ('box') using avg(cpu_pct)",
    "from (select host, cpu_pct from samples) pivot (avg(cpu_pct) for host in ('box'))",
    "select s.cpu_pct from samples s semi join samples t using (ts)",
  ];
  using database = await Database.open();
  for (const sql of allowed) await admitQuery(database, sql);
  equal((await query(folder, "from samples;")).rows.length, 2);
  equal((await query(folder, "describe sources")).rows.length, 13);
});

Deno.test("values come as people read them", async () => {
  using folder = await storeOfTwoRows();
  const { rows, columns } = await query(
    folder,
    `SELECT cpu_pct, ram_used_bytes, gpu_pct, ts, local, 0.1::FLOAT AS f, 1.50 AS d, [1.5, 2.25] AS l,
       'infinity'::TIMESTAMPTZ AS never, 9007199254740993 AS big, true AS b, INTERVAL 90 MINUTE AS i
     FROM samples ORDER BY ts LIMIT 1`,
  );
  deepEqual(rows, [[
    12.5,
    2 ** 33,
    null,
    new Date(NOON_MS),
    "2025-11-18 12:00:00",
    0.1,
    1.5,
    "[1.50, 2.25]",
    "infinity",
    9007199254740993n,
    true,
    "01:30:00",
  ]]);
  equal(columns[3]?.type, "TIMESTAMP WITH TIME ZONE");
});

Deno.test("times are read and shown in the zone that was asked for", async () => {
  using folder = await storeOfTwoRows();
  const sql = "select min(ts)::VARCHAR, '2025-11-18 13:00'::TIMESTAMPTZ = min(ts) from samples";
  deepEqual((await query(folder, sql)).rows, [["2025-11-18 13:00:00+01", true]]);
});

Deno.test("an error shows the SQL with a caret, where letters are more than one byte as well", async () => {
  deepEqual(caretLines("select 'ä' oops\nx", 11), ["select 'ä' oops", "           ^"]);
  deepEqual(caretLines("a\nselect b", 9), ["select b", "       ^"]);
  deepEqual(caretLines("select", 99), []);
  using folder = await storeOfTwoRows();
  await rejects(query(folder, "select 'ä', '😀',\n  'ö' fro m\nx"), (error) => {
    ok(error instanceof QueryError);
    match(error.message, /syntax error at or near "m"/);
    deepEqual(error.hints, ["  'ö' fro m", "          ^"]);
    return true;
  });
  await rejects(query(folder, "select cpu_pc from samples"), (error) => {
    ok(error instanceof QueryError);
    match(error.message, /"cpu_pc" not found/);
    match(error.hints.join("\n"), /cpu_pct[^]*LINE 1: select cpu_pc from samples\n {15}\^/);
    return true;
  });
});

Deno.test("a query that takes too long is stopped, and says how to give it more time", async () => {
  using folder = await storeOfTwoRows();
  const endless = "select sum(a.range * b.range) from range(1000000000) a, range(1000000000) b";
  await rejects(query(folder, endless, 100), (error) => {
    ok(error instanceof QueryError);
    equal(error.message, "the query was stopped after 0.1 s");
    match(error.hints.join(), /--timeout/);
    return true;
  });
});

Deno.test("gaps begin at the local time of their first row, over a change of the clocks as well", async () => {
  using folder = new ScratchFolder();
  const before = Date.parse("2025-03-30T00:30:00Z");
  const after = Date.parse("2025-03-30T04:00:00Z");
  await journalRows(folder, "box", [
    sampleRow(before, { utc_offset_min: 60 }),
    sampleRow(after, { utc_offset_min: 120, flags: "wake" }),
  ]);
  const { rows } = await query(folder, "select local_start, gap_end, seconds, flags from gaps");
  deepEqual(rows, [["2025-03-30 01:30:00", new Date(after - 1000), 12_599, "wake"]]);
});

Deno.test("every column of every view has a meaning", async () => {
  using folder = await storeOfTwoRows();
  const columns = await viewColumns(folder);
  deepEqual(columns.filter(({ comment }) => comment === ""), []);
  deepEqual([...new Set(columns.map(({ view }) => view))].sort(), [
    "gaps",
    "hourly",
    "samples",
    "series",
    "sources",
  ]);
});
