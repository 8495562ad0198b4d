import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createProgram } from "../../src/cli/mod.ts";
import { ConditionMetError, NoDataError, UsageError } from "../../src/model/mod.ts";
import { journalRows, sampleRow, ScratchFolder } from "../journal/scratch_folder.ts";
import { fakeIo } from "./fake_io.ts";

const DAY_MS = 86_400_000;
/** A Monday; both weeks lie in the past. */
const START_MS = Date.UTC(2025, 10, 3);
const WEEKS = ["2025-11-03..2025-11-09", "2025-11-10..2025-11-16"] as const;

/** Two weeks, a row an hour; the CPU of the second is higher by 20. */
async function twoWeeks(): Promise<ScratchFolder> {
  const folder = new ScratchFolder();
  folder.nameHosts("box");
  const rows = Array.from(
    { length: 14 * 24 },
    (_, hour) =>
      sampleRow(START_MS + hour * DAY_MS / 24, {
        interval_s: 3600,
        cpu_pct: 10 + hour % 24 + (hour >= 7 * 24 ? 20 : 0),
        gpu_pct: hour % 5,
      }),
  );
  await journalRows(folder, "box", rows);
  return folder;
}

async function run(folder: ScratchFolder, ...args: string[]) {
  const io = fakeIo({ MTR_DATA_DIR: folder.path, HOME: "/nonexistent" });
  let error: unknown;
  try {
    const zone = ["--time-zone", "UTC"];
    await createProgram(io).parseAsync([...args, ...zone], { from: "user" });
  } catch (thrown) {
    error = thrown;
  }
  return { error, out: io.written.out, notes: io.written.notes };
}

Deno.test("mtr compare shows both periods with their zone, the shifts and what changed", async () => {
  using folder = await twoWeeks();
  const { error, out } = await run(folder, "compare", ...WEEKS);
  equal(error, undefined);
  match(out, /Mon 3 Nov – Sun 9 Nov 2025 → Mon 10 Nov – Sun 16 Nov 2025 \(UTC\)/);
  match(out, /same weekdays and hours, 168 of 168 hours in both/);
  match(out, /^ CPU % +21\.5 → 41\.5/m);
  match(out, /^ CPU +yes: higher at every hour \(effect 1\.00/m);
  match(out, /^ GPU +no$/m);
  match(out, /^ RAM is not compared: recorded in neither period\.$/m);
});

Deno.test("a condition that is met ends with exit code 4, after the report, and says which it was", async () => {
  using folder = await twoWeeks();
  const conditions = ["gpu_pct.max > +5", "cpu_pct.mean > +50%", "change"];
  const flags = conditions.flatMap((condition) => ["--fail-on", condition]);
  const { error, out } = await run(folder, "compare", ...WEEKS, ...flags);
  ok(error instanceof ConditionMetError);
  equal(error.exitCode, 4);
  equal(
    error.message,
    "--fail-on cpu_pct.mean > +50%: cpu_pct.mean went from 21.5 to 41.5 (+20.00, +93.0 %)",
  );
  deepEqual(error.hints, ["--fail-on change: cpu_pct is higher"]);
  match(out, /changed\?/);
});

Deno.test("a condition's metric is compared also where it was not asked for", async () => {
  using folder = await twoWeeks();
  const args = [...WEEKS, "--metrics", "gpu_pct", "--json", "--fail-on", "cpu_pct.p50 < 0"];
  const { error, out } = await run(folder, "compare", ...args);
  equal(error, undefined);
  const json = JSON.parse(out);
  deepEqual(Object.keys(json.metrics), ["gpu_pct", "cpu_pct"]);
  deepEqual([json.schema_version, json.metrics.cpu_pct.verdict], [1, "changed"]);
});

Deno.test("a condition on what was not recorded can't be checked: exit code 3", async () => {
  using folder = await twoWeeks();
  const { error } = await run(folder, "compare", ...WEEKS, "--fail-on", "ram_pct.max > 5");
  ok(error instanceof NoDataError);
  match(error.message, /ram_pct was recorded in neither period/);
});

Deno.test("a rise of the p95 by more than a fifth ends with exit code 4, a smaller one does not", async () => {
  using folder = await twoWeeks();
  const p95 = (limit: string) =>
    run(folder, "compare", ...WEEKS, "--fail-on", `cpu_pct.p95 > ${limit}`);
  const { error } = await p95("+20%");
  ok(error instanceof ConditionMetError);
  equal(error.exitCode, 4);
  match(
    error.message,
    /^--fail-on cpu_pct\.p95 > \+20%: cpu_pct\.p95 went from 32 to 52 /,
  );
  equal((await p95("+90%")).error, undefined);
});

Deno.test("a comparison can be one page, in a file", async () => {
  using folder = await twoWeeks();
  const file = `${folder.path}/weeks.html`;
  equal((await run(folder, "compare", ...WEEKS, "--format", "html", "-o", file)).out, "");
  const page = Deno.readTextFileSync(file);
  match(page, /^<!DOCTYPE html>\n[^]*<title>box: 2025-11-03\.\.2025-11-09 → /);
  match(page, /title="Mon 0–1 h: 10\.0 → 30\.0 % \(\+20\.0\)"/);
  match(page, /<h2>CPU<\/h2><span class="pill v-worse">higher<\/span>/);
});

Deno.test("analyze --against previous is the same comparison", async () => {
  using folder = await twoWeeks();
  const range = ["--start-date", "2025-11-10", "--end-date", "2025-11-16"];
  const { out, error } = await run(folder, "analyze", ...range, "--against", "previous", "--json");
  equal(error, undefined);
  const compared = await run(folder, "compare", ...WEEKS, "--json");
  const metricsOf = (text: string) => JSON.parse(text).metrics;
  deepEqual(metricsOf(out), metricsOf(compared.out));
  for (const foreign of ["--format=svg", "--chart", "--summary", "--fail-on=tight"]) {
    const { error } = await run(folder, "analyze", ...range, "--against", "previous", foreign);
    ok(error instanceof UsageError);
    equal(error.message, `${foreign.replace("=", " ")} is not for comparisons`);
  }
});

Deno.test("wrong periods and conditions are wrong usage, a period without data is not", async () => {
  using folder = await twoWeeks();
  const wrong: readonly (readonly [args: string[], says: RegExp])[] = [
    [["last-weak", "today"], /last-weak: not a period[^]*last-week/],
    [["7d", "3d"], /overlap/],
    [[...WEEKS, "--fail-on", "cpu > 5"], /not a condition[^]*cpu_pct\.p95 > \+20%/],
  ];
  for (const [args, says] of wrong) {
    const { error, out } = await run(folder, "compare", ...args);
    ok(error instanceof UsageError, args.join(" "));
    match([error.message, ...error.hints].join("\n"), says);
    equal(out, "");
  }
  const { error } = await run(folder, "compare", "2024-01", WEEKS[1]);
  ok(error instanceof NoDataError);
  match(error.message, /^nothing was recorded between Mon 1 Jan 2024/);
});
