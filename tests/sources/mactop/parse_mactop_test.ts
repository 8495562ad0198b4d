import { deepEqual, equal } from "node:assert/strict";
import type { MetricId } from "../../../src/model/mod.ts";
import { generationOf } from "../../../src/sources/mactop/generation.ts";
import { MactopText, parseMactop } from "../../../src/sources/mactop/parse_mactop.ts";
import {
  MetricTextParser,
  parseMetricText,
} from "../../../src/sources/prometheus_text/parse_metric_text.ts";
import { fixture, readingOf, seriesOf } from "./fixture.ts";

const GIB = 2 ** 30;
const KIB = 1024;

Deno.test("0.2.4: five families, and its total is the power of the package", () => {
  const reading = readingOf(parseMactop(fixture("mactop-0.2.4.metrics.txt")));
  deepEqual(reading.values, {
    cpu_pct: 21.48760330578512,
    gpu_pct: 9,
    gpu_mhz: 444,
    ram_used_bytes: 12.3076171875 * GIB,
    ram_total_bytes: 16 * GIB,
    swap_used_bytes: 1.5 * GIB,
    swap_total_bytes: 3 * GIB,
    cpu_watts: 3.4120000000000004,
    gpu_watts: 0.187,
    package_watts: 3.599,
  });
  deepEqual(reading.notes, []);
});

Deno.test("0.2.7: network in bytes; disk bytes and thermal state undecided against 2.0.0", () => {
  const reading = readingOf(parseMactop(fixture("mactop-0.2.7.metrics.txt")));
  deepEqual(reading.values, {
    cpu_pct: 23.81421568627451,
    ecpu_pct: 52.45098039215686,
    pcpu_pct: 14.26862745098039,
    gpu_pct: 11.283333333333333,
    gpu_mhz: 467,
    ram_used_bytes: 11.01171875 * GIB,
    ram_total_bytes: 16 * GIB,
    swap_used_bytes: 1.25 * GIB,
    swap_total_bytes: 2 * GIB,
    cpu_watts: 2.862,
    gpu_watts: 0.31764,
    gpu_sram_watts: 0.018,
    ane_watts: 0,
    dram_watts: 0.7240000000000001,
    rest_watts: 5.109813949584961,
    total_watts: 9.03145394958496,
    cpu_celsius: 47.92361068725586,
    gpu_celsius: 44.17852020263672,
    net_rx_bytes_per_s: 1.2345671839027484e6,
    net_tx_bytes_per_s: 18234.912374651274,
    disk_read_ops_per_s: 8.990627018273646,
    disk_write_ops_per_s: 113.88127538192647,
  });
  equal(reading.notes.length, 2);
});

Deno.test("a text that is looked up once reads the answers after it, until one is laid out differently", () => {
  const newest = fixture("mactop-2.1.5.metrics.txt");
  const later = newest.replaceAll(/ (\d+)\.\d+\n/g, " $1.25\n");
  const parser = new MetricTextParser();
  let known: MactopText | undefined;
  let lookedUp = 0;
  for (const text of [newest, later, fixture("mactop-2.1.3.metrics.txt"), newest, later]) {
    const metrics = parser.parse(text);
    if (known?.metrics !== metrics) {
      known = new MactopText(metrics);
      lookedUp++;
    }
    deepEqual(known.read(true), parseMactop(text));
  }
  equal(lookedUp, 3);
});

/** What the 2.1.3 and the 2.1.5 fixture have in common. */
const M4_PRO = {
  cpu_pct: 17.65919238982722,
  ecpu_pct: 31.856678314890317,
  pcpu_pct: 11.98019801980198,
  gpu_pct: 34.90841512469832,
  gpu_mhz: 812,
  ram_used_bytes: 29.5 * GIB,
  ram_total_bytes: 48 * GIB,
  swap_used_bytes: 0,
  swap_total_bytes: 0,
  cpu_watts: 4.318,
  gpu_watts: 2.0571428,
  gpu_sram_watts: 0.012,
  ane_watts: 0,
  dram_watts: 1.1360000000000001,
  rest_watts: 8.214107185363769,
  total_watts: 15.73724998536377,
  cpu_celsius: 51.608154296875,
  gpu_celsius: 46.23046875,
  disk_read_ops_per_s: 61.94271849302718,
  disk_write_ops_per_s: 218.7948271640183,
  tb_rx_bytes_per_s: 0,
  tb_tx_bytes_per_s: 0,
  dram_read_bytes_per_s: 12.418613248 * 1e9,
  dram_write_bytes_per_s: 4.903145472 * 1e9,
  dram_bytes_per_s: 17.32175872 * 1e9,
};

Deno.test("2.1.3: network and disk in bytes; the stuck thermal state and the S-cores are absent", () => {
  const reading = readingOf(parseMactop(fixture("mactop-2.1.3.metrics.txt")));
  deepEqual(reading.values, {
    ...M4_PRO,
    net_rx_bytes_per_s: 3.8847219471930265e6,
    net_tx_bytes_per_s: 48211.57310284719,
    disk_read_bytes_per_s: 1.2615931847201937e6,
    disk_write_bytes_per_s: 4.718592384619275e6,
  });
  deepEqual(reading.notes, [
    "the thermal state is always 0 in mactop 2.0.0 to 2.1.3: not recorded (update mactop)",
  ]);
});

Deno.test("2.1.5: network and disk in KiB, thermal state and battery are real", () => {
  const reading = readingOf(parseMactop(fixture("mactop-2.1.5.metrics.txt")));
  deepEqual(reading.values, {
    ...M4_PRO,
    net_rx_bytes_per_s: 3793.67377655569 * KIB,
    net_tx_bytes_per_s: 47.08161435824921 * KIB,
    disk_read_bytes_per_s: 1232.0245944533142 * KIB,
    disk_write_bytes_per_s: 4608.000375604761 * KIB,
    thermal_level: 1,
    battery_pct: 87,
    battery_charging: 0,
  });
  deepEqual(reading.notes, []);
});

Deno.test("2.1.3 and 2.1.5: cores, fans and sensors are series with stable labels", () => {
  for (const name of ["mactop-2.1.3.metrics.txt", "mactop-2.1.5.metrics.txt"]) {
    const reading = readingOf(parseMactop(fixture(name)));
    const cores = seriesOf(reading, "core_pct");
    equal(Object.keys(cores).length, 14);
    equal(cores["0e"], 41.66666666666667);
    equal(cores["4p"], 63.366336633663366);
    equal(cores["13p"], 0);
    deepEqual(seriesOf(reading, "fan_rpm"), { "Fan 0": 2317, "Fan 1": 2501 });
    const sensors = seriesOf(reading, "sensor_celsius");
    equal(Object.keys(sensors).length, 14);
    equal(sensors["Tp01 CPU P-Core 01"], 52.304691314697266);
    equal(sensors["Nv00 NVMe APPLE SSD AP0512Z"], 38.849998474121094);
    equal(reading.series.length, 14 + 2 + 14);
  }
});

Deno.test("series are left out when they are not wanted", () => {
  deepEqual(readingOf(parseMactop(fixture("mactop-2.1.5.metrics.txt"), false)).series, []);
});

Deno.test("the first second of mactop, when all is 0, is not ready rather than zeros", () => {
  for (
    const text of [
      fixture("mactop-0.2.7.startup.metrics.txt"),
      // From 2.1.4 on the labelled series are there at once, as zeros.
      edit("mactop-2.1.5.metrics.txt", ['{type="total"} 48', '{type="total"} 0']),
      edit("mactop-2.1.5.metrics.txt", ['{type="total"} 48', '{type="total"} NaN']),
    ]
  ) {
    deepEqual(parseMactop(text), {
      state: "not_ready",
      reason: "mactop answers, but has no data yet",
    });
  }
});

Deno.test("an endpoint without mactop_ series is not mactop", () => {
  equal(parseMactop(fixture("mactop-2.1.3.headless-registry.metrics.txt")).state, "failed");
});

const NEWEST = "mactop-2.1.5.metrics.txt";

/** A fixture with replacements, each of which must apply. */
function edit(name: string, ...replacements: readonly [string | RegExp, string][]): string {
  let text = fixture(name);
  for (const [from, to] of replacements) {
    const next = text.replace(from, to);
    if (next === text) throw new Error(`${from} is not in ${name}`);
    text = next;
  }
  return text;
}

function valuesOf(...replacements: readonly [string | RegExp, string][]) {
  return readingOf(parseMactop(edit(NEWEST, ...replacements))).values;
}

function absentIn(ids: readonly MetricId[], values: Partial<Record<MetricId, number>>): void {
  deepEqual(ids.filter((id) => id in values), []);
}

Deno.test("each generation is told by what it serves", () => {
  const old = "mactop-0.2.7.metrics.txt";
  const cases: readonly [string, string][] = [
    [fixture("mactop-0.2.4.metrics.txt"), "0.2.3–0.2.4"],
    [edit(old, [/.*component="system".*\n/, ""]), "0.2.5–0.2.6"],
    [fixture(old), "0.2.7 or 2.0.0–2.0.1"],
    [edit(old, [/.*mactop_power_watts\{.*\n/g, ""]), "0.2.7 or 2.0.0–2.0.1"],
    [fixture(old) + 'mactop_system_info{model="Apple M1 Pro"} 1\n', "2.0.2–2.0.9"],
    [fixture("mactop-2.1.3.metrics.txt"), "2.1.0–2.1.3"],
    [fixture(NEWEST), "2.1.4+"],
    ["mactop_cpu_usage_percent 1\n", "of an unknown version"],
  ];
  for (const [text, versions] of cases) {
    equal(generationOf(parseMetricText(text))?.versions, versions);
  }
  equal(generationOf(parseMetricText("go_goroutines 1\n")), undefined);
});

Deno.test("0.2.5 and 0.2.6: disk in KiB, a real thermal state, no rest power", () => {
  const text = edit(
    "mactop-0.2.7.metrics.txt",
    [/.*component="system".*\n/, ""],
    ["mactop_thermal_state 0", "mactop_thermal_state 2"],
  );
  const { values, notes } = readingOf(parseMactop(text));
  equal(values.disk_read_bytes_per_s, 127.84391820473616 * KIB);
  equal(values.disk_write_bytes_per_s, 2048.371928374619 * KIB);
  equal(values.net_rx_bytes_per_s, 1234567.1839027484);
  equal(values.thermal_level, 2);
  equal(values.total_watts, 9.03145394958496);
  absentIn(["rest_watts"], values);
  deepEqual(notes, []);
});

Deno.test("2.0.2 to 2.0.9: disk in bytes, thermal state dead", () => {
  const text = fixture("mactop-0.2.7.metrics.txt") +
    'mactop_system_info{core_count="8",e_core_count="2",model="Apple M1 Pro",p_core_count="6"} 1\n';
  const { values } = readingOf(parseMactop(text));
  equal(values.disk_read_bytes_per_s, 127.84391820473616);
  absentIn(["thermal_level"], values);
});

Deno.test("an unknown version: what depends on the version is absent, and said", () => {
  const text = fixture("mactop-0.2.4.metrics.txt").replace("Total", "overall") +
    'mactop_disk_kbytes_per_sec{operation="read"} 5\nmactop_thermal_state 1\n' +
    'mactop_network_kbytes_per_sec{direction="download"} 5\n';
  const { values, notes } = readingOf(parseMactop(text));
  equal(values.cpu_pct, 21.48760330578512);
  absentIn([
    "total_watts",
    "package_watts",
    "disk_read_bytes_per_s",
    "net_rx_bytes_per_s",
    "thermal_level",
  ], values);
  equal(notes.length, 1);
});

Deno.test("no battery: -1 is neither a charge nor a reason to say that it does not charge", () => {
  absentIn(
    ["battery_pct", "battery_charging"],
    valuesOf(["mactop_battery_percent 87", "mactop_battery_percent -1"]),
  );
});

Deno.test("temperatures of 0 are missing sensors", () => {
  const text = edit(
    NEWEST,
    [/mactop_gpu_temp_celsius 46.*/, "mactop_gpu_temp_celsius 0"],
    [/mactop_soc_temp_celsius 51.*/, "mactop_soc_temp_celsius 0"],
    [/name="CPU P-Core 01"} 52.*/, 'name="CPU P-Core 01"} 0'],
  );
  const reading = readingOf(parseMactop(text));
  absentIn(["gpu_celsius", "cpu_celsius"], reading.values);
  equal(Object.keys(seriesOf(reading, "sensor_celsius")).length, 13);
});

Deno.test("an idle GPU has 0 MHz; a busy one cannot", () => {
  const stopped: [RegExp, string] = [/mactop_gpu_freq_mhz 812/, "mactop_gpu_freq_mhz 0"];
  const idle: [RegExp, string] = [/mactop_gpu_usage_percent 34.*/, "mactop_gpu_usage_percent 0"];
  equal(valuesOf(stopped, idle).gpu_mhz, 0);
  absentIn(["gpu_mhz"], valuesOf(stopped));
});

Deno.test("classes of cores that the chip does not have are absent, those it has may idle", () => {
  const idleE: [RegExp, string] = [/ecore_usage_percent 31.*/, "ecore_usage_percent 0"];
  equal(valuesOf(idleE).ecpu_pct, 0);
  absentIn(["ecpu_pct"], valuesOf(idleE, ['e_core_count="4"', 'e_core_count="0"']));
  const superCores: [string, string] = ['s_core_count="0"', 's_core_count="6"'];
  equal(valuesOf(superCores).scpu_pct, 0);
  const unknown: [string, string] = [',s_core_count="0"', ""];
  absentIn(["scpu_pct"], valuesOf(unknown));
});

Deno.test("Ultra chips: E and P are mixed up, so only the cores by number remain", () => {
  const reading = readingOf(parseMactop(edit(NEWEST, ["Apple M4 Pro", "Apple M2 Ultra"])));
  absentIn(["ecpu_pct", "pcpu_pct"], reading.values);
  equal(seriesOf(reading, "core_pct")["4"], 63.366336633663366);
  equal(reading.notes.length, 1);
});

Deno.test("no reading of the machine's power: the sum of the parts is not passed off as it", () => {
  const values = valuesOf(
    [/component="system"} .*/, 'component="system"} 0'],
    [/component="total"} .*/, 'component="total"} 7.5231428'],
  );
  absentIn(["total_watts", "rest_watts"], values);
  equal(values.cpu_watts, 4.318);
});

Deno.test("macOS 27: parts that are not counted are absent, the machine's power stays", () => {
  const { values, notes } = readingOf(parseMactop(
    edit(
      NEWEST,
      [/component="cpu"} .*/, 'component="cpu"} 0'],
      [/component="gpu"} .*/, 'component="gpu"} 0'],
      [/component="gpu_sram"} .*/, 'component="gpu_sram"} 0'],
      [/component="dram"} .*/, 'component="dram"} 0'],
      [/component="system"} .*/, 'component="system"} 15.73724998536377'],
    ),
  ));
  equal(values.total_watts, 15.73724998536377);
  absentIn(
    ["cpu_watts", "gpu_watts", "gpu_sram_watts", "ane_watts", "dram_watts", "rest_watts"],
    values,
  );
  equal(notes.length, 1);
});

Deno.test("memory bandwidth: what is measured, combined, estimated or unavailable", () => {
  const directional = ['source="directional"} 1', 'source="directional"} 0'] as const;
  const source = (name: string): [string, string][] => [
    [...directional],
    [`source="${name}"} 0`, `source="${name}"} 1`],
  ];
  const ways: MetricId[] = ["dram_read_bytes_per_s", "dram_write_bytes_per_s"];
  for (const name of ["combined", "power_estimate"]) {
    const values = valuesOf(...source(name));
    equal(values.dram_bytes_per_s, 17.32175872 * 1e9);
    absentIn(ways, values);
  }
  absentIn([...ways, "dram_bytes_per_s"], valuesOf(...source("unavailable")));
  absentIn([...ways, "dram_bytes_per_s"], valuesOf([/(combined"}) 17.*/, "$1 0"]));
});

Deno.test("memory bandwidth up to 2.1.3: an M5's is an estimate, split in half", () => {
  const old = "mactop-2.1.3.metrics.txt";
  for (
    const replacement of [
      ["Apple M4 Pro", "Apple M5"],
      [/direction="read"} 12.418613248/, 'direction="read"} 4.903145472'],
    ] as const
  ) {
    const { values, notes } = readingOf(parseMactop(edit(old, [...replacement])));
    equal(values.dram_bytes_per_s, 17.32175872 * 1e9);
    absentIn(["dram_read_bytes_per_s", "dram_write_bytes_per_s"], values);
    equal(notes.length, 2);
  }
});

Deno.test("an underflow of a counter is left to the range check, and said", () => {
  const { values, notes } = readingOf(parseMactop(
    edit(NEWEST, [/direction="download"} 3793.*/, 'direction="download"} 1.8446744073709552e+19']),
  ));
  equal(values.net_rx_bytes_per_s, 1.8446744073709552e19 * KIB);
  deepEqual(notes, [
    "a network or disk counter of mactop ran backwards: that value is dropped",
  ]);
});

Deno.test("NaN and infinities go on to be dropped and counted; unknown families are ignored", () => {
  const values = valuesOf(
    [/mactop_cpu_usage_percent 17.*/, "mactop_cpu_usage_percent NaN"],
    [/mactop_gpu_usage_percent 34.*/, "mactop_gpu_usage_percent +Inf"],
    ["# HELP mactop_fan_rpm", 'mactop_new_thing{x="y"} 5\n# HELP mactop_fan_rpm'],
    ['mactop_memory_gb{type="swap_used"} 0', 'mactop_memory_gb{type="compressed"} 3'],
  );
  equal(values.cpu_pct, NaN);
  equal(values.gpu_pct, Infinity);
  absentIn(["swap_used_bytes"], values);
  equal(values.ram_used_bytes, 29.5 * GIB);
});

Deno.test("bad lines and series that come twice are said, and the rest is used", () => {
  const { values, notes } = readingOf(parseMactop(
    edit(NEWEST, [
      "mactop_gpu_freq_mhz 812",
      "mactop_gpu_freq_mhz fast\nmactop_battery_percent 3\nmactop_battery_percent 4",
    ]),
  ));
  absentIn(["gpu_mhz"], values);
  equal(values.battery_pct, 87);
  deepEqual(notes, [
    "lines that are not of the Prometheus format were skipped",
    "series that came twice were taken once: the first counts",
  ]);
});
