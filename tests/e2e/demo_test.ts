import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import * as v from "valibot";
import { newUser } from "./mtr.ts";

const Time = v.pipe(v.string(), v.isoTimestamp());
const Percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));

const Statistics = v.object({
  unit: v.string(),
  count: v.pipe(v.number(), v.integer(), v.minValue(1)),
  min: v.number(),
  max: v.number(),
  mean: v.number(),
  median: v.number(),
  p50: v.number(),
  p75: v.number(),
  p95: v.number(),
  p99: v.number(),
  stddev: v.nullable(v.number()),
  variance: v.nullable(v.number()),
});

const Cell = v.object({
  weekday: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7)),
  hour: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(23)),
  mean: v.number(),
  p95: v.number(),
  max: v.number(),
  count: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

const Sufficiency = v.object({
  gap_p95_p75: v.number(),
  headroom: v.number(),
  above_90_pct: Percent,
  verdict: v.picklist(["roomy", "adequate", "tight", "insufficient", "not enough data"]),
  rule: v.pipe(v.string(), v.minLength(1)),
});

const REASONS = ["not recording", "asleep", "machine off", "source failed"];

/** Version 1 of `mtr analyze --json`. Fields may be added to it; a change of these needs another version. */
const Report = v.object({
  schema_version: v.literal(1),
  generated_at: Time,
  range: v.object({
    start: Time,
    end: Time,
    time_zone: v.string(),
    resolved_from: v.string(),
  }),
  host: v.string(),
  source: v.string(),
  demo: v.boolean(),
  samples: v.pipe(v.number(), v.integer(), v.minValue(1)),
  coverage_pct: Percent,
  method: v.string(),
  metrics: v.record(v.string(), Statistics),
  heatmaps: v.record(v.string(), v.array(Cell)),
  peaks: v.record(
    v.string(),
    v.nullable(v.object({ start: Time, end: Time, mean: v.number() })),
  ),
  sufficiency: v.record(v.string(), v.nullable(Sufficiency)),
  use_began: v.record(v.string(), v.nullable(v.object({ after: Time, by: Time }))),
  gaps: v.array(v.object({ start: Time, end: Time, reason: v.picklist(REASONS) })),
  notes: v.array(v.string()),
});

Deno.test("mtr demo shows a report that is marked as made up, and says where the data is", async () => {
  await using mtr = newUser();
  const { code, stdout, stderr } = await mtr.run(["demo", "--days", "8"], {
    env: { COLUMNS: "110" },
  });
  equal(code, 0);
  match(stdout, /demo data/i);
  match(stderr, /made-up data of 8 days is in .*\/mtr-demo\n/);
  equal(stdout.split("\n").every((line) => line.length <= 110), true);
});

Deno.test("mtr analyze --json of demo data keeps to its schema, and is marked in every format", async (t) => {
  await using mtr = newUser();
  await mtr.demo({ days: 8, folder: "demo" });
  const week = ["analyze", "--week", "--data-dir", "demo"];
  await t.step("json", async () => {
    const { code, stdout, stderr } = await mtr.run([...week, "--json"]);
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    const report = v.parse(Report, JSON.parse(stdout));
    deepEqual([report.demo, report.host], [true, "demo-laptop"]);
    deepEqual(Object.keys(report.metrics), ["cpu_pct", "gpu_pct", "ram_pct", "swap_pressure_pct"]);
    for (const part of [report.heatmaps, report.peaks, report.sufficiency]) {
      deepEqual(Object.keys(part), Object.keys(report.metrics));
    }
    for (const { min, p50, p75, p95, p99, max, mean } of Object.values(report.metrics)) {
      deepEqual([min, p50, p75, p95, p99, max].toSorted((a, b) => a - b), [
        min,
        p50,
        p75,
        p95,
        p99,
        max,
      ]);
      equal(mean >= min && mean <= max, true);
    }
    // Nothing was lost between the rows and the cells.
    const [cpu = []] = Object.values(report.heatmaps);
    equal(cpu.reduce((sum, { count }) => sum + count, 0), report.metrics.cpu_pct?.count);
  });
  await t.step("a comparison as a page, with a condition", async () => {
    const file = join(mtr.folder, "days.html");
    const { code, stdout, stderr } = await mtr.run([
      ...["compare", "7d..4d", "4d", "--data-dir", "demo", "--format", "html", "-o", file],
      ...["--fail-on", "cpu_pct.max < +5"],
    ]);
    deepEqual([code, stdout], [4, ""]);
    match(stderr, /--fail-on cpu_pct\.max < \+5: cpu_pct\.max went from /);
    match(Deno.readTextFileSync(file), /<span class="pill demo">demo data<\/span> 7d\.\.4d → 4d/);
  });
  for (const format of ["table", "markdown", "csv", "html", "jsonlines"]) {
    await t.step(format, async () => {
      const { code, stdout } = await mtr.run([...week, "--format", format]);
      equal(code, 0);
      match(stdout, /demo/i);
    });
  }
});

Deno.test("the same seed makes the same demo data, another seed another life", async () => {
  await using mtr = newUser();
  const sum = async (folder: string, seed: string) => {
    equal((await mtr.run(["demo", "--days", "1", "--seed", seed, "--data-dir", folder])).code, 0);
    const sql = "SELECT hash(list(hash(samples) ORDER BY ts)) AS h FROM samples";
    return (await mtr.run(["query", sql, "--data-dir", folder, "--format", "jsonlines"])).stdout;
  };
  const first = await sum("a", "1");
  equal(await sum("b", "1"), first);
  equal(await sum("c", "2") === first, false);
});
