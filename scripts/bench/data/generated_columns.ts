/** How the columns of ../shared/bench/gen.py become the catalogue's, in base units and on its grid. */
import type { MetricId } from "../../../src/model/mod.ts";

const mebibytes = (gibibytes: string) => `round(${gibibytes} * 1024)::BIGINT * 1048576`;

/** Four significant digits of bytes/s, as the recorder rounds rates; gen.py's kbps are thousands of bytes. */
const byteRate = (kbps: string) => {
  const bytes = `round(${kbps} * 1000)`;
  return `round(${bytes}, 3 - floor(log10(greatest(${bytes}, 1)))::INTEGER)`;
};

/** 21 of its 23 columns: speeds of fans are labelled, and so not in `samples`. */
export const GENERATED_COLUMNS: Readonly<Partial<Record<MetricId, string>>> = {
  cpu_pct: "cpu_usage_percent",
  ecpu_pct: "ecore_usage_percent",
  pcpu_pct: "pcore_usage_percent",
  gpu_pct: "gpu_usage_percent",
  gpu_mhz: "gpu_freq_mhz",
  ram_used_bytes: mebibytes("memory_used_gb"),
  ram_total_bytes: mebibytes("memory_total_gb"),
  swap_used_bytes: mebibytes("memory_swap_used_gb"),
  swap_total_bytes: mebibytes("memory_swap_total_gb"),
  cpu_watts: "power_cpu_watts",
  gpu_watts: "power_gpu_watts",
  ane_watts: "power_ane_watts",
  dram_watts: "power_dram_watts",
  total_watts: "power_total_watts",
  cpu_celsius: "round(cpu_temp_celsius, 1)",
  gpu_celsius: "round(gpu_temp_celsius, 1)",
  thermal_level: "thermal_state",
  net_rx_bytes_per_s: byteRate("net_down_kbps"),
  net_tx_bytes_per_s: byteRate("net_up_kbps"),
  disk_read_bytes_per_s: byteRate("disk_read_kbps"),
  disk_write_bytes_per_s: byteRate("disk_write_kbps"),
};
