import { deepEqual, equal } from "node:assert/strict";
import { newUser } from "./mtr.ts";

/** What the README says: one plain line each. `facts` are rows, sum of cpu_pct, type of ts, hosts. */
const READERS: readonly { module: string; line: string; facts: string }[] = [
  {
    module: "pandas",
    line: 'df = pandas.read_parquet("samples")',
    facts: "[len(df), float(df.cpu_pct.sum()), str(df.ts.dtype), sorted(set(df.host))]",
  },
  {
    module: "polars",
    line: 'df = polars.read_parquet("samples/**/*.parquet", hive_partitioning=True)',
    facts:
      "[df.height, sum(df['cpu_pct'].to_list()), str(df['ts'].dtype), df['host'].unique().to_list()]",
  },
  {
    module: "pyarrow.parquet",
    line: 'df = pyarrow.parquet.read_table("samples")',
    facts:
      "[df.num_rows, sum(df['cpu_pct'].to_pylist()), str(df['ts'].type), df['host'].unique().to_pylist()]",
  },
  {
    module: "duckdb",
    line: "df = duckdb.sql(\"FROM 'samples/**/*.parquet'\")",
    facts:
      "list(duckdb.sql('SELECT count(*), sum(cpu_pct::DOUBLE), any_value(typeof(ts)), list(DISTINCT host) FROM df').fetchall()[0])",
  },
];

/** Runs Python with the environment of whoever runs the tests: its modules are theirs. */
async function python(script: string, cwd = "/"): Promise<{ success: boolean; stdout: string }> {
  try {
    const args = ["-c", script];
    const { success, stdout, stderr } = await new Deno.Command("python3", { args, cwd }).output();
    const said = new TextDecoder().decode(success ? stdout : stderr);
    return { success, stdout: said };
  } catch {
    return { success: false, stdout: "there is no python3" };
  }
}

Deno.test("pandas, polars, pyarrow and DuckDB read samples/ with one plain line each", async (t) => {
  await using mtr = newUser();
  await mtr.demo({ days: 3 });
  const { n, total } = await mtr.query("SELECT count(*) AS n, sum(cpu_pct) AS total FROM samples");
  for (const { module, line, facts } of READERS) {
    const { success: isThere } = await python(`import ${module}`);
    await t.step({
      name: module,
      ignore: !isThere,
      async fn() {
        const script = `import json, ${module}\n${line}\nprint(json.dumps(${facts}))`;
        const { success, stdout } = await python(script, mtr.dataDir);
        equal(success, true, stdout);
        const [rows, sum, type, hosts] = JSON.parse(stdout);
        deepEqual([rows, hosts], [n, ["demo-laptop"]]);
        // FLOAT has seven digits.
        equal(Math.abs(sum / Number(total) - 1) < 1e-5, true, `${sum} is not ${total}`);
        equal(/utc|time zone/i.test(type), true, type);
      },
    });
  }
});
