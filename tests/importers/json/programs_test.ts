import { deepEqual, equal, ok } from "node:assert/strict";
import { NO_CHIP, SCALED_ONLY } from "../../../src/importers/json/macmon.ts";
import { UNCLEAR_TOTAL } from "../../../src/importers/mactop_figures.ts";
import { ScratchFolder } from "../../journal/scratch_folder.ts";
import {
  columnsOf,
  fixture,
  fixtureText,
  importInto,
  storedRows,
  TextFile,
} from "../import_scene.ts";

const GIB = 2 ** 30;

Deno.test("mactop-scraper's parts are read with their zeros as what they are", async () => {
  using folder = new ScratchFolder();
  const file = fixture("import/mactop-scraper/mactop_metrics_part_0001.json");
  const result = await importInto(folder, [file], { host: "air" });
  equal(result.problemCount, 0);
  deepEqual([...result.leftOut], [["mactop had no data yet", 1]]);
  deepEqual([...result.notes], [UNCLEAR_TOTAL]);
  const common = {
    host: "air",
    utc_offset_min: 480,
    interval_s: 2,
    ram_used_bytes: 17.5 * GIB,
    ram_total_bytes: 24 * GIB,
    ram_pct: 72.92,
    swap_used_bytes: 2.25 * GIB,
    swap_total_bytes: 3 * GIB,
    swap_pressure_pct: 9.38,
    cpu_watts: 3.21,
    gpu_watts: 0.14,
  };
  deepEqual(await storedRows(folder), [
    {
      ...common,
      ts: "2025-10-20T13:15:02.105Z",
      cpu_pct: 31.4,
      gpu_pct: 9,
      gpu_mhz: 512,
      package_watts: 3.35,
    },
    { ...common, ts: "2025-10-20T13:15:04.105Z", cpu_pct: 33, gpu_pct: 0, gpu_mhz: 0 },
  ]);
});

Deno.test("mactop's stream, its array and its indented array are stored alike", async () => {
  const objects = fixtureText("mactop/mactop-0.2.7.headless.ndjson").trim().split("\n");
  const array = `[${objects.join("\n,")}\n]\n`;
  const pretty = objects.map((object) => JSON.stringify(JSON.parse(object), null, 2));
  const texts = [objects.join("\n"), array, array.slice(0, -3), `[${pretty.join("\n,")}\n]\n`];
  for (const text of texts) {
    using folder = new ScratchFolder();
    using file = new TextFile(text, ".json");
    const result = await importInto(folder, [file.path]);
    equal(result.problemCount, 0);
    const names = ["ts", "utc_offset_min", "interval_s", "cpu_pct", "total_watts", "rest_watts"];
    deepEqual(columnsOf(await storedRows(folder), ...names), [
      ["2025-12-10T08:15:02.000Z", 60, 1, 23.76, 9.03, 5.11],
      ["2025-12-10T08:15:03.000Z", 60, 1, 29.08, 10.21, 5.08],
      ["2025-12-10T08:15:05.000Z", 60, 2, 74.63, 24.82, 10.26],
    ]);
  }
});

Deno.test("every generation of mactop's headless output is imported by the recorder's own rules", async () => {
  const files = [
    "captured-0.2.5-dev.headless.json",
    "mactop-0.2.7.headless.json",
    "mactop-2.1.3.headless.json",
    "mactop-2.1.3.headless.ndjson",
  ];
  using folder = new ScratchFolder();
  for (const [i, file] of files.entries()) {
    const result = await importInto(folder, [fixture(`mactop/${file}`)], { host: `mac${i}` });
    equal(result.problemCount, 0);
    deepEqual(result.files.map(({ format }) => format.name), ["mactop"]);
  }
  const rows = (await storedRows(folder)).toSorted((a, b) => `${a.host}` < `${b.host}` ? -1 : 1);
  deepEqual(columnsOf(rows, "host", "cpu_pct", "ecpu_pct", "disk_read_bytes_per_s"), [
    ["mac0", 24.05, undefined, undefined],
    ["mac1", 23.76, 52.48, undefined],
    ["mac2", 17.66, 31.86, 1_262_000],
    ["mac3", 17.66, 31.86, 1_262_000],
    ["mac3", 47.45, 58.17, 49_170],
  ]);
});

Deno.test("macmon's active share is imported, never the scaled one", async () => {
  using folder = new ScratchFolder();
  const file = fixture("import/macmon/macmon.json");
  const result = await importInto(folder, [file], { timeZone: "Europe/Berlin", host: "pro" });
  ok(!result.notes.has(SCALED_ONLY));
  const [row] = await storedRows(folder);
  deepEqual(row, {
    host: "pro",
    ts: "2026-08-10T12:03:21.483Z",
    interval_s: 1,
    utc_offset_min: 120,
    cpu_pct: 17.51,
    ecpu_pct: 31.74,
    pcpu_pct: 11.82,
    gpu_pct: 34.91,
    gpu_mhz: 812,
    ram_used_bytes: 27648 * 2 ** 20,
    ram_total_bytes: 48 * GIB,
    ram_pct: 56.25,
    swap_used_bytes: 0,
    swap_total_bytes: 0,
    swap_pressure_pct: 0,
    cpu_watts: 4.32,
    gpu_watts: 2.06,
    gpu_sram_watts: 0.01,
    ane_watts: 0,
    dram_watts: 1.14,
    package_watts: 6.38,
    total_watts: 15.74,
    cpu_celsius: 51.2,
    gpu_celsius: 46.3,
  });
  const series = await storedRows(folder, "series");
  const labels = series.map(({ metric, label, value }) => `${metric} ${label} ${value}`).sort();
  equal(labels.length, 16);
  deepEqual([labels[0], labels[3], labels[8], labels.at(-1)], [
    "core_pct 0e 41.5",
    "core_pct 12p 0",
    "core_pct 4p 63.1",
    "fan_rpm fan1 2501",
  ]);
});

Deno.test("of macmon before 0.8 the use is left out, and that is said", async () => {
  // The readme's example has comments, which macmon does not print.
  const captured = fixtureText("import/macmon/macmon-0.6.0.readme.jsonc").replaceAll(
    /\/\/.*$/gm,
    "",
  );
  using readme = new TextFile(captured, ".json");
  for (const file of [readme.path, fixture("import/macmon/macmon-0.7.2.json")]) {
    using folder = new ScratchFolder();
    const result = await importInto(folder, [file]);
    equal(result.problemCount, 0);
    ok(result.notes.has(SCALED_ONLY));
    ok(!result.notes.has(NO_CHIP));
    const [row = {}] = await storedRows(folder);
    deepEqual([row.cpu_pct, row.ecpu_pct, row.gpu_pct], [undefined, undefined, undefined]);
    ok(Number(row.cpu_watts) > 0 && Number(row.gpu_mhz) > 0 && Number(row.total_watts) > 0);
  }
});

Deno.test("on an M5 Pro macmon's E-cores are P-cores, by the labels of its chip", async () => {
  const object = JSON.parse(fixtureText("import/macmon/macmon.json"));
  const soc = { ...object.soc, ecpu_label: "P", pcpu_label: "S" };
  using file = new TextFile(JSON.stringify({ ...object, soc }), ".json");
  using folder = new ScratchFolder();
  await importInto(folder, [file.path]);
  deepEqual(columnsOf(await storedRows(folder), "ecpu_pct", "pcpu_pct", "scpu_pct"), [
    [undefined, 31.74, 11.82],
  ]);
});
