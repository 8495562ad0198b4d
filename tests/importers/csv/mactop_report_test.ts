import { deepEqual, equal } from "node:assert/strict";
import { UNCLEAR_MEMORY } from "../../../src/importers/csv/mactop_report.ts";
import { UNCLEAR_TOTAL } from "../../../src/importers/mactop_figures.ts";
import { ScratchFolder } from "../../journal/scratch_folder.ts";
import { columnsOf, fixture, importInto, storedRows, TextFile } from "../import_scene.ts";

const HEADER =
  "timestamp,cpu_usage_percent,gpu_usage_percent,memory_used,memory_total,memory_swap_used\n";
const GIB = 2 ** 30;

Deno.test("a local hour that comes twice is two hours, by the order of the lines", async () => {
  using folder = new ScratchFolder();
  const file = fixture("import/mactop-report/mactop_data_2025-10-26.csv");
  const result = await importInto(folder, [file], { timeZone: "Europe/Berlin", host: "mini" });
  equal(result.problemCount, 0);
  const rows = await storedRows(folder);
  deepEqual(columnsOf(rows, "ts", "utc_offset_min", "cpu_pct", "interval_s"), [
    ["2025-10-25T23:59:58.000Z", 120, 10.5, 1],
    ["2025-10-25T23:59:59.000Z", 120, 11.5, 1],
    ["2025-10-26T00:00:00.000Z", 120, 12.5, 1],
    ["2025-10-26T00:59:59.000Z", 120, 13.5, 1],
    ["2025-10-26T01:00:00.000Z", 60, 14.5, 1],
    ["2025-10-26T01:59:59.000Z", 60, 15.5, 1],
    ["2025-10-26T02:00:00.000Z", 60, 16.5, 1],
  ]);
  // Bytes, as their size tells; 8,590,000,128 is 8192.06 MiB and stored as 8192.
  deepEqual(columnsOf(rows.slice(2, 4), "ram_used_bytes", "ram_total_bytes", "swap_used_bytes"), [
    [8192 * 2 ** 20, 16 * GIB, 0],
    [9 * GIB, 16 * GIB, GIB],
  ]);
});

Deno.test("the prototype's 11 columns are read with mactop's GiB and its ambiguous total", async () => {
  using folder = new ScratchFolder();
  const file = fixture("import/mactop-report/prototype-2025-03.csv");
  const result = await importInto(folder, [file], { timeZone: "America/New_York", host: "mini" });
  // Its first line is of a mactop that was starting.
  deepEqual([...result.leftOut], [["mactop had no data yet", 1]]);
  deepEqual([...result.notes], [UNCLEAR_TOTAL]);
  const common = {
    host: "mini",
    utc_offset_min: -240,
    interval_s: 1,
    gpu_pct: 0,
    ram_used_bytes: 11.5 * GIB,
    ram_total_bytes: 16 * GIB,
    ram_pct: 71.88,
    swap_used_bytes: 1.25 * GIB,
    swap_total_bytes: 2 * GIB,
    swap_pressure_pct: 7.81,
  };
  const watts = { cpu_watts: 2.35, gpu_watts: 0.12 };
  deepEqual(await storedRows(folder), [
    {
      ...common,
      ts: "2025-03-20T18:05:02.125Z",
      cpu_pct: 23.46,
      gpu_pct: 12,
      gpu_mhz: 444,
      ...watts,
      package_watts: 2.47,
    },
    { ...common, ts: "2025-03-20T18:05:03.127Z", cpu_pct: 24, gpu_mhz: 0, ...watts },
    { ...common, ts: "2025-03-20T18:05:04.128Z", cpu_pct: 25 },
    { ...common, ts: "2025-03-20T18:05:05.000Z", cpu_pct: 26 },
  ]);
});

Deno.test("lines that mactop-report recorded from a real mactop have no values, and are left out", async () => {
  using folder = new ScratchFolder();
  const file = fixture("import/mactop-report/real-mactop-2025-04.csv");
  const result = await importInto(folder, [file]);
  deepEqual([...result.leftOut.values()], [2]);
  deepEqual(result.hosts, []);
});

Deno.test("memory in a unit that its size does not tell is not imported, and that is said", async () => {
  using folder = new ScratchFolder();
  using file = new TextFile(HEADER + "2025-04-10 09:00:00,5,1,8192,16384,0\n");
  const result = await importInto(folder, [file.path]);
  deepEqual([...result.notes].includes(UNCLEAR_MEMORY), true);
  deepEqual(columnsOf(await storedRows(folder), "cpu_pct", "ram_total_bytes"), [[5, undefined]]);
});

Deno.test("a broken line costs itself only, and is named with its number", async () => {
  using folder = new ScratchFolder();
  using file = new TextFile(
    HEADER +
      "2025-04-10 09:00:00,5,1,8,16,0\n" +
      "2025-04-10 09:00:01,6,1\n" +
      "2025-04-10 09:00:02,lots,1,8,16,0\n" +
      "tomorrow,5,1,8,16,0\n" +
      "2025-06-31 09:00:00,5,1,8,16,0\n" +
      // Of files that were put together.
      HEADER +
      "2025-04-10 09:00:03,nan,1,8,16,0\r\n" +
      "2031-04-10 09:00:00,5,1,8,16,0\n" +
      "2025-04-10 09:00:04,101,1,8,16,0",
  );
  const { path } = file;
  const result = await importInto(folder, [path]);
  deepEqual(result.problems, [
    { file: path, line: 3, reason: "6 columns expected, 3 found" },
    { file: path, line: 4, reason: "cpu_usage_percent: not a number: lots" },
    { file: path, line: 5, reason: "timestamp tomorrow is not a time" },
    { file: path, line: 6, reason: "timestamp 2025-06-31 09:00:00 is not a time" },
    { file: path, line: 9, reason: "2031-04-10T09:00:00.000Z can't be when it was recorded" },
  ]);
  deepEqual([...result.dropped], [["cpu_pct", 1]]);
  deepEqual(columnsOf(await storedRows(folder), "ts", "cpu_pct", "gpu_pct", "interval_s"), [
    ["2025-04-10T09:00:00.000Z", 5, 1, 1],
    // Three intervals since the last row that could be read; the median spacing is one.
    ["2025-04-10T09:00:03.000Z", undefined, 1, 3],
    ["2025-04-10T09:00:04.000Z", undefined, 1, 1],
  ]);
});
