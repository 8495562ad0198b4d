/**
 * Which mactop answers, told from the scrape alone, because nothing in it says the version and the same gauge means
 * bytes in one release and KiB in the next. Source of the facts: mactop's own source, releases 0.2.3 to 2.1.5.
 */
import type { MetricText } from "../prometheus_text/parse_metric_text.ts";

export interface Generation {
  /** The versions it stands for, for people. */
  readonly versions: string;
  /** Bytes in one unit of the gauge `mactop_network_kbytes_per_sec`; undefined where it is not known. */
  readonly networkUnitBytes: number | undefined;
  /** Bytes in one unit of the gauge `mactop_disk_kbytes_per_sec`. */
  readonly diskUnitBytes: number | undefined;
  /** `dead`: it reads an Intel-only value, always 0 on Apple silicon. */
  readonly thermal: "live" | "dead" | "unknown" | "absent";
  /** What `component="total"` is the power of. */
  readonly totalPower: "machine" | "package" | "unknown";
}

const BYTE = 1;
const KIBIBYTE = 1024;

// deno-fmt-ignore
const GENERATIONS = {
  "2.1.4":   { versions: "2.1.4+", networkUnitBytes: KIBIBYTE, diskUnitBytes: KIBIBYTE, thermal: "live", totalPower: "machine" },
  "2.1.0":   { versions: "2.1.0–2.1.3", networkUnitBytes: BYTE, diskUnitBytes: BYTE, thermal: "dead", totalPower: "machine" },
  "2.0.2":   { versions: "2.0.2–2.0.9", networkUnitBytes: BYTE, diskUnitBytes: BYTE, thermal: "dead", totalPower: "machine" },
  // 0.2.7 (KiB, live) and 2.0.0–2.0.1 (bytes, dead) look the same: not to be guessed.
  "0.2.7":   { versions: "0.2.7 or 2.0.0–2.0.1", networkUnitBytes: BYTE, diskUnitBytes: undefined, thermal: "unknown", totalPower: "machine" },
  "0.2.5":   { versions: "0.2.5–0.2.6", networkUnitBytes: BYTE, diskUnitBytes: KIBIBYTE, thermal: "live", totalPower: "machine" },
  "0.2.3":   { versions: "0.2.3–0.2.4", networkUnitBytes: undefined, diskUnitBytes: undefined, thermal: "absent", totalPower: "package" },
  "unknown": { versions: "of an unknown version", networkUnitBytes: undefined, diskUnitBytes: undefined, thermal: "unknown", totalPower: "unknown" },
} as const satisfies Readonly<Record<string, Generation>>;

/** The generation of mactop that an answer comes from; undefined when it has no `mactop_` series at all. */
export function generationOf(metrics: MetricText): Generation | undefined {
  const { samples } = metrics;
  if (!hasMactopSeries(metrics)) return undefined;
  if (samples.has("mactop_battery_percent")) return GENERATIONS["2.1.4"];
  if (samples.has("mactop_gpu_temp_celsius")) return GENERATIONS["2.1.0"];
  if (samples.has("mactop_gpu_temperature_celsius")) {
    if (samples.has("mactop_system_info")) return GENERATIONS["2.0.2"];
    const power = samples.get("mactop_power_watts");
    const hasSystem = power?.some(({ labels }) => labels.get("component") === "system");
    // Without any power series yet, the absence of one label says nothing.
    return power && !hasSystem ? GENERATIONS["0.2.5"] : GENERATIONS["0.2.7"];
  }
  const isFirst = metrics.helpOf("mactop_cpu_usage_percent")?.startsWith("Current Total CPU");
  return isFirst ? GENERATIONS["0.2.3"] : GENERATIONS.unknown;
}

export function hasMactopSeries({ samples }: MetricText): boolean {
  for (const name of samples.keys()) if (name.startsWith("mactop_")) return true;
  return false;
}
