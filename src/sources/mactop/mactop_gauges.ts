/** Which of mactop's samples is what. */
import type { MetricSample } from "../prometheus_text/scan_line.ts";
import type { MetricText } from "../prometheus_text/parse_metric_text.ts";
import type { Chip } from "./rules.ts";

export type MactopGauges = ReturnType<typeof findGauges>;

/**
 * Looks all of them up: once for an answer and those that are laid out like it, whose values the samples follow (see
 * MetricTextParser). Done every second, looking up would be most of a read. Absent: a version or machine without it.
 */
export function findGauges({ samples }: MetricText) {
  const all = (name: string): readonly MetricSample[] => samples.get(name) ?? [];
  const first = (name: string) => samples.get(name)?.[0];
  const labelled = (name: string, label: string) => (value: string) =>
    all(name).find(({ labels }) => labels.get(label) === value);
  const memory = labelled("mactop_memory_gb", "type");
  const power = labelled("mactop_power_watts", "component");
  const network = labelled("mactop_network_kbytes_per_sec", "direction");
  const disk = labelled("mactop_disk_kbytes_per_sec", "operation");
  const diskOperations = labelled("mactop_disk_iops", "operation");
  const thunderbolt = labelled("mactop_thunderbolt_network_bytes_per_sec", "direction");
  const dram = labelled("mactop_dram_bandwidth_gbs", "direction");
  return {
    chip: chipOf(first("mactop_system_info")?.labels),
    cpu: first("mactop_cpu_usage_percent"),
    eCores: first("mactop_ecore_usage_percent"),
    pCores: first("mactop_pcore_usage_percent"),
    sCores: first("mactop_score_usage_percent"),
    gpu: first("mactop_gpu_usage_percent"),
    gpuMhz: first("mactop_gpu_freq_mhz"),
    // Its "gb" are GiB.
    ramUsed: memory("used"),
    ramTotal: memory("total"),
    swapUsed: memory("swap_used"),
    swapTotal: memory("swap_total"),
    cpuWatts: power("cpu"),
    gpuWatts: power("gpu"),
    gpuSramWatts: power("gpu_sram"),
    aneWatts: power("ane"),
    dramWatts: power("dram"),
    restWatts: power("system"),
    totalWatts: power("total"),
    // The gauge named after the SoC is set from the CPU's temperature.
    cpuHeat: first("mactop_soc_temp_celsius"),
    gpuHeat: first("mactop_gpu_temp_celsius") ?? first("mactop_gpu_temperature_celsius"),
    thermalState: first("mactop_thermal_state"),
    download: network("download"),
    upload: network("upload"),
    diskRead: disk("read"),
    diskWrite: disk("write"),
    diskReads: diskOperations("read"),
    diskWrites: diskOperations("write"),
    thunderboltDownload: thunderbolt("download"),
    thunderboltUpload: thunderbolt("upload"),
    dramRead: dram("read"),
    dramWrite: dram("write"),
    dramCombined: dram("combined"),
    /** One for each way of measuring; the one in use is 1. */
    dramSources: all("mactop_dram_bandwidth_source"),
    batteryPercent: first("mactop_battery_percent"),
    batteryCharging: first("mactop_battery_charging"),
    cores: all("mactop_cpu_core_usage_percent"),
    fans: all("mactop_fan_rpm"),
    sensors: all("mactop_temp_sensor_celsius"),
  };
}

/** From `mactop_system_info`, which is there from 2.0.2 on. */
function chipOf(info: ReadonlyMap<string, string> | undefined): Chip {
  const count = (label: string) => {
    const text = info?.get(label) ?? "";
    return /^\d+$/.test(text) ? Number(text) : undefined;
  };
  return {
    model: info?.get("model"),
    eCores: count("e_core_count"),
    pCores: count("p_core_count"),
    sCores: count("s_core_count"),
  };
}
