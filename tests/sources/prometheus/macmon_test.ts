import { deepEqual, equal } from "node:assert/strict";
import { macmon } from "../../../src/sources/prometheus/macmon.ts";
import { parseMetricText } from "../../../src/sources/prometheus_text/parse_metric_text.ts";
import { readingOf, seriesOf } from "../mactop/fixture.ts";

const TEXT = Deno.readTextFileSync(
  new URL("../../fixtures/macmon/macmon-0.8.2.metrics.txt", import.meta.url),
);

function read(text: string) {
  return macmon.createReader().read(parseMetricText(text), { monotonicMs: 0, wantSeries: true });
}

Deno.test("macmon 0.8.2: time in use, not the figure scaled by frequency", () => {
  const reading = readingOf(read(TEXT));
  deepEqual(reading.values, {
    cpu_pct: 0.17512 * 100,
    ecpu_pct: 0.3174 * 100,
    pcpu_pct: 0.11819 * 100,
    gpu_pct: 0.34908 * 100,
    gpu_mhz: 812,
    ram_used_bytes: 28991029248,
    ram_total_bytes: 48 * 2 ** 30,
    swap_used_bytes: 0,
    swap_total_bytes: 0,
    cpu_watts: 4.318,
    gpu_watts: 2.057143,
    ane_watts: 0,
    dram_watts: 1.136,
    gpu_sram_watts: 0.012,
    package_watts: 6.375143,
    total_watts: 15.737249,
    cpu_celsius: 51.20417,
    gpu_celsius: 46.3311,
  });
  deepEqual(seriesOf(reading, "fan_rpm"), { fan0: 2317, fan1: 2501 });
  deepEqual(reading.notes, []);
});

Deno.test("macmon 0.7: usage is scaled by frequency only, so it is absent and said", () => {
  const reading = readingOf(read(TEXT.replaceAll(/.*_(active|scaled)_ratio.*\n/g, "")));
  const { cpu_pct, ecpu_pct, pcpu_pct, gpu_pct, cpu_watts } = reading.values;
  deepEqual([cpu_pct, ecpu_pct, pcpu_pct, gpu_pct], [undefined, undefined, undefined, undefined]);
  equal(cpu_watts, 4.318);
  equal(reading.notes.length, 1);
});

Deno.test("a total or a temperature of 0 could not be read", () => {
  const text = TEXT.replace(/(macmon_sys_power_watts\{.*}) .*/, "$1 0")
    .replace(/(macmon_gpu_temp_celsius\{.*}) .*/, "$1 0");
  const { total_watts, gpu_celsius } = readingOf(read(text)).values;
  deepEqual([total_watts, gpu_celsius], [undefined, undefined]);
});

Deno.test("M5 Pro and Max: what macmon calls E-cores are P-cores, and its P-cores S-cores", () => {
  const { values } = readingOf(read(TEXT.replaceAll("Apple M4 Pro", "Apple M5 Max")));
  deepEqual([values.ecpu_pct, values.pcpu_pct, values.scpu_pct], [
    undefined,
    0.3174 * 100,
    0.11819 * 100,
  ]);
});

Deno.test("without memory figures it is not ready", () => {
  equal(read(TEXT.replace(/(macmon_memory_ram_total_bytes\{.*}) .*/, "$1 0")).state, "not_ready");
});
