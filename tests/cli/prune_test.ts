import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { createProgram, type Io } from "../../src/cli/mod.ts";
import { UsageError } from "../../src/model/mod.ts";
import { listStore } from "../../src/store/mod.ts";
import type { ScratchFolder } from "../journal/scratch_folder.ts";
import { copyOfRecorded, datesFrom, figures, reportOn, treeOf } from "../store/recorded_days.ts";
import { fakeIo } from "./fake_io.ts";

const DATES = datesFrom("2025-01-30", 3);

interface Answered {
  readonly out: string;
  readonly notes: string;
  readonly questions: readonly string[];
}

/** Runs `mtr prune` on a folder; `answer` is typed on the terminal, null where there is none. */
async function mtrPrune(
  folder: ScratchFolder,
  args: readonly string[],
  { answer = null, environment = {} }: {
    answer?: string | null;
    environment?: Record<string, string>;
  } = {},
): Promise<Answered> {
  const questions: string[] = [];
  const fake = fakeIo(environment);
  const io: Io = { ...fake, ask: (question) => (questions.push(question), answer) };
  await createProgram(io).parseAsync(["prune", "--data-dir", folder.path, ...args], {
    from: "user",
  });
  return { ...fake.written, questions };
}

function daysLeft(folder: ScratchFolder): number {
  return listStore(folder).files.length;
}

Deno.test("a dry run names each file and the sum, and changes nothing", async () => {
  using folder = await copyOfRecorded(DATES);
  const before = treeOf(folder);
  const { out, notes, questions } = await mtrPrune(folder, ["--older-than", "90d", "--dry-run"]);
  match(out, /^series\/host=box\/date=2025-01-30\/rows.parquet {2}144 rows, [\d.]+ (?:KiB|B)\n/);
  equal(out.split("\n").length - 1, 6);
  match(notes, /would remove 6 files of 2025-01-30 … 2025-02-01 \(864 rows, .* stay\n$/);
  deepEqual(treeOf(folder), before);
  deepEqual(questions, []);
});

Deno.test("without a terminal nothing is removed unless --yes says so", async () => {
  using folder = await copyOfRecorded(DATES);
  const before = treeOf(folder);
  await rejects(
    mtrPrune(folder, ["--older-than", "90d"]),
    (error) => error instanceof UsageError && /no terminal to ask on/.test(error.message),
  );
  deepEqual(treeOf(folder), before);
  const { notes } = await mtrPrune(folder, ["--older-than", "90d", "--yes"]);
  match(notes, /removed 6 files/);
  equal(daysLeft(folder), 3);
});

Deno.test("on a terminal the answer decides, and silence is no", async () => {
  using folder = await copyOfRecorded(DATES);
  for (const answer of ["", "n", "yesterday"]) {
    const { notes, questions } = await mtrPrune(folder, ["--max-size", "1KB"], { answer });
    match(questions.join(), /^remove 29 files of .*\? It can't be undone\. \[y\/N\] $/);
    match(notes, /nothing was removed/);
    equal(daysLeft(folder), 9);
  }
  await mtrPrune(folder, ["--max-size", "1KB"], { answer: "y" });
  equal(daysLeft(folder), 0);
});

Deno.test("reports on whole days are the same before and after", async () => {
  using folder = await copyOfRecorded(DATES);
  const before = figures(await reportOn(folder, DATES));
  await mtrPrune(folder, ["--older-than", "90d", "--yes"]);
  deepEqual(figures(await reportOn(folder, DATES)), before);
});

Deno.test("JSON lists the files with their numbers", async () => {
  using folder = await copyOfRecorded(DATES);
  const { out } = await mtrPrune(folder, [
    "--older-than",
    "1y",
    "--dataset",
    "series",
    "--json",
    "-n",
  ]);
  const { schema_version: version, dry_run: dryRun, files, bytes_left: left } = JSON.parse(out);
  deepEqual([version, dryRun, files.length, left > 1000], [1, true, 3, true]);
  deepEqual(Object.keys(files[0]), ["file", "dataset", "host", "date", "bytes", "reason", "rows"]);
});

Deno.test("limits of the settings hold where the command line gives none, and only then", async () => {
  using folder = await copyOfRecorded(DATES);
  const environment = { MTR_RETENTION_KEEP_ROWS: "30d", MTR_RETENTION_MAX_SIZE: "1KB" };
  const ofSettings = await mtrPrune(folder, ["-n"], { environment });
  equal(ofSettings.out.split("\n").length - 1, 29);
  const typed = await mtrPrune(folder, ["-n", "--older-than", "99y"], { environment });
  equal(typed.out, "");
  match(typed.notes, /nothing is past its time/);
});

Deno.test("without any limit, and with a wrong one, it says how to give one", async () => {
  using folder = await copyOfRecorded(DATES);
  await rejects(mtrPrune(folder, []), /nothing says what is past its time/);
  await rejects(mtrPrune(folder, ["--max-size", "5"]), /--max-size 5: not a size/);
  await rejects(mtrPrune(folder, ["--older-than", "90"]), /--older-than 90: not a duration/);
});

Deno.test("killed between two removals, the store answers as before and the next prune goes on", async () => {
  using folder = await copyOfRecorded(DATES);
  const before = figures(await reportOn(folder, DATES));
  const main = new URL("../../src/main.ts", import.meta.url).pathname;
  const { signal } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-prompt", "--no-check", "-q", main].concat(
      ["prune", "--data-dir", folder.path, "--older-than", "90d", "--yes"],
    ),
    env: { MTR_FAIL_POINT: "prune.after_remove@4=kill", MTR_CONFIG: "" },
    stdout: "null",
    stderr: "null",
  }).output();
  equal(signal, "SIGKILL");
  equal(daysLeft(folder), 5);
  deepEqual(figures(await reportOn(folder, DATES)), before);
  await mtrPrune(folder, ["--older-than", "90d", "--yes"]);
  ok(daysLeft(folder) === 3);
});
