import { deepEqual, equal } from "node:assert/strict";
import { parseHeadless } from "../../../src/sources/mactop/parse_headless.ts";
import { splitHeadless } from "../../../src/sources/mactop/split_headless.ts";
import { fixture, readingOf, seriesOf } from "./fixture.ts";

const KIB = 1024;

/** The readings of a saved output, the first object taken for the first of its stream. */
function readingsOf(name: string) {
  const { objects, badLines } = splitHeadless(fixture(name));
  equal(badLines, 0);
  return objects.map((object, i) =>
    readingOf(parseHeadless(object, { isFirst: i === 0, wantSeries: true }))
  );
}

const FIRST_OF_0_2_7 = {
  cpu_pct: 23.762376237623762,
  // (53.46534653465347 + 51.48514851485149) / 2, and the mean of the six others
  ecpu_pct: 52.475247524752476,
  pcpu_pct: 14.191419141914194,
  gpu_pct: 11.283333333333333,
  gpu_mhz: 467,
  ram_used_bytes: 11823742976,
  ram_total_bytes: 16 * 2 ** 30,
  swap_used_bytes: 1.25 * 2 ** 30,
  swap_total_bytes: 2 * 2 ** 30,
  cpu_watts: 2.862,
  gpu_watts: 0.31764,
  gpu_sram_watts: 0.018,
  ane_watts: 0,
  dram_watts: 0.7240000000000001,
  total_watts: 9.03145408630371,
  rest_watts: 5.109814086303709,
  cpu_celsius: 47.92361,
  gpu_celsius: 44.17852,
  thermal_level: 0,
};

Deno.test("0.2.7: the first object has no rates, since there was nothing before", () => {
  for (const name of ["mactop-0.2.7.headless.json", "mactop-0.2.7.headless.ndjson"]) {
    const [first] = readingsOf(name);
    deepEqual(first?.values, FIRST_OF_0_2_7);
    deepEqual(first?.notes, []);
  }
});

Deno.test("0.2.7: later objects give network in bytes and disk in KiB", () => {
  const [, second, third] = readingsOf("mactop-0.2.7.headless.ndjson");
  equal(second?.values.net_rx_bytes_per_s, 1234567.1839027484);
  equal(second?.values.net_tx_bytes_per_s, 18234.912374651274);
  equal(second?.values.disk_read_bytes_per_s, 127.84391820473616 * KIB);
  equal(second?.values.disk_write_bytes_per_s, 2048.371928374619 * KIB);
  equal(second?.values.disk_read_ops_per_s, 8.990627018273646);
  equal(third?.values.thermal_level, 1);
  equal(third?.values.total_watts, 24.81935691833496);
  equal(third?.values.rest_watts, 10.264056918334958);
});

Deno.test("2.1.3: temperatures and fans are inside, the thermal state is stuck", () => {
  for (const name of ["mactop-2.1.3.headless.json", "mactop-2.1.3.headless.ndjson"]) {
    const [first] = readingsOf(name);
    deepEqual(first?.values, {
      cpu_pct: 17.65919238982722,
      // means of core_usages 0-3 and 4-13; ecpu_usage and pcpu_usage are another quantity
      ecpu_pct: (41.66666666666667 + 38.23529411764706 + 27.722772277227726 +
        19.801980198019802) / 4,
      pcpu_pct: 11.98019801980198,
      gpu_pct: 34.90841512469832,
      gpu_mhz: 812,
      ram_used_bytes: 29.5 * 2 ** 30,
      ram_total_bytes: 48 * 2 ** 30,
      swap_used_bytes: 0,
      swap_total_bytes: 0,
      cpu_watts: 4.318,
      gpu_watts: 2.0571428,
      gpu_sram_watts: 0.012,
      ane_watts: 0,
      dram_watts: 1.1360000000000001,
      total_watts: 15.73724937438965,
      rest_watts: 8.214106574389652,
      cpu_celsius: 51.608154,
      gpu_celsius: 46.23047,
      net_rx_bytes_per_s: 3884721.9471930265,
      net_tx_bytes_per_s: 48211.57310284719,
      disk_read_bytes_per_s: 1232.0245944533142 * KIB,
      disk_write_bytes_per_s: 4608.000375604761 * KIB,
      disk_read_ops_per_s: 61.94271849302718,
      disk_write_ops_per_s: 218.7948271640183,
      tb_rx_bytes_per_s: 0,
      tb_tx_bytes_per_s: 0,
      dram_read_bytes_per_s: 12.418613248 * 1e9,
      dram_write_bytes_per_s: 4.903145472 * 1e9,
      dram_bytes_per_s: 17.32175872 * 1e9,
    });
    deepEqual(first?.notes, [
      "the thermal state is always 0 in mactop 2.0.0 to 2.1.3: not recorded (update mactop)",
    ]);
    deepEqual(seriesOf(first, "fan_rpm"), { "Fan 0": 2317, "Fan 1": 2501 });
    equal(seriesOf(first, "sensor_celsius")["CPU P-Core"], 52.6);
    const cores = seriesOf(first, "core_pct");
    deepEqual([cores["3e"], cores["4p"]], [19.801980198019802, 63.366336633663366]);
  }
});

Deno.test("captured on an M1 Ultra before 0.2.5: old power meaning, shrunken rates, mixed-up cores", () => {
  const [reading] = readingsOf("captured-0.2.5-dev.headless.json");
  deepEqual(reading?.values, {
    cpu_pct: 24.052424536171074,
    gpu_pct: 13.709099344350134,
    gpu_mhz: 645,
    ram_used_bytes: 95795822592,
    ram_total_bytes: 128 * 2 ** 30,
    swap_used_bytes: 20288831488,
    swap_total_bytes: 20 * 2 ** 30,
    cpu_watts: 5.971,
    gpu_watts: 1.43491417,
    gpu_sram_watts: 0.04,
    ane_watts: 0,
    dram_watts: 4.119,
    // system_power; total_power 11.56 is the sum of the five parts
    total_watts: 45.92987823486328,
    cpu_celsius: 66.51124,
    gpu_celsius: 59.767166,
    thermal_level: 1,
    disk_read_ops_per_s: 2.6754689008468664,
    disk_write_ops_per_s: 275.5732967872272,
  });
  equal(Object.keys(seriesOf(reading, "core_pct")).length, 20);
  equal(reading.notes.length, 2);
});

/** The 2.1.3 object with some fields replaced. */
function changed(change: (object: Record<string, Record<string, unknown>>) => void) {
  const object = JSON.parse(fixture("mactop-2.1.3.headless.json"))[0];
  change(object);
  return readingOf(parseHeadless(object, { isFirst: false, wantSeries: true }));
}

Deno.test("from 2.1.4 on the thermal level is a number, and a battery has a charge", () => {
  const { values, notes } = changed((object) => {
    Object.assign(object, { thermal_level: 3, thermal_state: "Schwer" });
    object.battery = { present: true, percent: 64, charging: true };
  });
  deepEqual([values.thermal_level, values.battery_pct, values.battery_charging], [3, 64, 1]);
  deepEqual(notes, []);
});

Deno.test("power that adds up in no known way is absent, and said", () => {
  const { values, notes } = changed(({ soc_metrics }) => {
    Object.assign(soc_metrics ?? {}, { total_power: 100, system_power: 3 });
  });
  deepEqual([values.total_watts, values.rest_watts, values.cpu_watts], [
    undefined,
    undefined,
    4.318,
  ]);
  equal(notes.length, 2);
});

Deno.test("a machine sensor that cannot be read leaves no total", () => {
  const { values } = changed(({ soc_metrics }) => {
    Object.assign(soc_metrics ?? {}, {
      total_power: 4.318 + 2.0571428 + 1.1360000000000001 + 0.012,
      system_power: 0,
    });
  });
  deepEqual([values.total_watts, values.rest_watts], [undefined, undefined]);
});

Deno.test("fields of a wrong type are absent, and words of any kind are no thermal level", () => {
  const { values } = changed((object) => {
    Object.assign(object, { cpu_usage: "12", gpu_usage: null, core_usages: [1, "2"], fans: {} });
    Object.assign(object, { thermal_state: "constructor" });
    delete object.rdma_status;
    object.net_disk = { in_bytes_per_sec: [], out_bytes_per_sec: 5 };
  });
  const { cpu_pct, gpu_pct, ecpu_pct, net_rx_bytes_per_s, net_tx_bytes_per_s } = values;
  deepEqual([cpu_pct, gpu_pct, ecpu_pct, net_rx_bytes_per_s, values.thermal_level], [
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  equal(net_tx_bytes_per_s, 5);
});

Deno.test("what is not an object of mactop's is refused, one without memory yet is not ready", () => {
  const options = { isFirst: false, wantSeries: false };
  for (const other of [null, 5, "x", [], {}, { memory: { total: "16" } }]) {
    equal(parseHeadless(other, options).state, "failed");
  }
  equal(parseHeadless({ memory: { total: 0 } }, options).state, "not_ready");
});

Deno.test("objects are found in arrays, streams, and outputs that were cut off", () => {
  const cases: readonly [string, number, number][] = [
    ['[{"a":1}\n,{"a":2}\n]\n', 2, 0],
    ['[{"a":1}\n,{"a":2}\n', 2, 0],
    ['[{"a":1}\n,{"a":2}\n,{"a":', 2, 1],
    ['{"a":1}\n{"a":2}\n', 2, 0],
    ['[\n  {\n    "a": 1\n  }\n]', 1, 0],
    ['{"a":1}', 1, 0],
    ["", 0, 0],
    ["[\n]\n", 0, 0],
    ["nonsense\n", 0, 1],
  ];
  for (const [text, objects, badLines] of cases) {
    const split = splitHeadless(text);
    deepEqual([split.objects.length, split.badLines], [objects, badLines], text);
  }
});
