import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import fc from "fast-check";
import { findMetric, findSeriesMetric, isPlausible, SourceError } from "../../../src/model/mod.ts";
import { createNativeSource } from "../../../src/sources/native/mod.ts";
import { propertyRuns } from "../../property_runs.ts";
import { FakeMachine, filesOf, readingOf, readTwoSecondsLater, sourceOn } from "./fake_machine.ts";

const KIB = 1024;

Deno.test("an Intel laptop: every metric that it has, over two seconds, as calculated by hand", async () => {
  using machine = new FakeMachine("intel_laptop");
  const { values, labelled, notes } = await readTwoSecondsLater(
    machine,
    () => machine.apply("intel_laptop.later"),
  );
  deepEqual(values, {
    cpu_pct: 25, // (150 user + 10 nice + 30 system + 10 softirq) of 4 cores × 200 ticks
    cpu_iowait_pct: 5, // 40 of 800
    cpu_steal_pct: 5,
    cpu_mhz: 2000, // mean of 800, 1200, 2000, 4000
    cpu_pressure_pct: 15, // 0.3 s of 2 s
    mem_pressure_pct: 0,
    io_pressure_pct: 100, // 2.0001 s of 2 s
    load1: 0.52,
    load5: 1.07,
    load15: 2.25,
    ram_total_bytes: 16_000_000 * KIB,
    ram_available_bytes: 9_000_000 * KIB,
    ram_used_bytes: 7_000_000 * KIB,
    ram_cached_bytes: 6_200_000 * KIB, // 6.0 + 0.3 + 0.4 − 0.5
    swap_total_bytes: 8_000_000 * KIB,
    swap_used_bytes: 500_000 * KIB,
    disk_read_ops_per_s: 7, // 10 + 4; not the partitions, dm-0 and the hidden path
    disk_read_bytes_per_s: (4000 + 96) * 512 / 2,
    disk_write_ops_per_s: 16,
    disk_write_bytes_per_s: (2048 + 8) * 512 / 2,
    net_rx_bytes_per_s: 150_000, // Wi-Fi only
    net_tx_bytes_per_s: 25_000,
    connections: 37,
    cpu_celsius: 61,
    package_watts: 15, // 30 J, across a wrap
    cpu_watts: 9,
    dram_watts: 1.5,
    total_watts: 25,
    battery_pct: 37.5, // 30 of 80 Wh
    battery_charging: 1,
    gpu_mhz: 350,
  });
  deepEqual(labelled, {
    "core_pct 0": 50,
    "core_pct 1": 20,
    "core_pct 2": 15,
    "core_pct 3": 15,
    "core_mhz 0": 800,
    "core_mhz 1": 1200,
    "core_mhz 2": 2000,
    "core_mhz 3": 4000,
    "if_rx_bytes_per_s wlp0s20f3": 150_000,
    "if_tx_bytes_per_s wlp0s20f3": 25_000,
    "sensor_celsius acpitz temp1": 27.8,
    "sensor_celsius nvme Composite": 38.85,
    "sensor_celsius coretemp Package id 0": 61,
    "sensor_celsius coretemp Core 0": 59,
    "fan_rpm thinkpad fan1": 2604,
    "fan_rpm thinkpad fan2": 0,
    "fs_used_bytes /": 400,
    "fs_total_bytes /": 1000,
    "fs_used_bytes /media/me/USB STICK": 400,
    "fs_total_bytes /media/me/USB STICK": 1000,
  });
  deepEqual(notes, []);
});

Deno.test("an AMD desktop: Tdie, the card's meters, two disks, and memory of a kernel without MemAvailable", async () => {
  using machine = new FakeMachine("amd_desktop");
  const { values, labelled } = await readTwoSecondsLater(
    machine,
    () => machine.apply("amd_desktop.later"),
  );
  deepEqual(values, {
    // No cpu_pct: not one tick went by in /proc/stat.
    cpu_mhz: 4000.25,
    cpu_celsius: 62.5,
    load1: 3,
    load5: 2,
    load15: 1,
    ram_total_bytes: 32_000_000 * KIB,
    ram_available_bytes: 18_500_000 * KIB,
    ram_used_bytes: 13_500_000 * KIB,
    swap_total_bytes: 0,
    swap_used_bytes: 0,
    disk_read_ops_per_s: 5,
    disk_read_bytes_per_s: 25_600,
    disk_write_ops_per_s: 15,
    disk_write_bytes_per_s: 153_600,
    gpu_pct: 73,
    gpu_mhz: 2100,
    gpu_celsius: 51,
    gpu_watts: 153,
    gpu_memory_used_bytes: 2 ** 31,
    gpu_memory_total_bytes: 17_163_091_968,
  });
  deepEqual(Object.keys(labelled).filter((key) => key.startsWith("sensor")), [
    "sensor_celsius nvme nvme0 Composite",
    "sensor_celsius nvme nvme1 Composite",
    "sensor_celsius k10temp Tctl",
    "sensor_celsius k10temp Tdie",
  ]);
});

Deno.test("a bare virtual machine: what it does not have is absent, its nominal CPU clock included", async () => {
  using machine = new FakeMachine("bare_vm");
  const { values, labelled } = await readTwoSecondsLater(machine);
  const absent = ["cpu_mhz", "cpu_celsius", "gpu_pct", "package_watts", "battery_pct", "cpu_pct"];
  deepEqual(absent.filter((id) => id in values), []);
  equal(values.ram_used_bytes, (values.ram_total_bytes ?? 0) - (values.ram_available_bytes ?? 0));
  equal(values.disk_read_bytes_per_s, 0);
  equal(values.net_rx_bytes_per_s, 0);
  equal(labelled["fs_total_bytes /"], 1000);
});

Deno.test("each file of a machine may be missing: the read goes on with the rest", async () => {
  using machine = new FakeMachine("intel_laptop");
  for (const { path, text } of filesOf("intel_laptop")) {
    machine.remove(path);
    const { values } = await readTwoSecondsLater(machine);
    ok(Object.keys(values).length > 15, path);
    machine.write(path, text);
  }
});

Deno.test("where nothing can be read, open says what to look at", async () => {
  using machine = new FakeMachine();
  await rejects(sourceOn(machine).open(), (error) => {
    ok(error instanceof SourceError);
    equal(error.message, "the native source could read nothing of this machine");
    deepEqual(error.hints, [
      "on Linux it reads /proc and /sys: are they mounted and readable here?",
    ]);
    return true;
  });
});

Deno.test("when everything goes away later, the read fails with a reason and recovers by itself", async () => {
  using machine = new FakeMachine();
  machine.write("proc/loadavg", "1.00 2.00 3.00 1/2 3\n");
  const { source, open, read } = sourceOn(machine);
  await open();
  machine.write("proc/loadavg", "");
  deepEqual(await read(1000), {
    state: "failed",
    reason: "the native source could read nothing of this machine",
  });
  machine.write("proc/loadavg", "4.00 2.00 3.00 1/2 3\n");
  equal(readingOf(await read(2000)).values.load1, 4);
  await source.close();
  await source.close();
});

Deno.test("one subject that breaks is noted, in the same words every time, and costs no other", async () => {
  using machine = new FakeMachine("intel_laptop");
  const spaceOf = () => {
    throw new Error("some text of the moment");
  };
  const { values, notes } = await readTwoSecondsLater(machine, () => {}, { spaceOf });
  deepEqual(notes, ["file systems: could not be read"]);
  equal(values.connections, 37);
});

Deno.test("a device that comes later is found within a minute", async () => {
  using machine = new FakeMachine("bare_vm");
  const { source, open, read } = sourceOn(machine);
  await open();
  machine.write("sys/class/hwmon/hwmon0/name", "k10temp\n");
  machine.write("sys/class/hwmon/hwmon0/temp1_input", "44000\n");
  equal(readingOf(await read(59_000)).values.cpu_celsius, undefined);
  equal(readingOf(await read(60_000)).values.cpu_celsius, 44);
  await source.close();
});

Deno.test("labelled values come only when they are wanted", async () => {
  using machine = new FakeMachine("intel_laptop");
  const { source, open, read } = sourceOn(machine);
  await open();
  deepEqual(readingOf(await read(1000, false)).labelled, {});
  ok(Object.keys(readingOf(await read(2000, true)).labelled).length > 10);
  await source.close();
});

Deno.test("a system other than Linux and macOS is refused by name", async () => {
  const source = createNativeSource({ os: "windows" });
  await rejects(source.open(new AbortController().signal), /not windows/);
});

Deno.test("a read that was given up says so", async () => {
  using machine = new FakeMachine("bare_vm");
  const { source, open } = sourceOn(machine);
  await open();
  const signal = AbortSignal.abort(new Error("took 5 s"));
  deepEqual(await source.read({ monotonicMs: 1000, wantSeries: false, signal }), {
    state: "failed",
    reason: "the read was given up: took 5 s",
  });
  await source.close();
});

Deno.test("garbage in any files never throws, and what is read is a number", async () => {
  const paths = filesOf("intel_laptop").map(({ path }) => path);
  const garbage = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: fc.constantFrom(..."0123456789-. \n:kBcpusome total=".split("")) })
      .map((text) => new TextEncoder().encode(text)),
  );
  const damage = fc.array(fc.tuple(fc.constantFrom(...paths), garbage), {
    minLength: 1,
    maxLength: 40,
  });
  using machine = new FakeMachine("intel_laptop");
  await fc.assert(
    fc.asyncProperty(damage, damage, async (first, second) => {
      machine.apply("intel_laptop");
      for (const [path, bytes] of first) machine.write(path, bytes);
      const { source, open, read } = sourceOn(machine);
      try {
        await open();
        for (const [path, bytes] of second) machine.write(path, bytes);
        const result = await read(1000, true);
        equal(result.state, "ok");
        if (result.state !== "ok") return;
        ok(Object.values(result.reading.values).every(Number.isFinite));
        ok(result.reading.series.every(({ value }) => Number.isFinite(value)));
        deepEqual(result.reading.notes, []);
      } finally {
        await source.close();
      }
    }),
    { numRuns: propertyRuns(30) },
  );
});

Deno.test({
  name: "this very machine, under load: cpu_pct agrees with an independent look at /proc/stat",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const source = createNativeSource();
    const { signal } = new AbortController();
    const load = new Deno.Command("sh", { args: ["-c", "while :; do :; done"] }).spawn();
    try {
      const before = totalAndIdle();
      await source.open(signal);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const request = { monotonicMs: performance.now(), wantSeries: true, signal };
      const { values, labelled } = readingOf(await source.read(request));
      const after = totalAndIdle();
      const expected = 100 * (1 - (after.idle - before.idle) / (after.total - before.total));
      ok(Math.abs((values.cpu_pct ?? NaN) - expected) < 2, `${values.cpu_pct} and ${expected}`);
      for (const [id, value] of Object.entries(values)) {
        const metric = findMetric(id);
        ok(metric && isPlausible(metric, value), `${id} ${value}`);
      }
      for (const [key, value] of Object.entries(labelled)) {
        const metric = findSeriesMetric(key.split(" ")[0] ?? "");
        ok(metric && isPlausible(metric, value), `${key} ${value}`);
      }
    } finally {
      load.kill("SIGKILL");
      await load.status;
      await source.close();
    }
  },
});

/** Everything that is not busy counts as idle here, steal too, as `cpu_pct` says of itself. */
function totalAndIdle(): { total: number; idle: number } {
  const [first = ""] = Deno.readTextFileSync("/proc/stat").split("\n");
  const fields = first.trim().split(/\s+/).slice(1, 9).map(Number);
  const [, , , idle = NaN, iowait = NaN, , , steal = NaN] = fields;
  return { total: fields.reduce((a, b) => a + b, 0), idle: idle + iowait + steal };
}
