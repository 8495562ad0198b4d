import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { createProgram } from "../../src/cli/mod.ts";
import { StoreError } from "../../src/model/mod.ts";
import type { ScratchFolder } from "../journal/scratch_folder.ts";
import { copyOfRecorded, datesFrom, dayFile, treeOf } from "../store/recorded_days.ts";
import { whileDaysLast } from "../store/while_days_last.ts";
import { fakeIo } from "./fake_io.ts";

const DATES = datesFrom("2025-02-26", 2);

/** Runs `mtr check` on a folder: what it said, and with what it failed. */
async function mtrCheck(folder: ScratchFolder, ...args: string[]) {
  const io = fakeIo();
  const failure = await createProgram(io)
    .parseAsync(["check", "--data-dir", folder.path, ...args], { from: "user" })
    .then(() => null, (error) => error);
  if (failure !== null && !(failure instanceof StoreError)) throw failure;
  return { ...io.written, failure };
}

function recorded(): Promise<ScratchFolder> {
  return copyOfRecorded(DATES, { datasets: ["samples"] });
}

Deno.test("a sound store is said to be so, with what was looked at", async () => {
  using folder = await recorded();
  const { out, failure } = await mtrCheck(folder);
  equal(failure, null);
  match(
    out,
    /looked at 2 day files with 288 rows; 0 segments with 0 rows; 10 rollup files; 1 host\n/,
  );
  match(out, / no problems, 1 note\n$/);
});

Deno.test("each problem says what, so what, and what repair does; the check fails and changes nothing", async () => {
  using folder = await recorded();
  Deno.truncateSync(dayFile(folder, DATES[1] ?? ""), 250);
  const before = treeOf(folder);
  const { out, failure } = await mtrCheck(folder);
  deepEqual(out.split("\n").slice(0, 4), [
    " problem  samples/host=box/date=2025-02-27/rows.parquet",
    "          its end is missing",
    "          → the samples of 2025-02-27 can't be read; other days can",
    "          repair: moves it to quarantine; where the day is rolled up, reports answer it from that",
  ]);
  deepEqual([failure.message, failure.exitCode], ["the store has 1 problem", 1]);
  deepEqual(treeOf(folder), before);
});

Deno.test("repair says what it did and what is left, and the next check is content", async () => {
  using folder = await recorded();
  Deno.truncateSync(dayFile(folder, DATES[1] ?? ""), 250);
  const { out, failure } = await mtrCheck(folder, "--repair");
  equal(failure, null);
  match(
    out,
    /done:\n\n {3}2025-02-27 \(box\) are answered from rollups from now on\n {3}samples\/.* was moved to quarantine\//,
  );
  match(out, /before: 1 problem, 1 note; now: no problems/);
  equal((await mtrCheck(folder, "--full")).failure, null);
});

Deno.test("problems that nobody but a person can mend are left, and the repair fails", async () => {
  using folder = await recorded();
  const info = folder.info();
  ok(info);
  folder.writeInfo({ ...info, format: 0 });
  const { out, failure } = await mtrCheck(folder, "--repair");
  match(out, /an older mtr wrote this folder, in format 0\n[^]*to do: .*mtr fold --upgrade/);
  equal(failure.exitCode, 1);
});

Deno.test("what is wrong with many files in the same way is said once", async () => {
  using folder = await copyOfRecorded(datesFrom("2025-02-26", 4), {
    datasets: ["samples"],
    rolledUp: false,
  });
  for (const date of datesFrom("2025-02-26", 3)) Deno.truncateSync(dayFile(folder, date), 250);
  const { out, failure } = await mtrCheck(folder);
  match(out, /date=2025-02-26\/rows\.parquet and 2 other files\n/);
  equal(out.match(/its end is missing/g)?.length, 1);
  equal(failure.message, "the store has 3 problems");
});

Deno.test("JSON has every finding with stable names", async () => {
  using folder = await copyOfRecorded(DATES, { datasets: ["samples"], rolledUp: false });
  Deno.truncateSync(dayFile(folder, DATES[0] ?? ""), 250);
  const { out } = await whileDaysLast(() => mtrCheck(folder, "--json"));
  const { schema_version: version, counts, findings } = JSON.parse(out);
  deepEqual(
    [version, counts.days, findings[0].kind, findings[0].severity, findings[0].repairable],
    [
      1,
      1,
      "file.torn",
      "problem",
      true,
    ],
  );
  const repair = () => mtrCheck(folder, "--json", "--repair");
  const repaired = JSON.parse((await whileDaysLast(repair)).out);
  equal(repaired.found[0].kind, "file.torn");
  ok(
    repaired.done.length > 0 &&
      repaired.findings.every(({ severity }: { severity: string }) => severity === "note"),
  );
});

Deno.test("where nothing was ever recorded, it says so", async () => {
  const io = fakeIo();
  const dir = Deno.makeTempDirSync({ prefix: "mtr-test-" });
  await rejects(
    createProgram(io).parseAsync(["check", "--data-dir", dir], { from: "user" }),
    /nothing is recorded in/,
  );
  Deno.removeSync(dir);
});
