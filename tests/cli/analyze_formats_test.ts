/** `mtr analyze` with --format, --output and --chart, on made-up data. */
import { equal, match, ok, rejects } from "node:assert/strict";
import { createProgram } from "../../src/cli/mod.ts";
import { makeDemo } from "../../src/demo/mod.ts";
import { NoDataError, UsageError } from "../../src/model/mod.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import { copyInto, type Files, filesOf } from "../store/recorded_days.ts";
import { fakeIo } from "./fake_io.ts";

const RANGE = ["--start-date", "2025-10-25", "--end-date", "2025-10-26", "--time-zone", "UTC"];

/** A folder with two days of a demo. */
async function demoFolder(): Promise<ScratchFolder> {
  DEMO ??= makeDemoFiles();
  const folder = new ScratchFolder();
  copyInto(folder, await DEMO);
  return folder;
}

let DEMO: Promise<Files> | undefined;

async function makeDemoFiles(): Promise<Files> {
  using folder = new ScratchFolder();
  await makeDemo(folder, {
    days: 2,
    intervalMs: 300_000,
    seed: 1,
    nowMs: Date.parse("2025-10-27T00:00:00Z"),
    timeZone: "UTC",
    onDay() {},
  });
  return filesOf(folder);
}

/** What the command wrote to stdout. */
async function analyze(folder: ScratchFolder, ...args: string[]): Promise<string> {
  const io = fakeIo();
  const command = ["analyze", "--data-dir", folder.path, ...RANGE, ...args];
  await createProgram(io).parseAsync(command, { from: "user" });
  return io.written.out;
}

Deno.test("--format html writes a page to stdout, and with -o to a file only", async () => {
  using folder = await demoFolder();
  const file = `${folder.path}/page.html`;
  const page = await analyze(folder, "--format", "html");
  match(page, /^<!DOCTYPE html>\n/);
  equal(await analyze(folder, "--format", "html", "-o", file), "");
  match(Deno.readTextFileSync(file), /<title>demo-laptop: /);
});

Deno.test("--format svg draws the one metric that is named, and asks for its name", async () => {
  using folder = await demoFolder();
  const picture = await analyze(folder, "--format", "svg", "--metrics", "ram_pct");
  match(picture, /^<svg [^>]*>\n<title id="title">RAM over time<\/title>/);
  await rejects(
    analyze(folder, "--format", "svg"),
    (error) => error instanceof UsageError && /draws one metric, not 4/.test(error.message),
  );
  await rejects(
    analyze(folder, "--format", "svg", "--metrics", "connections"),
    (error) => error instanceof NoDataError && /connections/.test(error.message),
  );
});

Deno.test("--chart draws lines unless told otherwise, and keeps to the width", async () => {
  using folder = await demoFolder();
  for (
    const [args, title] of [
      [["--chart"], /CPU % +line = mean/],
      [["--chart", "line"], /CPU % +line = mean/],
      [["--chart", "cdf"], /CPU % +% of the time at or below/],
      [["--chart", "histogram"], /CPU % +share of the time/],
    ] as const
  ) {
    const screen = await analyze(folder, "--width", "70", "--metrics", "cpu_pct", ...args);
    match(screen, title);
    ok(screen.split("\n").every((line) => [...line].length <= 70));
  }
  const plain = await analyze(folder, "--width", "70");
  ok(!/CPU % +(line|%|share)/.test(plain));
});

Deno.test("--format jsonlines writes a line a metric; the JSON has the numbers of a chart when it is asked for", async () => {
  using folder = await demoFolder();
  const lines = (await analyze(folder, "--format", "jsonlines")).trimEnd().split("\n");
  const parsed = lines.map((line) => JSON.parse(line));
  equal(
    parsed.map(({ metric, host, absent }) => `${metric} ${host} ${absent}`).join(),
    ["cpu_pct", "gpu_pct", "ram_pct", "swap_pressure_pct"].map((id) => `${id} demo-laptop null`)
      .join(),
  );
  const json = JSON.parse(await analyze(folder, "--json", "--chart", "cdf"));
  equal(json.metrics.cpu_pct.p95, parsed[0].p95);
  const { from, to, shares_pct } = json.distributions.cpu_pct;
  const sum = shares_pct.reduce((total: number, share: number) => total + share, 0);
  equal(`${from}–${to}: ${Math.round(sum)}`, "0–100: 100");
  const bins: { start: string; mean: number; min: number; max: number }[] =
    JSON.parse(await analyze(folder, "--json", "--chart")).timelines.ram_pct;
  ok(bins.length > 100);
  equal(bins[0]?.start, "2025-10-25T07:50:00.000Z");
  ok(bins.every(({ mean, min, max }) => mean >= min && mean <= max));
});
