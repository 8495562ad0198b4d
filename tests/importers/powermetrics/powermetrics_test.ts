import { deepEqual, equal, ok } from "node:assert/strict";
import { STUCK_CORES } from "../../../src/importers/powermetrics/chip_draft.ts";
import { SINCE_BOOT } from "../../../src/importers/powermetrics/powermetrics_plist.ts";
import { CUT_OFF, SUMMARY } from "../../../src/importers/powermetrics/powermetrics_text.ts";
import {
  INTEL_CPU,
  UNCLEAR_DISK,
  UNCLEAR_PACKAGE,
} from "../../../src/importers/powermetrics/text_sample.ts";
import { ScratchFolder } from "../../journal/scratch_folder.ts";
import {
  columnsOf,
  fixture,
  fixtureText,
  importInto,
  storedRows,
  TextFile,
} from "../import_scene.ts";

const FOLDER = "import/powermetrics/";

Deno.test("an M4 Max's plist gives the figures that were measured on it", async () => {
  using folder = new ScratchFolder();
  const result = await importInto(folder, [fixture(`${FOLDER}pause-monitor-m4max.plist`)], {
    host: "studio",
  });
  equal(result.problemCount, 0);
  const [row] = await storedRows(folder);
  deepEqual(row, {
    host: "studio",
    ts: "2026-01-22T21:07:07.000Z",
    // One sample: what it was measured for, 1.0237 s.
    interval_s: 1.02,
    utc_offset_min: 0,
    // Sums of the used shares of the 4, 6 and 6 cores: 92.311 %, 80.275 % and 0; the third cluster is switched off.
    cpu_pct: 10.79,
    ecpu_pct: 23.08,
    pcpu_pct: 6.69,
    gpu_pct: 12.27,
    gpu_mhz: 338,
    // 3049 mJ in 1.0237 s.
    cpu_watts: 2.98,
    gpu_watts: 0.27,
    ane_watts: 0,
    package_watts: 3.25,
    thermal_level: 0,
    // 57,344 and 32,768 bytes, four digits of them per second.
    disk_read_bytes_per_s: 56_020,
    disk_write_bytes_per_s: 32_010,
    disk_read_ops_per_s: 12.7,
    disk_write_ops_per_s: 2.93,
  });
  const series = await storedRows(folder, "series");
  const values = Object.fromEntries(
    series.map(({ metric, label, value }) => [`${metric} ${label}`, value]),
  );
  equal(series.filter(({ metric }) => metric === "core_pct").length, 16);
  deepEqual([values["core_pct 0e"], values["core_pct 4p"], values["core_pct 15p"]], [
    31.9,
    15.6,
    0,
  ]);
  ok(!("core_mhz 15p" in values));
});

Deno.test("on macOS 13, where clusters count otherwise, cores are what counts", async () => {
  using folder = new ScratchFolder();
  // Two samples of one machine, a day apart.
  const files = ["pumas-m1.plist", "pumas-m1-2.plist"].map((name) => fixture(FOLDER + name));
  await importInto(folder, files);
  const rows = await storedRows(folder);
  deepEqual(
    columnsOf(rows, "cpu_pct", "ecpu_pct", "pcpu_pct", "gpu_pct", "gpu_mhz", "interval_s"),
    [
      [4.51, 8.27, 0.76, 1.67, 715, 2.02],
      [10.46, 20.1, 0.82, 5.98, 715, 0.53],
    ],
  );
});

/** The M1's sample, moved by seconds; a tenth of the length where wanted. */
function sampleAt(second: number, elapsedNs = 1_000_000_000): string {
  return fixtureText(`${FOLDER}pumas-m1.plist`)
    .replace("13:18:36Z", `13:18:${String(second).padStart(2, "0")}Z`)
    .replace("2019178750", String(elapsedNs));
}

async function secondsIn(text: string): Promise<{ seconds: unknown[]; problems: string[] }> {
  using folder = new ScratchFolder();
  using file = new TextFile(text, ".plist");
  const { problems } = await importInto(folder, [file.path]);
  const seconds = (await storedRows(folder)).map(({ ts }) => `${ts}`.slice(17, -1));
  return { seconds, problems: problems.map(({ line, reason }) => `${line}: ${reason}`) };
}

Deno.test("samples of a stream are found with the NUL before, behind and between them", async () => {
  const samples = [sampleAt(10), sampleAt(11), sampleAt(12)];
  const whole = { seconds: ["10.000", "11.000", "12.000"], problems: [] };
  deepEqual(await secondsIn(samples.join("\0")), whole);
  deepEqual(await secondsIn(samples.map((sample) => `${sample}\0`).join("")), whole);
  deepEqual(await secondsIn(samples.map((sample) => `\0${sample}`).join("")), whole);
  deepEqual(await secondsIn(samples.join("")), whole);
  deepEqual(await secondsIn(`Machine model: x\n\n${samples.join("\0")}`), whole);
});

Deno.test("a sample that is cut off costs itself only", async () => {
  const [first, second, third] = [sampleAt(10), sampleAt(11), sampleAt(12)];
  const half = second.slice(0, second.length / 2);
  const lines = first.split("\n").length;
  for (
    const [text, seconds] of [
      [first + "\0" + half, ["10.000"]],
      [first + "\0" + half + "\0" + third, ["10.000", "12.000"]],
      [first + "\0" + half + "\n" + third, ["10.000", "12.000"]],
    ] as const
  ) {
    deepEqual(await secondsIn(text), {
      seconds,
      problems: [`${lines}: this property list has no end`],
    });
  }
});

Deno.test("ten samples a second are ten moments, by their measured lengths", async () => {
  const samples = Array.from(
    { length: 20 },
    (_, i) => sampleAt(10 + Math.floor(i * 0.1), 100_000_000),
  );
  const { seconds } = await secondsIn(samples.join("\0"));
  deepEqual(seconds, samples.map((_, i) => (10 + i / 10).toFixed(3)));
});

Deno.test("a core without counters leaves the use of the CPU unknown, and uptime is no sample", async () => {
  const stuck = sampleAt(10)
    .replace("<real>0.907821</real>", "<real>nan</real>");
  const uptime = sampleAt(9).replace("<key>is_delta</key><true/>", "<key>is_delta</key><false/>");
  using file = new TextFile(uptime + "\0" + stuck, ".plist");
  using folder = new ScratchFolder();
  const result = await importInto(folder, [file.path]);
  ok(result.notes.has(STUCK_CORES));
  deepEqual([...result.leftOut], [[SINCE_BOOT, 1]]);
  deepEqual(columnsOf(await storedRows(folder), "cpu_pct", "ecpu_pct", "pcpu_pct", "cpu_watts"), [
    [undefined, undefined, 0.76, 0.04],
  ]);
});

Deno.test("twenty samples of text are twenty seconds", async () => {
  using folder = new ScratchFolder();
  const result = await importInto(folder, [fixture(`${FOLDER}m3pro-cpu_gpu-20samples.txt`)]);
  equal(result.problemCount, 0);
  const rows = await storedRows(folder);
  equal(rows.length, 20);
  deepEqual([...new Set(columnsOf(rows, "interval_s", "utc_offset_min").map(String))], ["1,-480"]);
  deepEqual(columnsOf([rows[0] ?? {}], "ts", "cpu_pct", "ecpu_pct", "pcpu_pct", "gpu_pct"), [
    // (19.92 + 17.01 + 18.77 + 9.79 + 2.36 + 1.32) / 6, (0.54 + 0.17 + 0 + 0.02 + 0) / 5, and all of them by 11.
    ["2025-12-25T13:32:23.000Z", 6.35, 11.53, 0.15, 1.01],
  ]);
  deepEqual(columnsOf(rows.slice(0, 2), "cpu_watts", "gpu_watts", "package_watts", "gpu_mhz"), [
    [0.06, 0.01, 0.08, 464],
    [0.03, 0.02, 0.05, 380],
  ]);
});

Deno.test("text of default samplers has network, disk operations and battery", async () => {
  using folder = new ScratchFolder();
  const result = await importInto(folder, [fixture(`${FOLDER}m4max-text-default-samplers.log`)]);
  ok(result.notes.has(UNCLEAR_DISK));
  const [row] = await storedRows(folder);
  deepEqual(row, {
    host: row?.host,
    ts: "2025-11-08T06:54:21.000Z",
    interval_s: 5.02,
    utc_offset_min: 540,
    // E: 55.11 + 50.11 + 54.07 + 46.61; P: 0.03 + 0.01 + 0 + 0 + 0.19, 35.50 + 31.16 + 30.48 + 39.84 + 28.42.
    cpu_pct: 26.54,
    ecpu_pct: 51.47,
    pcpu_pct: 16.56,
    gpu_pct: 1.63,
    gpu_mhz: 338,
    cpu_watts: 0.95,
    gpu_watts: 0.03,
    ane_watts: 0,
    package_watts: 0.98,
    net_rx_bytes_per_s: 113_800,
    net_tx_bytes_per_s: 4587,
    disk_read_ops_per_s: 8.56,
    disk_write_ops_per_s: 73.88,
    battery_pct: 36,
  });
});

Deno.test("macOS 12, Intel and the summary of a run give what can be compared", async () => {
  const cases = [
    { file: "powerserver-monterey-m2.txt", note: UNCLEAR_PACKAGE, columns: [0.01, undefined, 0.9] },
    {
      file: "powerserver-sonoma-intel.txt",
      note: INTEL_CPU,
      columns: [undefined, 8.53, undefined],
    },
    { file: "powerserver-sonoma-m1max.txt", note: undefined, columns: [0.21, 0.36, 12.98] },
    { file: "powerserver-tahoe-m4-summary.txt", note: undefined, columns: [0.42, 0.52, 10.21] },
  ];
  for (const { file, note, columns } of cases) {
    using folder = new ScratchFolder();
    const result = await importInto(folder, [fixture(FOLDER + file)]);
    equal(result.problemCount, 0);
    deepEqual([...result.notes], note ? [note] : []);
    deepEqual(columnsOf(await storedRows(folder), "cpu_watts", "package_watts", "cpu_pct"), [
      columns,
    ]);
  }
});

Deno.test("a summary behind the samples says the same again; a sample that is cut off says too little", async () => {
  const samples = fixtureText(`${FOLDER}m3pro-cpu_gpu-20samples.txt`);
  const summary = fixtureText(`${FOLDER}powerserver-tahoe-m4-summary.txt`);
  const third = samples.split("\n").findIndex((line, i) =>
    i > 130 && line.startsWith("*** Sampled")
  );
  const cut = samples.split("\n").slice(0, third + 20).join("\n");
  using file = new TextFile(`${cut}\n${summary}`, ".txt");
  using folder = new ScratchFolder();
  const result = await importInto(folder, [file.path]);
  deepEqual(result.problems, [{ file: file.path, line: third + 1, reason: CUT_OFF }]);
  deepEqual([...result.leftOut], [[SUMMARY, 1]]);
  equal((await storedRows(folder)).length, result.files[0]?.samples);
  ok((result.files[0]?.samples ?? 0) >= 2);
});
