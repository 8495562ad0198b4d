import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { parseEstablished } from "../../../src/sources/native/connections.ts";
import { growthBetween } from "../../../src/sources/native/counters.ts";
import { parseCpuInfoClocks } from "../../../src/sources/native/cpu_clock.ts";
import {
  type CpuTimes,
  parseCoreTimes,
  parseMachineTimes,
  useBetween,
} from "../../../src/sources/native/cpu_stat.ts";
import { parseDiskStats } from "../../../src/sources/native/disks.ts";
import { parseMountPoints } from "../../../src/sources/native/file_systems.ts";
import { parseLoad } from "../../../src/sources/native/load.ts";
import { parseMemory } from "../../../src/sources/native/memory.ts";
import { parseInterfaces } from "../../../src/sources/native/network.ts";
import { numberOf } from "../../../src/sources/native/numbers.ts";
import { parseNvidiaLine } from "../../../src/sources/native/nvidia_csv.ts";
import { parseSomeTotalUs } from "../../../src/sources/native/pressure.ts";
import { wattsBetween } from "../../../src/sources/native/rapl.ts";
import { filesOf } from "./fake_machine.ts";

const START: CpuTimes = { busy: 1000, idle: 5000, iowait: 100, steal: 10 };

Deno.test("an empty or worded text is no number, above all not 0", () => {
  deepEqual(
    ["", " ", "n/a", "Infinity", "12 kB", undefined].map(numberOf),
    Array(6).fill(undefined),
  );
  deepEqual(["0\n", " 42 ", "-5", "2.50"].map(numberOf), [0, 42, -5, 2.5]);
});

Deno.test("iowait that runs back counts as none", () => {
  const now = { ...START, busy: 1060, idle: 5040, iowait: 90 };
  deepEqual(useBetween(START, now), { busyPct: 60, iowaitPct: 0, stealPct: 0 });
});

Deno.test("idle time that runs back a little on a busy machine does not cost the sample", () => {
  const now = { ...START, busy: 1200, idle: 4999 };
  deepEqual(useBetween(START, now), { busyPct: 100, iowaitPct: 0, stealPct: 0 });
});

Deno.test("counters that were reset, or that stand still, give nothing", () => {
  equal(useBetween(START, { ...START, busy: 900, idle: 6000 }), undefined);
  equal(useBetween(START, { ...START, steal: 0, idle: 6000 }), undefined);
  equal(useBetween(START, { ...START, busy: 2000, idle: 100 }), undefined);
  equal(useBetween(START, START), undefined);
});

Deno.test("a disk whose counter went down makes the sum unknown, a disk that is new does not", () => {
  const before = new Map([["a", [100, 10]], ["b", [50, 5]]]);
  const reset = growthBetween(before, new Map([["a", [120, 10]], ["b", [3, 5]]]), 2);
  deepEqual(reset, { perDevice: new Map([["a", [10, 0]]]), total: undefined });
  const added = growthBetween(before, new Map([["a", [120, 10]], ["c", [9, 9]]]), 2);
  deepEqual(added, { perDevice: new Map([["a", [10, 0]]]), total: [10, 0] });
  equal(growthBetween(before, new Map([["c", [9, 9]]]), 2).total, undefined);
});

Deno.test("/proc/stat: cores are numbered as the kernel numbers them, those switched off are not there", () => {
  const text =
    "cpu  1 1 1 1 1 1 1 1 0 0\ncpu0 1 2 3 4 5 6 7 8 0 0\ncpu11 1 0 0 1 0 0 0 0\nintr 5 cpu3\n";
  deepEqual(parseMachineTimes(text), { busy: 5, idle: 1, iowait: 1, steal: 1 });
  deepEqual([...parseCoreTimes(text)], [
    ["0", { busy: 1 + 2 + 3 + 6 + 7, idle: 4, iowait: 5, steal: 8 }],
    ["11", { busy: 1, idle: 1, iowait: 0, steal: 0 }],
  ]);
});

Deno.test("/proc/net/dev: numbers that touch the colon, and aliases with colons", () => {
  const rest = "0 0 0 0 0 0 0 22 0 0 0 0 0 0 0";
  deepEqual([...parseInterfaces(`eth0:11 ${rest}\n eth0:1: 33 ${rest}\nshort: 1 2\n`)], [
    ["eth0", [11, 22]],
    ["eth0:1", [33, 22]],
  ]);
});

Deno.test("/proc/mounts: one mount a device, escapes undone, the root of a container kept", () => {
  const text = `overlay / overlay rw 0 0
/dev/sda1 /etc/hosts ext4 rw 0 0
/dev/sda1 /srv/my\\040data ext4 rw 0 0
/dev/sda1 /srv/again ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
server:/x /mnt/x nfs rw 0 0
`;
  deepEqual(parseMountPoints(text), ["/", "/srv/my data"]);
});

Deno.test("/proc/diskstats of Linux 2.6 (14 columns) and of 5.5 and later (20 columns)", () => {
  const text =
    "   8       0 sda 1 0 2 0 3 0 4 0 0 0 0\n 259       0 nvme0n1 5 0 6 0 7 0 8 0 0 0 0 9 9 9 9 9 9\n";
  deepEqual([...parseDiskStats(text)], [
    ["sda", [1, 1024, 3, 2048]],
    ["nvme0n1", [5, 3072, 7, 4096]],
  ]);
});

Deno.test("a RAPL counter may wrap once; a reset, an impossible power and a long pause are not power", () => {
  const once = { elapsedS: 1, wrapsAtUj: 65_000e6 };
  equal(wattsBetween(1e6, 16e6, once), 15);
  equal(wattsBetween(64_990e6, 5e6, once), 15);
  equal(wattsBetween(30_000e6, 5e6, once), undefined);
  equal(wattsBetween(1e6, 60_000e6, once), undefined);
  equal(wattsBetween(16e6, 1e6, { elapsedS: 1, wrapsAtUj: undefined }), undefined);
  equal(wattsBetween(1e6, 1000e6, { elapsedS: 120, wrapsAtUj: 65_000e6 }), undefined);
  equal(wattsBetween(undefined, 1e6, once), undefined);
});

Deno.test("nvidia-smi: what a model does not have is undefined, other lines are no GPU", () => {
  deepEqual(parseNvidiaLine("0, 37, 1410, 56, 120.53, 1024, 24576"), {
    label: "nvidia0",
    busyPct: 37,
    mhz: 1410,
    celsius: 56,
    watts: 120.53,
    memoryUsedBytes: 2 ** 30,
    memoryTotalBytes: 24 * 2 ** 30,
  });
  const old = parseNvidiaLine("1, [Not Supported], [N/A], 40, [N/A], 10, 2048");
  deepEqual([old?.busyPct, old?.mhz, old?.celsius, old?.watts], [
    undefined,
    undefined,
    40,
    undefined,
  ]);
  equal(parseNvidiaLine("NVIDIA-SMI has failed because it couldn't communicate"), null);
  equal(parseNvidiaLine(""), null);
});

Deno.test("no parser throws, whatever the text", () => {
  const real = filesOf("bare_vm").map(({ text }) => text);
  const texts = fc.oneof(
    fc.string(),
    fc.tuple(fc.constantFrom(...real), fc.nat(), fc.string({ maxLength: 8 }))
      .map(([text, at, extra]) => text.slice(0, at % text.length) + extra + text.slice(at % 97)),
  );
  const parsers = [
    parseMachineTimes,
    parseCoreTimes,
    parseCpuInfoClocks,
    parseMemory,
    parseLoad,
    parseSomeTotalUs,
    parseDiskStats,
    parseInterfaces,
    parseEstablished,
    parseMountPoints,
    parseNvidiaLine,
  ];
  fc.assert(
    fc.property(texts, (text) => {
      for (const parse of parsers) parse(text);
    }),
    { numRuns: 300 },
  );
});
