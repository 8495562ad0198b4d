import { deepEqual, equal } from "node:assert/strict";
import { type Battery, chargeOf, chargingOf } from "../../../src/sources/native/battery.ts";
import { createCpuClock } from "../../../src/sources/native/cpu_clock.ts";
import { putGpus } from "../../../src/sources/native/gpus.ts";
import { KernelFiles } from "../../../src/sources/native/kernel_files.ts";
import { createRapl } from "../../../src/sources/native/rapl.ts";
import { ReadingDraft } from "../../../src/sources/reading_draft.ts";
import { FakeMachine, readingOf, readTwoSecondsLater, sourceOn } from "./fake_machine.ts";

Deno.test("an AMD card without a screen is asked only when series are wanted, so that it can sleep", async () => {
  using machine = new FakeMachine("amd_desktop");
  machine.write("sys/class/drm/card1-DP-1/enabled", "disabled\n");
  const { source, open, read } = sourceOn(machine);
  await open();
  equal(readingOf(await read(1000, false)).values.gpu_pct, undefined);
  equal(readingOf(await read(2000, true)).values.gpu_pct, 73);
  await source.close();
});

Deno.test("a sleeping GPU is idle, and nothing of it is touched", async () => {
  using machine = new FakeMachine("amd_desktop");
  machine.write("sys/class/drm/card1/device/power/runtime_status", "suspended\n");
  const { values } = await readTwoSecondsLater(machine);
  equal(values.gpu_pct, 0);
  equal(values.gpu_mhz, 0);
  equal(values.gpu_celsius, undefined);
  equal(values.gpu_watts, undefined);
});

Deno.test("graphics inside an AMD processor have neither power nor memory of their own", async () => {
  using machine = new FakeMachine("amd_desktop");
  machine.remove("sys/class/drm/card1/device/hwmon/hwmon4/power1_cap");
  const { values } = await readTwoSecondsLater(machine);
  equal(values.gpu_pct, 73);
  equal(values.gpu_watts, undefined);
  equal(values.gpu_memory_total_bytes, undefined);
});

Deno.test("several GPUs: busiest use with its clock, hottest temperature, summed power and memory", () => {
  const draft = new ReadingDraft();
  putGpus(draft, [
    { label: "nvidia0", busyPct: 12, mhz: 300, celsius: 70, watts: 50, memoryUsedBytes: 1 },
    { label: "nvidia1", busyPct: 95, mhz: 1800, celsius: 65, watts: 300, memoryUsedBytes: 2 },
    { label: "card0", mhz: 2000 },
  ]);
  deepEqual(draft.finish().values, {
    gpu_pct: 95,
    gpu_mhz: 1800,
    gpu_celsius: 70,
    gpu_watts: 350,
    gpu_memory_used_bytes: 3,
  });
  deepEqual(draft.finish().series.map(({ label, value }) => [label, value]), [["nvidia0", 12], [
    "nvidia1",
    95,
  ]]);
});

Deno.test("thermal zones stand in where no chip knows the CPU's temperature", async () => {
  using machine = new FakeMachine("bare_vm");
  machine.write("sys/class/thermal/thermal_zone0/type", "gpu-thermal\n");
  machine.write("sys/class/thermal/thermal_zone0/temp", "80000\n");
  machine.write("sys/class/thermal/thermal_zone1/type", "cpu-thermal\n");
  machine.write("sys/class/thermal/thermal_zone1/temp", "51234\n");
  equal((await readTwoSecondsLater(machine)).values.cpu_celsius, 51.234);
});

Deno.test("in a container without hardware, all interfaces but lo and disks by their names count", async () => {
  using machine = new FakeMachine("bare_vm");
  for (const path of ["sys/class/net", "sys/block"]) machine.remove(path);
  const { values, labelled } = await readTwoSecondsLater(machine, () => {
    const text = Deno.readTextFileSync(`${machine.root}/proc/net/dev`);
    machine.write("proc/net/dev", text.replace(/eth0: *\d+/, "eth0: 99999999999"));
  });
  equal((values.net_rx_bytes_per_s ?? 0) > 1e9, true);
  equal("if_rx_bytes_per_s eth0" in labelled, true);
  equal("if_rx_bytes_per_s lo" in labelled, false);
  equal(values.disk_read_bytes_per_s, 0);
});

Deno.test("counters that go back give no rate this time, and one again the next", async () => {
  using machine = new FakeMachine("intel_laptop", "intel_laptop.later");
  const { source, open, read } = sourceOn(machine);
  await open();
  machine.apply("intel_laptop");
  const { values, labelled } = readingOf(await read(2000, true));
  const rates = ["cpu_pct", "disk_read_bytes_per_s", "net_rx_bytes_per_s", "cpu_pressure_pct"];
  deepEqual(rates.filter((id) => id in values), []);
  equal("if_rx_bytes_per_s wlp0s20f3" in labelled, false);
  equal(values.cpu_watts, undefined);
  machine.apply("intel_laptop.later");
  const after = readingOf(await read(4000)).values;
  equal(after.cpu_pct, 25);
  equal(after.net_rx_bytes_per_s, 150_000);
  equal(after.cpu_watts, 9);
  await source.close();
});

Deno.test("core and interface values are means since the last labelled read, not of the last second", async () => {
  using machine = new FakeMachine("intel_laptop");
  const { source, open, read } = sourceOn(machine);
  await open();
  machine.apply("intel_laptop.later");
  await read(1000);
  const { values, labelled } = readingOf(await read(10_000, true));
  equal(values.net_rx_bytes_per_s, 0);
  equal(labelled["if_rx_bytes_per_s wlp0s20f3"], 30_000);
  equal(labelled["core_pct 0"], 50);
  await source.close();
});

Deno.test("batteries: the mean where they count differently, capacity where there is one", () => {
  const one: Battery = {
    capacityPct: 55,
    now: 1,
    full: 3,
    countsIn: "energy",
    status: "Discharging",
  };
  equal(chargeOf([one]), 55);
  equal(chargeOf([one, { ...one, capacityPct: 75, countsIn: "charge" }]), 65);
  equal(chargeOf([one, { ...one, now: 8, full: 6 }]), 100);
  equal(chargeOf([]), undefined);
  equal(chargingOf([one]), 0);
  equal(chargingOf([one, { ...one, status: "Charging" }]), 1);
  equal(chargingOf([{ ...one, status: "Unknown" }]), undefined);
});

Deno.test("the battery is asked every 10 s, and its answer stands until then", async () => {
  using machine = new FakeMachine("intel_laptop");
  const { source, open, read } = sourceOn(machine);
  await open();
  machine.write("sys/class/power_supply/BAT1/energy_now", "20000000\n");
  equal(readingOf(await read(9_000)).values.battery_pct, 37.5);
  equal(readingOf(await read(10_000)).values.battery_pct, 47.5);
  await source.close();
});

Deno.test("RAPL for root only: no power, and a note that says what to do", () => {
  const rapl = createRapl({
    list: () => ["intel-rapl:0"],
    readOnce: () => "package-0",
    readNumber: () => undefined,
    isDenied: (path) => path === "class/powercap/intel-rapl:0/energy_uj",
  });
  rapl.discover?.();
  const draft = new ReadingDraft();
  rapl.collect(draft, { monotonicMs: 1000, wantSeries: false });
  deepEqual(draft.finish().values, {});
  equal(draft.finish().notes.length, 1);
  equal(
    /^RAPL power is readable by root only \(CVE-2020-8694\): run mtr as root/.test(
      draft.finish().notes[0] ?? "",
    ),
    true,
  );
});

Deno.test({
  name: "a file that may not be read is told from one that is not there",
  ignore: Deno.uid() === 0, // root may read everything
  fn() {
    using machine = new FakeMachine();
    machine.write("sys/secret", "1\n");
    Deno.chmodSync(`${machine.root}/sys/secret`, 0);
    const files = new KernelFiles(`${machine.root}/sys`);
    equal(files.read("secret"), undefined);
    equal(files.read("nothing"), undefined);
    deepEqual([files.isDenied("secret"), files.isDenied("nothing")], [true, false]);
    files.close();
  },
});

Deno.test("a file longer than the buffer is read whole, again and again", () => {
  using machine = new FakeMachine();
  const files = new KernelFiles(`${machine.root}/proc`);
  for (const length of [16 * 1024, 100_000, 5, 0]) {
    machine.write("proc/long", "x".repeat(length));
    equal(files.read("long")?.length, length);
  }
  files.close();
});

Deno.test("where asking all cores for their clock is slow, it is asked only with the series", () => {
  using machine = new FakeMachine("intel_laptop");
  let nowMs = 0;
  const proc = new KernelFiles(`${machine.root}/proc`);
  const sys = new KernelFiles(`${machine.root}/sys`);
  const cpuClock = createCpuClock({
    proc,
    sys,
    clock: { monotonicMs: () => nowMs += 40 },
  });
  cpuClock.discover?.();
  const without = new ReadingDraft();
  cpuClock.collect(without, { monotonicMs: 1000, wantSeries: false });
  deepEqual(without.finish().values, {});
  const withSeries = new ReadingDraft();
  cpuClock.collect(withSeries, { monotonicMs: 2000, wantSeries: true });
  deepEqual(withSeries.finish().values, { cpu_mhz: 2000 });
  proc.close();
  sys.close();
});
