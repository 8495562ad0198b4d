/**
 * What of node_exporter's metrics becomes what of ours: one record a metric. Where several records have the same id
 * (Linux, macOS, older names), the first that applies counts. Facts: node_exporter's collectors.
 */
import type { MetricId, SeriesMetricId } from "../../model/mod.ts";

/** Devices that are counted; see node_devices.ts. */
export type DeviceKind = "disk" | "interface" | "power_domain";

/** The sum of `plus` less the sum of `minus`; all of them must be there. */
export interface GaugeRule {
  readonly id: MetricId;
  readonly how: "gauge";
  readonly plus: readonly string[];
  readonly minus?: readonly string[];
}

/** The mean over all series of a family. */
export interface MeanRule {
  readonly id: MetricId;
  readonly how: "mean";
  readonly family: string;
  readonly scale: number;
}

/** Growth of a counter per second, summed over its devices. */
export interface RateRule {
  readonly id: MetricId;
  readonly how: "rate";
  readonly family: string;
  readonly devices?: DeviceKind;
  readonly scale?: number;
}

export type NodeRule = GaugeRule | MeanRule | RateRule;

// One record a line: it reads as a table.
// deno-fmt-ignore
export const NODE_RULES: readonly NodeRule[] = [
  { id: "load1", how: "gauge", plus: ["node_load1"] },
  { id: "load5", how: "gauge", plus: ["node_load5"] },
  { id: "load15", how: "gauge", plus: ["node_load15"] },
  { id: "cpu_mhz", how: "mean", family: "node_cpu_scaling_frequency_hertz", scale: 1e-6 },
  { id: "cpu_mhz", how: "mean", family: "node_cpu_frequency_hertz", scale: 1e-6 },
  { id: "connections", how: "gauge", plus: ["node_netstat_Tcp_CurrEstab"] },
  // Memory: as the native source has it.
  { id: "ram_total_bytes", how: "gauge", plus: ["node_memory_MemTotal_bytes"] },
  { id: "ram_used_bytes", how: "gauge", plus: ["node_memory_MemTotal_bytes"], minus: ["node_memory_MemAvailable_bytes"] },
  { id: "ram_available_bytes", how: "gauge", plus: ["node_memory_MemAvailable_bytes"] },
  { id: "ram_cached_bytes", how: "gauge", plus: ["node_memory_Cached_bytes", "node_memory_Buffers_bytes", "node_memory_SReclaimable_bytes"], minus: ["node_memory_Shmem_bytes"] },
  { id: "swap_total_bytes", how: "gauge", plus: ["node_memory_SwapTotal_bytes"] },
  { id: "swap_used_bytes", how: "gauge", plus: ["node_memory_SwapTotal_bytes"], minus: ["node_memory_SwapFree_bytes"] },
  // macOS: used as mactop has it.
  { id: "ram_total_bytes", how: "gauge", plus: ["node_memory_total_bytes"] },
  { id: "ram_used_bytes", how: "gauge", plus: ["node_memory_total_bytes"], minus: ["node_memory_free_bytes", "node_memory_inactive_bytes"] },
  { id: "swap_total_bytes", how: "gauge", plus: ["node_memory_swap_total_bytes"] },
  { id: "swap_used_bytes", how: "gauge", plus: ["node_memory_swap_used_bytes"] },
  // Pressure: seconds in which some task waited, a second.
  { id: "cpu_pressure_pct", how: "rate", family: "node_pressure_cpu_waiting_seconds_total", scale: 100 },
  { id: "mem_pressure_pct", how: "rate", family: "node_pressure_memory_waiting_seconds_total", scale: 100 },
  { id: "io_pressure_pct", how: "rate", family: "node_pressure_io_waiting_seconds_total", scale: 100 },
  { id: "disk_read_bytes_per_s", how: "rate", family: "node_disk_read_bytes_total", devices: "disk" },
  { id: "disk_write_bytes_per_s", how: "rate", family: "node_disk_written_bytes_total", devices: "disk" },
  { id: "disk_read_ops_per_s", how: "rate", family: "node_disk_reads_completed_total", devices: "disk" },
  { id: "disk_write_ops_per_s", how: "rate", family: "node_disk_writes_completed_total", devices: "disk" },
  { id: "net_rx_bytes_per_s", how: "rate", family: "node_network_receive_bytes_total", devices: "interface" },
  { id: "net_tx_bytes_per_s", how: "rate", family: "node_network_transmit_bytes_total", devices: "interface" },
  // Power: joules a second; the counters are there only where node_exporter runs as root.
  { id: "package_watts", how: "rate", family: "node_rapl_package_joules_total", devices: "power_domain" },
  { id: "cpu_watts", how: "rate", family: "node_rapl_core_joules_total", devices: "power_domain" },
  { id: "dram_watts", how: "rate", family: "node_rapl_dram_joules_total", devices: "power_domain" },
  { id: "total_watts", how: "rate", family: "node_rapl_psys_joules_total", devices: "power_domain" },
];

/** Counters that are also kept for each device: growth per second since the last time series were wanted. */
export const NODE_SERIES_RULES: readonly {
  readonly metric: SeriesMetricId;
  readonly family: string;
  readonly devices: DeviceKind;
}[] = [
  {
    metric: "if_rx_bytes_per_s",
    family: "node_network_receive_bytes_total",
    devices: "interface",
  },
  {
    metric: "if_tx_bytes_per_s",
    family: "node_network_transmit_bytes_total",
    devices: "interface",
  },
];
