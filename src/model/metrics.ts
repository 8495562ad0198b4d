/**
 * The metric catalogue of the `samples` dataset: one record a column. The store's schema, `mtr metrics`, table heads,
 * JSON and docs/metrics.md are derived from it; adding a metric is adding a record (at the end of its group).
 */
import type { Metric, Resolution, SourceName } from "./metric.ts";

const HUNDREDTH: Resolution = { step: 0.01 };
const TENTH: Resolution = { step: 0.1 };
const WHOLE: Resolution = { step: 1 };
const MEBIBYTE: Resolution = { step: 1024 * 1024 };
const BYTE_RATE: Resolution = { step: 1, digits: 4 };
const OPERATION_RATE: Resolution = { step: 0.01, digits: 4 };

const ALL: readonly SourceName[] = ["mactop", "prometheus", "native"];
/** A prometheus source that points at mactop gives what mactop gives. */
const MACTOP: readonly SourceName[] = ["mactop", "prometheus"];

const LINUX: readonly SourceName[] = ["prometheus", "native"];

const PERCENT_RANGE = [0, 100] as const;
const WATT_RANGE = [0, 5_000] as const;
const CELSIUS_RANGE = [-40, 150] as const;
const BYTES_RANGE = [0, 2 ** 50] as const;
/** Above 1e12 bytes/s is a counter that ran backwards (reference: mactop's underflow), never traffic. */
const BYTE_RATE_RANGE = [0, 1e12] as const;
const OPERATION_RATE_RANGE = [0, 1e8] as const;

type Common = Pick<Metric, "unit" | "kind" | "range" | "resolution" | "worse">;
const percent = {
  unit: "%",
  kind: "gauge",
  range: PERCENT_RANGE,
  resolution: HUNDREDTH,
  worse: "higher",
} as const satisfies Common;
const watts = {
  unit: "W",
  kind: "gauge",
  range: WATT_RANGE,
  resolution: HUNDREDTH,
  worse: "higher",
} as const satisfies Common;
const celsius = {
  unit: "°C",
  kind: "gauge",
  range: CELSIUS_RANGE,
  resolution: TENTH,
  worse: "higher",
} as const satisfies Common;
const megahertz = {
  unit: "MHz",
  kind: "gauge",
  range: [0, 20_000],
  resolution: WHOLE,
  worse: "neither",
} as const satisfies Common;
const bytes = {
  unit: "bytes",
  kind: "gauge",
  range: BYTES_RANGE,
  resolution: MEBIBYTE,
  worse: "higher",
} as const satisfies Common;
const bytesPerSecond = {
  unit: "bytes/s",
  kind: "rate",
  range: BYTE_RATE_RANGE,
  resolution: BYTE_RATE,
  worse: "higher",
} as const satisfies Common;
const operationsPerSecond = {
  unit: "ops/s",
  kind: "rate",
  range: OPERATION_RATE_RANGE,
  resolution: OPERATION_RATE,
  worse: "higher",
} as const satisfies Common;
const load = {
  unit: "load",
  kind: "gauge",
  range: [0, 100_000],
  resolution: HUNDREDTH,
  worse: "higher",
} as const satisfies Common;

// One record a line: it reads as a table.
// deno-fmt-ignore
export const METRICS = [
  // CPU
  { ...percent, id: "cpu_pct", title: "CPU", sources: ALL, help: "CPU in use, of the whole machine" },
  { ...percent, id: "ecpu_pct", title: "E-CORES", sources: MACTOP, help: "efficiency cores in use, mean of them" },
  { ...percent, id: "pcpu_pct", title: "P-CORES", sources: MACTOP, help: "performance cores in use, mean of them" },
  { ...percent, id: "scpu_pct", title: "S-CORES", sources: MACTOP, help: "super cores (M5) in use, mean of them" },
  { ...percent, id: "cpu_iowait_pct", title: "IOWAIT", sources: LINUX, help: "CPU idle while waiting for a disk, of the whole machine; not part of cpu_pct" },
  { ...percent, id: "cpu_steal_pct", title: "STEAL", sources: LINUX, help: "CPU that the hypervisor gave to others, of the whole machine; not part of cpu_pct" },
  { ...megahertz, id: "cpu_mhz", title: "CPU CLOCK", sources: LINUX, help: "CPU clock, mean over the cores" },
  { ...percent, id: "cpu_pressure_pct", title: "CPU PSI", sources: LINUX, help: "time in which some task waited for a CPU (PSI some)" },
  { ...load, id: "load1", title: "LOAD 1", sources: LINUX, help: "load average over 1 minute, as the kernel computes it" },
  { ...load, id: "load5", title: "LOAD 5", sources: LINUX, help: "load average over 5 minutes" },
  { ...load, id: "load15", title: "LOAD 15", sources: LINUX, help: "load average over 15 minutes" },
  // GPU
  { ...percent, id: "gpu_pct", title: "GPU", sources: ALL, help: "GPU in use (time not idle); of several GPUs the busiest" },
  { ...megahertz, id: "gpu_mhz", title: "GPU CLOCK", sources: ALL, help: "GPU clock while active; 0 while idle" },
  { ...bytes, id: "gpu_memory_used_bytes", title: "VRAM", sources: ["native"], help: "memory of discrete GPUs in use, sum over GPUs" },
  { ...bytes, id: "gpu_memory_total_bytes", worse: "neither", title: "VRAM ALL", sources: ["native"], help: "memory of discrete GPUs, sum over GPUs" },
  // memory
  { ...bytes, id: "ram_used_bytes", title: "RAM USED", sources: ALL, help: "memory in use; mactop: total − (free + inactive), Linux: total − available" },
  { ...bytes, id: "ram_total_bytes", worse: "neither", title: "RAM ALL", sources: ALL, help: "memory of the machine" },
  { ...bytes, id: "ram_available_bytes", worse: "lower", title: "RAM AVAIL", sources: LINUX, help: "memory that programs can still get without swapping" },
  { ...bytes, id: "ram_cached_bytes", worse: "neither", title: "RAM CACHE", sources: LINUX, help: "memory that holds file contents and can be given back" },
  { ...bytes, id: "swap_used_bytes", title: "SWAP USED", sources: ALL, help: "swap in use" },
  { ...bytes, id: "swap_total_bytes", worse: "neither", title: "SWAP ALL", sources: ALL, help: "swap there is; on macOS it grows and shrinks" },
  { ...percent, id: "mem_pressure_pct", title: "MEM PSI", sources: LINUX, help: "time in which some task waited for memory (PSI some)" },
  // power and heat
  { ...watts, id: "cpu_watts", title: "CPU W", sources: ALL, help: "CPU power; RAPL: the core domain, summed over packages" },
  { ...watts, id: "gpu_watts", title: "GPU W", sources: ALL, help: "GPU power without its SRAM; of several GPUs the sum" },
  { ...watts, id: "gpu_sram_watts", title: "GPU SRAM W", sources: MACTOP, help: "power of the GPU's SRAM" },
  { ...watts, id: "ane_watts", title: "ANE W", sources: MACTOP, help: "power of the Apple Neural Engine" },
  { ...watts, id: "dram_watts", title: "DRAM W", sources: ALL, help: "power of the memory" },
  { ...watts, id: "rest_watts", title: "REST W", sources: MACTOP, help: "total_watts without the components above (display, SSD, losses); mactop calls it system" },
  { ...watts, id: "package_watts", title: "PACKAGE W", sources: ALL, help: "power of the processor package: CPU + GPU + ANE, or RAPL package" },
  { ...watts, id: "total_watts", title: "POWER", sources: ALL, help: "power of the whole machine" },
  { ...celsius, id: "cpu_celsius", title: "CPU TEMP", sources: ALL, help: "CPU temperature, mean of its sensors" },
  { ...celsius, id: "gpu_celsius", title: "GPU TEMP", sources: ALL, help: "GPU temperature, mean of its sensors; of several GPUs the hottest" },
  { id: "thermal_level", unit: "level", kind: "state", range: [0, 4], resolution: WHOLE, worse: "higher", title: "THERMAL", sources: MACTOP, help: "thermal pressure: 0 nominal, 1 moderate, 2 heavy, 3 trapping, 4 sleeping; before mactop 2.1.4: 0 nominal … 3 critical" },
  // network and disk
  { ...bytesPerSecond, id: "net_rx_bytes_per_s", title: "NET IN", sources: ALL, help: "received over all network interfaces; loopback excluded where the source can" },
  { ...bytesPerSecond, id: "net_tx_bytes_per_s", title: "NET OUT", sources: ALL, help: "sent over all network interfaces; loopback excluded where the source can" },
  { ...bytesPerSecond, id: "tb_rx_bytes_per_s", title: "TB IN", sources: MACTOP, help: "received over Thunderbolt networking; also part of net_rx_bytes_per_s" },
  { ...bytesPerSecond, id: "tb_tx_bytes_per_s", title: "TB OUT", sources: MACTOP, help: "sent over Thunderbolt networking; also part of net_tx_bytes_per_s" },
  { ...bytesPerSecond, id: "disk_read_bytes_per_s", title: "DISK READ", sources: ALL, help: "read from whole disks" },
  { ...bytesPerSecond, id: "disk_write_bytes_per_s", title: "DISK WRITE", sources: ALL, help: "written to whole disks" },
  { ...operationsPerSecond, id: "disk_read_ops_per_s", title: "READ OPS", sources: ALL, help: "read operations of whole disks" },
  { ...operationsPerSecond, id: "disk_write_ops_per_s", title: "WRITE OPS", sources: ALL, help: "write operations of whole disks" },
  { ...percent, id: "io_pressure_pct", title: "IO PSI", sources: LINUX, help: "time in which some task waited for I/O (PSI some)" },
  { ...bytesPerSecond, id: "dram_read_bytes_per_s", title: "DRAM READ", sources: MACTOP, help: "memory bandwidth, reads; NULL where mactop only estimates it" },
  { ...bytesPerSecond, id: "dram_write_bytes_per_s", title: "DRAM WRITE", sources: MACTOP, help: "memory bandwidth, writes; NULL where mactop only estimates it" },
  { ...bytesPerSecond, id: "dram_bytes_per_s", title: "DRAM", sources: MACTOP, help: "memory bandwidth, reads and writes" },
  { id: "connections", unit: "count", kind: "gauge", range: [0, 10_000_000], resolution: WHOLE, worse: "neither", title: "CONNS", sources: LINUX, help: "established TCP connections" },
  // battery
  { ...percent, id: "battery_pct", worse: "lower", title: "BATTERY", sources: ALL, help: "charge of the battery" },
  { id: "battery_charging", unit: "flag", kind: "state", range: [0, 1], resolution: WHOLE, worse: "neither", title: "CHARGING", sources: ALL, help: "1 while the battery is charging; full on mains is 0" },
] as const satisfies readonly Metric[];

/** Id of a stored metric of `samples`. */
export type MetricId = (typeof METRICS)[number]["id"];

const BY_ID: ReadonlyMap<string, Metric> = new Map(METRICS.map((metric) => [metric.id, metric]));

/** The record of a stored metric; undefined for an id that is not in the catalogue. */
export function findMetric(id: string): Metric | undefined {
  return BY_ID.get(id);
}
