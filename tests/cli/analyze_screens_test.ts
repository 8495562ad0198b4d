/** Screens and pages of `mtr analyze` on stored rows, from the journal to the last character. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createProgram } from "../../src/cli/mod.ts";
import { journalRows, sampleRow, ScratchFolder } from "../journal/scratch_folder.ts";
import { matchesGolden } from "../report/golden.ts";
import { fakeIo } from "./fake_io.ts";

const MINUTE_MS = 60_000;
const STEP_MS = 10 * MINUTE_MS;
/** Monday, 00:00 in Berlin. */
const START_MS = Date.parse("2025-11-10T00:00:00+01:00");
/** Thursday, 06:00 in Berlin: the laptop flies to New York, asleep, and lands at 09:00 there. */
const LEFT_MS = Date.parse("2025-11-13T06:00:00+01:00");
const LANDED_MS = Date.parse("2025-11-13T09:00:00-05:00");
const END_MS = Date.parse("2025-11-17T00:00:00-05:00");
const RANGE = ["--start-date", "2025-11-10", "--end-date", "2025-11-16"];

/** A week in two zones: busy from 9 to 17 h wherever it is, with a GPU that never has a value. */
async function weekInTwoZones(): Promise<ScratchFolder> {
  const folder = new ScratchFolder();
  folder.nameHosts("traveller");
  const count = (END_MS - START_MS) / STEP_MS;
  const rows = Array.from({ length: count }, (_, i) => START_MS + (i + 1) * STEP_MS)
    .filter((ts) => ts <= LEFT_MS || ts > LANDED_MS)
    .map((ts, i) => {
      const utc_offset_min = ts <= LEFT_MS ? 60 : -300;
      const localHour = Math.floor((ts - STEP_MS) / MINUTE_MS / 60 + utc_offset_min / 60) % 24;
      const isBusy = localHour >= 9 && localHour < 17;
      return sampleRow(ts, {
        interval_s: STEP_MS / 1000,
        utc_offset_min,
        cpu_pct: isBusy ? 60 + (i * 7) % 20 : 2,
        ram_used_bytes: (isBusy ? 24 : 12) * 2 ** 30,
        ram_total_bytes: 32 * 2 ** 30,
      });
    });
  await journalRows(folder, "traveller", rows);
  return folder;
}

async function analyze(folder: ScratchFolder, ...args: string[]): Promise<string> {
  const io = fakeIo();
  const command = ["analyze", "--data-dir", folder.path, ...RANGE, ...args];
  await createProgram(io).parseAsync(command, { from: "user" });
  return io.written.out;
}

Deno.test("a week in two zones shows each hour as it was on the wall, and a metric that is never known by name", async () => {
  using folder = await weekInTwoZones();
  const zone = ["--time-zone", "Europe/Berlin"];
  const metrics = ["--metrics", "cpu_pct,gpu_pct,ram_pct"];
  for (const width of [60, 120]) {
    const screen = await analyze(folder, ...zone, ...metrics, "--width", String(width));
    matchesGolden(`analyze_two_zones_${width}.txt`, screen);
    ok(screen.split("\n").every((line) => [...line].length <= width));
    match(screen, /GPU is not shown: no source here knows a GPU/);
  }
  const { heatmaps, absent } = JSON.parse(await analyze(folder, ...zone, ...metrics, "--json"));
  const busy = heatmaps.cpu_pct.filter(({ mean }: { mean: number }) => mean > 50);
  const hours = new Set(busy.map(({ hour }: { hour: number }) => hour));
  equal([...hours].join(), "9,10,11,12,13,14,15,16");
  equal(absent.map(({ metric }: { metric: string }) => metric).join(), "gpu_pct");
});

Deno.test("the same moments are dated by the zone that is asked for", async () => {
  using folder = await weekInTwoZones();
  const screen = await analyze(folder, "--time-zone", "America/New_York", "--width", "120");
  match(screen, /Mon 10 Nov – Sun 16 Nov 2025 \(America\/New_York\)/);
  matchesGolden("analyze_two_zones_new_york_120.txt", screen);
});

Deno.test("swapping began at the same time on every screen, on a page and in data", async () => {
  using folder = new ScratchFolder();
  folder.nameHosts("traveller");
  const ram_total_bytes = 32 * 2 ** 30;
  // Two days of a row a minute: in use since Tuesday, 10:32, with a break of some hours before.
  const rows = Array.from({ length: 2 * 24 * 60 }, (_, i) => i)
    .filter((minute) => minute < 30 * 60 || minute >= 34 * 60)
    .map((minute) =>
      sampleRow(START_MS + minute * MINUTE_MS, {
        interval_s: 60,
        utc_offset_min: 60,
        cpu_pct: 10,
        ram_used_bytes: ram_total_bytes / 2,
        ram_total_bytes,
        swap_used_bytes: minute < 34 * 60 + 32 ? 0 : 2 ** 30,
      })
    );
  await journalRows(folder, "traveller", rows);
  const zone = ["--time-zone", "Europe/Berlin"];
  const ways = [
    ...["60", "80", "200"].map((width) => ["--width", width]),
    ["--format", "markdown"],
    ["--format", "html"],
  ];
  for (const way of ways) {
    const text = (await analyze(folder, ...zone, ...way)).replaceAll(/[│\s]+/g, " ");
    match(text, /swapping began Tue 10:32\./, way.join(" "));
    ok(!text.includes("not all rows"), way.join(" "));
  }
  const { use_began } = JSON.parse(await analyze(folder, ...zone, "--json"));
  deepEqual(use_began, {
    cpu_pct: null,
    ram_pct: null,
    swap_pressure_pct: { after: "2025-11-11T09:31:00.000Z", by: "2025-11-11T09:33:00.000Z" },
  });
});
