/** macmon's `/metrics` (0.7 and later; facts: its source) to a reading. Pure. */
import type { MetricId, SourceResult } from "../../model/mod.ts";
import type { MetricText } from "../prometheus_text/parse_metric_text.ts";
import { ReadingDraft } from "../reading_draft.ts";
import { type Exporter, hasFamily } from "./exporter.ts";

export const macmon: Exporter = {
  recognises: (metrics) => hasFamily(metrics, "macmon_"),
  createReader: () => ({
    describe: () => "macmon",
    read: (metrics, { wantSeries }) => readMacmon(metrics, wantSeries),
  }),
};

interface Gauge {
  readonly id: MetricId;
  readonly family: string;
  readonly scale?: number;
  /** Here 0 means that it could not be read. */
  readonly zeroIsMissing?: true;
}

// deno-fmt-ignore
const GAUGES: readonly Gauge[] = [
  { id: "gpu_mhz", family: "macmon_gpu_freq_mhz" },
  { id: "ram_used_bytes", family: "macmon_memory_ram_used_bytes" },
  { id: "ram_total_bytes", family: "macmon_memory_ram_total_bytes" },
  { id: "swap_used_bytes", family: "macmon_memory_swap_used_bytes" },
  { id: "swap_total_bytes", family: "macmon_memory_swap_total_bytes" },
  { id: "cpu_watts", family: "macmon_cpu_power_watts" },
  { id: "gpu_watts", family: "macmon_gpu_power_watts" },
  { id: "ane_watts", family: "macmon_ane_power_watts" },
  { id: "dram_watts", family: "macmon_ram_power_watts" },
  { id: "gpu_sram_watts", family: "macmon_gpu_ram_power_watts" },
  { id: "package_watts", family: "macmon_all_power_watts" },
  { id: "total_watts", family: "macmon_sys_power_watts", zeroIsMissing: true },
  { id: "cpu_celsius", family: "macmon_cpu_temp_celsius", zeroIsMissing: true },
  { id: "gpu_celsius", family: "macmon_gpu_temp_celsius", zeroIsMissing: true },
];

const SCALED_ONLY =
  "this macmon gives usage scaled by clock frequency only, which is no time in use: not recorded (macmon 0.8 gives both)";

function readMacmon(metrics: MetricText, wantSeries: boolean): SourceResult {
  const { samples } = metrics;
  const one = (family: string) => samples.get(family)?.[0];
  if (!((one("macmon_memory_ram_total_bytes")?.value ?? 0) > 0)) {
    return { state: "not_ready", reason: "macmon answers, but has no data yet" };
  }
  const draft = new ReadingDraft();
  for (const { id, family, scale = 1, zeroIsMissing } of GAUGES) {
    const value = one(family)?.value;
    if (!(zeroIsMissing && value === 0)) draft.put(id, value, scale);
  }
  const chip = one("macmon_memory_ram_total_bytes")?.labels.get("chip") ?? "";
  for (const [unit, id] of usageColumns(chip)) {
    const active = one(`macmon_${unit}_active_ratio`)?.value;
    draft.put(id, active, 100);
    const scaled = one(`macmon_${unit}_scaled_ratio`) ?? one(`macmon_${unit}_usage_ratio`);
    if (active === undefined && scaled) draft.note(SCALED_ONLY);
  }
  if (wantSeries) {
    for (const { labels, value } of samples.get("macmon_fan_speed_rpm") ?? []) {
      draft.putSeries("fan_rpm", labels.get("fan") ?? "", value);
    }
  }
  return { state: "ok", reading: draft.finish() };
}

/** M5 Pro and Max have P- and S-cores; macmon serves them under the old names of E- and P-cores. */
function usageColumns(chip: string): readonly (readonly [string, MetricId])[] {
  const [ecpu, pcpu] = /\bM5 (Pro|Max)\b/.test(chip)
    ? ["pcpu_pct", "scpu_pct"] as const
    : ["ecpu_pct", "pcpu_pct"] as const;
  return [["cpu", "cpu_pct"], ["ecpu", ecpu], ["pcpu", pcpu], ["gpu", "gpu_pct"]];
}
