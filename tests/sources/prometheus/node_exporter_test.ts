import { deepEqual, equal, ok } from "node:assert/strict";
import type { Reading } from "../../../src/model/mod.ts";
import { NodeExporterReader } from "../../../src/sources/prometheus/node_exporter.ts";
import { parseMetricText } from "../../../src/sources/prometheus_text/parse_metric_text.ts";
import { readingOf, seriesOf } from "../mactop/fixture.ts";

const FOLDER = new URL("../../fixtures/node_exporter/", import.meta.url);
const FIRST = Deno.readTextFileSync(new URL("linux-1.5.0.metrics.txt", FOLDER));
const LATER = Deno.readTextFileSync(new URL("linux-1.5.0.two-seconds-later.metrics.txt", FOLDER));

/** The readings of answers that came `everyMs` apart. */
function readAll(texts: readonly string[], everyMs = 2000): Reading[] {
  const reader = new NodeExporterReader();
  return texts.map((text, i) =>
    readingOf(
      reader.read(parseMetricText(text), { monotonicMs: 5000 + i * everyMs, wantSeries: true }),
    )
  );
}

function lastOf(texts: readonly string[], everyMs?: number): Reading {
  return readAll(texts, everyMs).at(-1) ?? { values: {}, series: [], notes: [] };
}

/** Equal but for the last digits of a difference of large counters. */
function near(actual: number | undefined, expected: number, what = ""): void {
  ok(
    actual !== undefined && Math.abs(actual - expected) <= 1e-6 * Math.abs(expected),
    `${what}: ${actual} instead of ${expected}`,
  );
}

Deno.test("the first answer gives gauges, and no rates", () => {
  const { values, series, notes } = lastOf([FIRST]);
  deepEqual(values, {
    load1: 0.95,
    load5: 0.8,
    load15: 0.7,
    connections: 2,
    ram_total_bytes: 25276514304,
    ram_available_bytes: 24638885888,
    ram_used_bytes: 25276514304 - 24638885888,
    // Cached + Buffers + SReclaimable − Shmem
    ram_cached_bytes: 1323479040 + 3461120 + 96743424 - 8998912,
    swap_total_bytes: 0,
    swap_used_bytes: 0,
  });
  deepEqual(series, [
    { metric: "fs_total_bytes", label: "/", value: 270553174016 },
    { metric: "fs_used_bytes", label: "/", value: 270553174016 - 256128589824 },
  ]);
  deepEqual(notes, []);
});

Deno.test("two seconds later there are rates: CPU by mode, disks, network, pressure", () => {
  const { values, series } = lastOf([FIRST, LATER]);
  // busy: user 1.23 + 1.96, system 0.03 + 0.03, softirq 0.01; idle 0.75 + 0.01; steal 0.01
  near(values.cpu_pct, 100 * 3.26 / 4.03, "cpu");
  near(values.cpu_steal_pct, 100 * 0.01 / 4.03, "steal");
  near(values.disk_read_bytes_per_s, (5721338880 - 5660427264) / 2);
  near(values.disk_write_bytes_per_s, (10360930304 - 10310397952) / 2);
  near(values.disk_read_ops_per_s, (133271 - 133103) / 2);
  near(values.disk_write_ops_per_s, (86761 - 86616) / 2);
  near(values.net_rx_bytes_per_s, (430655271 - 430654902) / 2);
  near(values.net_tx_bytes_per_s, (482859 - 482379) / 2);
  near(values.cpu_pressure_pct, 100 * (127.92253 - 127.780941) / 2);
  near(values.io_pressure_pct, 100 * (32.768437 - 32.696945) / 2);
  deepEqual([values.cpu_iowait_pct, values.mem_pressure_pct], [0, 0]);
  const cores = seriesOf({ values, series, notes: [] }, "core_pct");
  near(cores["0"], 100 * 1.26 / 2.02);
  near(cores["1"], 100 * 2 / 2.01);
  deepEqual(seriesOf({ values, series, notes: [] }, "if_rx_bytes_per_s"), { eth0: 184.5 });
});

Deno.test("a counter that goes down gives no rate that time, and goes on from there", () => {
  const reset = FIRST.replace(/(node_disk_written_bytes_total\{device="vda"}) .*/, "$1 1000")
    .replace(/(node_cpu_seconds_total\{cpu="0",mode="user"}) .*/, "$1 1");
  const after = reset.replace("} 1000\n", "} 5000\n");
  const [, second, third] = readAll([FIRST, reset, after]);
  equal(second?.values.disk_write_bytes_per_s, undefined);
  equal(second?.values.cpu_pct, undefined);
  equal(second?.values.disk_read_bytes_per_s, 0);
  equal(third?.values.disk_write_bytes_per_s, 2000);
});

Deno.test("a CPU that is switched on does not bring its past into the use of now", () => {
  const cpu = (number: number, idle: number, user: number) =>
    `node_cpu_seconds_total{cpu="${number}",mode="idle"} ${idle}\n` +
    `node_cpu_seconds_total{cpu="${number}",mode="user"} ${user}\n`;
  const [, two, one] = readAll([
    cpu(0, 100, 10),
    cpu(0, 101.5, 10.5) + cpu(1, 5000, 90000),
    cpu(0, 102.5, 11.5),
  ]);
  near(two?.values.cpu_pct, 25);
  near(one?.values.cpu_pct, 50);
});

Deno.test("only whole disks and real interfaces count; without any, what there is", () => {
  const counters = (family: string, devices: readonly string[], value: number) =>
    devices.map((device) => `${family}{device="${device}"} ${value}\n`).join("");
  const read = "node_disk_read_bytes_total";
  const received = "node_network_receive_bytes_total";
  const disks =
    "sda sda1 nvme0n1 nvme0n1p2 nvme0c0n1 mmcblk0 mmcblk0p1 mmcblk0boot0 dm-0 md127 loop3 zram0 sr0 disk0";
  const interfaces =
    "lo lo0 eth0 enp3s0.100 wlp2s0 en0 nic0 docker0 br-12ab virbr0 veth1 tun0 utun4 wg0 bond0 ifb0 vmbr0 fwbr9 awdl0 bridge100";
  const both = (value: number) =>
    counters(read, disks.split(" "), value) + counters(received, interfaces.split(" "), value);
  const { values, series, notes } = lastOf([both(0), both(200)]);
  // sda, nvme0n1, mmcblk0, disk0
  equal(values.disk_read_bytes_per_s, 4 * 100);
  // eth0, wlp2s0, en0, nic0
  equal(values.net_rx_bytes_per_s, 4 * 100);
  deepEqual(Object.keys(seriesOf({ values, series, notes }, "if_rx_bytes_per_s")), [
    "eth0",
    "wlp2s0",
    "en0",
    "nic0",
  ]);
  const odd = (value: number) =>
    counters(read, ["xvda1"], value) + counters(received, ["lo", "tun0"], value);
  const alone = lastOf([odd(0), odd(200)]).values;
  deepEqual([alone.disk_read_bytes_per_s, alone.net_rx_bytes_per_s], [100, 100]);
});

Deno.test("a device that comes or goes neither adds its past nor costs the others", () => {
  const family = "node_network_transmit_bytes_total";
  const [, come, gone] = readAll([
    `${family}{device="eth0"} 1000\n`,
    `${family}{device="eth0"} 1400\n${family}{device="eth1"} 999999\n`,
    `${family}{device="eth1"} 1000999\n`,
  ]);
  equal(come?.values.net_tx_bytes_per_s, 200);
  equal(gone?.values.net_tx_bytes_per_s, 500);
});

const LAPTOP = `node_hwmon_chip_names{chip="platform_coretemp_0",chip_name="coretemp"} 1
node_hwmon_chip_names{chip="nvme_nvme0",chip_name="nvme"} 1
node_hwmon_chip_names{chip="nvme_nvme1",chip_name="nvme"} 1
node_hwmon_chip_names{chip="thinkpad",chip_name="thinkpad"} 1
node_hwmon_sensor_label{chip="platform_coretemp_0",label="package_id_0",sensor="temp1"} 1
node_hwmon_sensor_label{chip="platform_coretemp_0",label="core_0",sensor="temp2"} 1
node_hwmon_sensor_label{chip="nvme_nvme0",label="Composite",sensor="temp1"} 1
node_hwmon_temp_celsius{chip="platform_coretemp_0",sensor="temp1"} 56
node_hwmon_temp_celsius{chip="platform_coretemp_0",sensor="temp2"} 51
node_hwmon_temp_celsius{chip="nvme_nvme0",sensor="temp1"} 41.85
node_hwmon_temp_celsius{chip="nvme_nvme1",sensor="temp1"} 38.85
node_hwmon_fan_rpm{chip="thinkpad",sensor="fan1"} 2310
node_cpu_scaling_frequency_hertz{cpu="0"} 1.2e+09
node_cpu_scaling_frequency_hertz{cpu="1"} 3.4e+09
node_rapl_package_joules_total{index="0",path="/sys/class/powercap/intel-rapl:0"} 1000
node_rapl_package_joules_total{index="0",path="/sys/class/powercap/intel-rapl-mmio:0"} 1000
node_filesystem_size_bytes{device="/dev/sda2",fstype="ext4",mountpoint="/"} 1000
node_filesystem_size_bytes{device="/dev/sda2",fstype="ext4",mountpoint="/etc/hosts"} 1000
node_filesystem_size_bytes{device="/dev/sda3",fstype="xfs",mountpoint="/srv/my data"} 500
node_filesystem_size_bytes{device="tmpfs",fstype="tmpfs",mountpoint="/run"} 100
node_filesystem_free_bytes{device="/dev/sda2",fstype="ext4",mountpoint="/"} 400
`;

Deno.test("temperatures, fans, clocks, power and file systems are named as the native source does", () => {
  const reading = lastOf([LAPTOP, LAPTOP.replaceAll(/0"} 1000$/gm, '0"} 1036')]);
  equal(reading.values.cpu_celsius, 56);
  equal(reading.values.cpu_mhz, 2300);
  // 36 J in 2 s, once: the second path is the same package
  equal(reading.values.package_watts, 18);
  deepEqual(seriesOf(reading, "sensor_celsius"), {
    "coretemp Package id 0": 56,
    "coretemp Core 0": 51,
    "nvme nvme_nvme0 Composite": 41.85,
    "nvme nvme_nvme1 temp1": 38.85,
  });
  deepEqual(seriesOf(reading, "fan_rpm"), { "thinkpad fan1": 2310 });
  deepEqual(seriesOf(reading, "fs_total_bytes"), { "/": 1000, "/srv/my data": 500 });
  deepEqual(seriesOf(reading, "fs_used_bytes"), { "/": 600 });
});

Deno.test("without sensor chips the CPU's thermal zone tells its temperature", () => {
  const zones = 'node_thermal_zone_temp{type="acpitz",zone="0"} 28\n' +
    'node_thermal_zone_temp{type="x86_pkg_temp",zone="1"} 61\n';
  equal(lastOf([zones]).values.cpu_celsius, 61);
});

Deno.test("macOS: memory as mactop counts it, and modes that it does not have are absent", () => {
  const mac = (user: number) =>
    `node_cpu_seconds_total{cpu="0",mode="idle"} 100
node_cpu_seconds_total{cpu="0",mode="nice"} 0
node_cpu_seconds_total{cpu="0",mode="system"} 50
node_cpu_seconds_total{cpu="0",mode="user"} ${user}
node_load1 2.5
node_memory_total_bytes 1.7179869184e+10
node_memory_free_bytes 1e+09
node_memory_inactive_bytes 4e+09
node_memory_active_bytes 5e+09
node_memory_wired_bytes 3e+09
node_memory_compressed_bytes 2e+09
node_memory_swap_total_bytes 2.147483648e+09
node_memory_swap_used_bytes 1e+09
`;
  deepEqual(lastOf([mac(10), mac(12)]).values, {
    cpu_pct: 100,
    load1: 2.5,
    ram_total_bytes: 17179869184,
    ram_used_bytes: 17179869184 - 5e9,
    swap_total_bytes: 2147483648,
    swap_used_bytes: 1e9,
  });
});

Deno.test("what a collector does not give is absent, never 0", () => {
  deepEqual(lastOf(["node_load1 1\n", "node_load1 1\n"]).values, { load1: 1 });
});
