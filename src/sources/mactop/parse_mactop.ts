/** mactop's `/metrics`, all generations from 0.2.3 on, to a reading in base units. Pure. */
import type { SourceResult } from "../../model/mod.ts";
import { type MetricText, parseMetricText } from "../prometheus_text/parse_metric_text.ts";
import { textNotes } from "../prometheus_text/metrics_endpoint.ts";
import { ReadingDraft } from "../reading_draft.ts";
import { type Generation, generationOf } from "./generation.ts";
import * as rules from "./rules.ts";

const GIBIBYTE = 2 ** 30;

/** The reading in an answer of mactop's `/metrics`; series only when they are wanted. */
export function parseMactop(text: string, wantSeries = true): SourceResult {
  return readMactopMetrics(parseMetricText(text), wantSeries);
}

/** The same, of an answer that is parsed already. */
export function readMactopMetrics(
  metrics: MetricText,
  wantSeries: boolean,
  generation = generationOf(metrics),
): SourceResult {
  if (!generation) return { state: "failed", reason: "there are no mactop_ series in the answer" };
  const gauges = new Gauges(metrics);
  // The rule that works for all versions: the server starts before the first sample, and serves zeros until then.
  const total = gauges.one("mactop_memory_gb", "type", "total");
  if (!(total !== undefined && total > 0)) {
    return { state: "not_ready", reason: rules.NO_DATA_YET };
  }
  const draft = new ReadingDraft();
  const chip = chipOf(metrics);
  putProcessors(draft, gauges, chip);
  putMemory(draft, gauges);
  putPower(draft, gauges, generation);
  putHeat(draft, gauges, generation);
  putTraffic(draft, gauges, generation);
  rules.putDramBandwidth(draft, chip, dramOf(gauges, metrics));
  const charging = gauges.one("mactop_battery_charging");
  rules.putBattery(draft, gauges.one("mactop_battery_percent"), charging);
  if (wantSeries) putSeries(draft, metrics, chip);
  for (const note of textNotes(metrics)) draft.note(note);
  return { state: "ok", reading: draft.finish() };
}

/** Looks values up by name and at most one label. */
class Gauges {
  constructor(readonly metrics: MetricText) {}

  one(name: string, label?: string, value?: string): number | undefined {
    const samples = this.metrics.samples.get(name);
    if (label === undefined) return samples?.[0]?.value;
    return samples?.find(({ labels }) => labels.get(label) === value)?.value;
  }
}

/** From `mactop_system_info`, which is there from 2.0.2 on. */
function chipOf({ samples }: MetricText): rules.Chip {
  const info = samples.get("mactop_system_info")?.[0]?.labels;
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

function putProcessors(draft: ReadingDraft, gauges: Gauges, chip: rules.Chip): void {
  draft.put("cpu_pct", gauges.one("mactop_cpu_usage_percent"));
  rules.putCoreClasses(draft, chip, {
    e: gauges.one("mactop_ecore_usage_percent"),
    p: gauges.one("mactop_pcore_usage_percent"),
    s: gauges.one("mactop_score_usage_percent"),
  });
  const usage = gauges.one("mactop_gpu_usage_percent");
  rules.putGpu(draft, usage, gauges.one("mactop_gpu_freq_mhz"));
}

/** Its "gb" are GiB. */
function putMemory(draft: ReadingDraft, gauges: Gauges): void {
  const memory = (type: string) => gauges.one("mactop_memory_gb", "type", type);
  draft.put("ram_used_bytes", memory("used"), GIBIBYTE);
  draft.put("ram_total_bytes", memory("total"), GIBIBYTE);
  draft.put("swap_used_bytes", memory("swap_used"), GIBIBYTE);
  draft.put("swap_total_bytes", memory("swap_total"), GIBIBYTE);
}

function putPower(draft: ReadingDraft, gauges: Gauges, { totalPower }: Generation): void {
  const watts = (component: string) => gauges.one("mactop_power_watts", "component", component);
  const total = watts("total");
  rules.putPower(draft, {
    cpu: watts("cpu"),
    gpu: watts("gpu"),
    gpuSram: watts("gpu_sram"),
    ane: watts("ane"),
    dram: watts("dram"),
    rest: watts("system"),
    total: totalPower === "machine" ? total : undefined,
  });
  if (totalPower === "package" && total !== 0) draft.put("package_watts", total);
  if (totalPower === "unknown" && total !== undefined) draft.note(UNKNOWN_VERSION);
}

const UNKNOWN_VERSION =
  "this version of mactop is not known: what depends on the version (total power, network, disk, thermal state) is not recorded";
const UNDECIDED_DISK =
  "mactop 0.2.7 and 2.0.0 look alike but count disk bytes in different units: not recorded (update mactop)";
const UNDECIDED_THERMAL =
  "mactop 0.2.7 and 2.0.0 look alike but only one has a working thermal state: not recorded (update mactop)";

function putHeat(draft: ReadingDraft, gauges: Gauges, generation: Generation): void {
  const gpu = gauges.one("mactop_gpu_temp_celsius") ??
    gauges.one("mactop_gpu_temperature_celsius");
  // The gauge named after the SoC is set from the CPU's temperature.
  rules.putTemperatures(draft, gauges.one("mactop_soc_temp_celsius"), gpu);
  const thermal = gauges.one("mactop_thermal_state");
  if (thermal === undefined) return;
  if (generation.thermal === "live") draft.put("thermal_level", thermal);
  else {draft.note(
      generation.thermal === "dead" ? rules.THERMAL_DEAD : undecided(generation, UNDECIDED_THERMAL),
    );}
}

function putTraffic(draft: ReadingDraft, gauges: Gauges, generation: Generation): void {
  const network = (direction: string) =>
    gauges.one("mactop_network_kbytes_per_sec", "direction", direction);
  const disk = (operation: string) =>
    gauges.one("mactop_disk_kbytes_per_sec", "operation", operation);
  const { networkUnitBytes, diskUnitBytes } = generation;
  if (networkUnitBytes !== undefined) {
    rules.putByteRate(draft, "net_rx_bytes_per_s", network("download"), networkUnitBytes);
    rules.putByteRate(draft, "net_tx_bytes_per_s", network("upload"), networkUnitBytes);
  } else if (network("download") !== undefined) draft.note(UNKNOWN_VERSION);
  if (diskUnitBytes !== undefined) {
    rules.putByteRate(draft, "disk_read_bytes_per_s", disk("read"), diskUnitBytes);
    rules.putByteRate(draft, "disk_write_bytes_per_s", disk("write"), diskUnitBytes);
  } else if (disk("read") !== undefined) draft.note(undecided(generation, UNDECIDED_DISK));
  draft.put("disk_read_ops_per_s", gauges.one("mactop_disk_iops", "operation", "read"));
  draft.put("disk_write_ops_per_s", gauges.one("mactop_disk_iops", "operation", "write"));
  const thunderbolt = (direction: string) =>
    gauges.one("mactop_thunderbolt_network_bytes_per_sec", "direction", direction);
  rules.putByteRate(draft, "tb_rx_bytes_per_s", thunderbolt("download"));
  rules.putByteRate(draft, "tb_tx_bytes_per_s", thunderbolt("upload"));
}

function undecided({ totalPower }: Generation, note: string): string {
  return totalPower === "unknown" ? UNKNOWN_VERSION : note;
}

function dramOf(gauges: Gauges, { samples }: MetricText): rules.DramBandwidth {
  const gbs = (direction: string) =>
    gauges.one("mactop_dram_bandwidth_gbs", "direction", direction);
  const active = samples.get("mactop_dram_bandwidth_source")?.find(({ value }) => value === 1);
  return {
    readGbs: gbs("read"),
    writeGbs: gbs("write"),
    combinedGbs: gbs("combined"),
    source: active?.labels.get("source"),
  };
}

function putSeries(draft: ReadingDraft, { samples }: MetricText, chip: rules.Chip): void {
  for (const { labels, value } of samples.get("mactop_cpu_core_usage_percent") ?? []) {
    const label = rules.coreLabel(labels.get("core") ?? "", labels.get("type") ?? "", chip);
    draft.putSeries("core_pct", label, value);
  }
  for (const { labels, value } of samples.get("mactop_fan_rpm") ?? []) {
    const label = rules.fanLabel(labels.get("fan_id") ?? "", labels.get("fan_name") ?? "");
    draft.putSeries("fan_rpm", label, value);
  }
  for (const { labels, value } of samples.get("mactop_temp_sensor_celsius") ?? []) {
    // As with the averages, 0 is a sensor that gave nothing.
    if (value === 0) continue;
    const label = `${labels.get("key") ?? ""} ${labels.get("name") ?? ""}`.trim();
    draft.putSeries("sensor_celsius", label, value);
  }
}
