import { deepEqual, equal, match } from "node:assert/strict";
import { type Mtr, newUser } from "./mtr.ts";

const SQL = "SELECT ts, host, cpu_pct, NULL::INTEGER AS nothing FROM samples ORDER BY ts LIMIT 2";

/** A user with a day of demo data in the ordinary data folder. */
async function userWithDemo(): Promise<Mtr> {
  const mtr = newUser();
  await mtr.demo();
  return mtr;
}

Deno.test("mtr query writes every format that it names", async (t) => {
  await using mtr = await userWithDemo();
  const expected: Readonly<Record<string, RegExp>> = {
    table: /│ ts +│ host +│ cpu_pct │ nothing │\n/,
    markdown: /^\| ts \| host \| cpu_pct \| nothing \|\n\| :?-+/,
    csv: /^ts,host,cpu_pct,nothing\r?\n[\dTZ:.-]+,demo-laptop,[\d.]+,\r?\n/,
    tabs: /^ts\thost\tcpu_pct\tnothing\n[\dTZ:.-]+\tdemo-laptop\t[\d.]+\t/,
    line: /^ +ts = .*\n +host = demo-laptop\n/,
    list: /^ts\|host\|cpu_pct\|nothing\n/,
    html: /^<table>[^]*<td>demo-laptop<\/td>[^]*<\/table>\n$/,
  };
  for (const [format, pattern] of Object.entries(expected)) {
    await t.step(format, async () => {
      const { code, stdout, stderr } = await mtr.run(["query", SQL, "--format", format]);
      deepEqual({ code, stderr }, { code: 0, stderr: "" });
      match(stdout, pattern);
    });
  }
  await t.step("json and jsonlines say the same", async () => {
    const array = JSON.parse((await mtr.run(["query", SQL, "--json"])).stdout);
    const { stdout } = await mtr.run(["query", SQL, "--format", "jsonlines"]);
    deepEqual(array, stdout.trimEnd().split("\n").map((line) => JSON.parse(line)));
    deepEqual([array.length, array[0].host, array[0].nothing], [2, "demo-laptop", null]);
    equal(new Date(array[0].ts).toISOString(), array[0].ts);
  });
  await t.step("parquet, into a file", async () => {
    const file = ["--format", "parquet", "-o", "two.parquet"];
    deepEqual(await mtr.run(["query", SQL, ...file]), { code: 0, stdout: "", stderr: "" });
    const bytes = Deno.readFileSync(`${mtr.folder}/two.parquet`);
    equal(new TextDecoder().decode(bytes.subarray(0, 4)), "PAR1");
    equal((await mtr.run(["query", SQL, "--format", "parquet"])).code, 2);
  });
});

Deno.test("the SQL may come from stdin or a file, and the answer go into one", async () => {
  await using mtr = await userWithDemo();
  const sql = "SELECT count(DISTINCT host) AS hosts FROM samples";
  const answer = { code: 0, stdout: '{"hosts":1}\n', stderr: "" };
  const format = ["--format", "jsonlines"];
  deepEqual(await mtr.run(["query", ...format], { stdin: sql }), answer);
  deepEqual(await mtr.run(["query", "-", ...format], { stdin: `${sql};\n` }), answer);
  Deno.writeTextFileSync(`${mtr.folder}/hosts.sql`, `-- how many?\n${sql}\n`);
  deepEqual(await mtr.run(["query", "-f", "hosts.sql", ...format]), answer);
  const written = await mtr.run(["query", sql, ...format, "-o", "hosts.json"]);
  deepEqual(written, { code: 0, stdout: "", stderr: "" });
  equal(Deno.readTextFileSync(`${mtr.folder}/hosts.json`), answer.stdout);
});

Deno.test("mtr query refuses all but one SELECT on its views, each with its reason", async (t) => {
  await using mtr = await userWithDemo();
  const secret = `${mtr.folder}/secret.csv`;
  Deno.writeTextFileSync(secret, "word\nsesame\n");
  const refused: Readonly<Record<string, RegExp>> = {
    "DROP VIEW samples": /only reads: DROP is not allowed/,
    "COPY samples TO 'stolen.csv'": /only reads: COPY is not allowed/,
    "SET threads = 1": /only reads: SET is not allowed/,
    "PRAGMA version": /only reads: PRAGMA is not allowed/,
    "ATTACH 'other.db'": /only reads: ATTACH is not allowed/,
    "INSTALL httpfs": /only reads: INSTALL is not allowed/,
    "SELECT 1; SELECT 2": /exactly one statement; there are 2/,
    "": /exactly one statement; there is no statement/,
    [`SELECT * FROM read_csv('${secret}')`]: /table function read_csv is not allowed/,
    [`SELECT * FROM '${secret}'`]: /^error: /,
    [`SELECT (SELECT content FROM read_text('${secret}'))`]: /read_text is not allowed/,
    "SELECT getenv('HOME')": /^error: /,
    "SELECT cpu_pc FROM samples": /cpu_pct[^]*\n *LINE 1: SELECT cpu_pc FROM samples\n +\^\n/,
    "SELECT FROM WHERE": /^error: syntax error.*\n *SELECT FROM WHERE\n +\^\n/,
  };
  for (const [sql, reason] of Object.entries(refused)) {
    await t.step(sql || "nothing", async () => {
      const { code, stdout, stderr } = await mtr.run(["query", sql]);
      deepEqual({ code, stdout }, { code: 1, stdout: "" }, stderr);
      match(stderr, reason);
      equal(stderr.includes("sesame"), false);
    });
  }
  deepEqual([...Deno.readDirSync(mtr.folder)].map(({ name }) => name), ["secret.csv"]);
});

Deno.test("a query that takes too long is stopped", async () => {
  await using mtr = await userWithDemo();
  const endless = "SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b";
  const { code, stderr } = await mtr.run(["query", endless, "--timeout", "300ms"]);
  equal(code, 1);
  match(stderr, /^error: the query was stopped after 0\.3 s\n +give it more time: --timeout/);
});

Deno.test("mtr query | head is quiet and no failure", async () => {
  await using mtr = await userWithDemo();
  for (const format of ["csv", "table", "jsonlines"]) {
    const { code, stdout, stderr } = await mtr.shell(
      `set -o pipefail; mtr query 'FROM samples' --format ${format} | head -1`,
    );
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    equal(stdout.trimEnd().split("\n").length, 1);
  }
});

Deno.test("mtr query --schema says what every column means", async () => {
  await using mtr = await userWithDemo();
  const { code, stdout } = await mtr.run(["query", "--schema", "--json"]);
  const columns: Record<string, string>[] = JSON.parse(stdout);
  equal(code, 0);
  deepEqual([...new Set(columns.map(({ view }) => view))].toSorted(), [
    "gaps",
    "hourly",
    "samples",
    "series",
    "sources",
  ]);
  deepEqual(columns.filter(({ meaning }) => !meaning).map(({ column }) => column), []);
});

Deno.test("mtr metrics lists the catalogue, and what of it is recorded", async () => {
  await using mtr = await userWithDemo();
  const { code, stdout } = await mtr.run(["metrics", "--json"]);
  const metrics: { metric: string; unit: string; values: number }[] = JSON.parse(stdout);
  equal(code, 0);
  const { samples } = await mtr.query("SELECT count(cpu_pct) AS samples FROM samples");
  const cpu = metrics.find(({ metric }) => metric === "cpu_pct");
  deepEqual([cpu?.unit, cpu?.values], ["%", samples]);
  equal(metrics.find(({ metric }) => metric === "scpu_pct")?.values, 0);
});
