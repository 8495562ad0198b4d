/** Labelled metrics (one value a core, fan, sensor, …): the `series` dataset, long format. */
import type { Metric } from "./metric.ts";

/** A labelled metric also says what its label names. */
export interface SeriesMetric extends Metric {
  readonly label: string;
}

const WHOLE = { step: 1 } as const;

// One record a line: it reads as a table.
// deno-fmt-ignore
export const SERIES_METRICS = [
  { id: "core_pct", label: "core", unit: "%", kind: "gauge", range: [0, 100], resolution: { step: 0.1 }, worse: "higher", title: "CORE", sources: ["mactop", "native", "prometheus"], help: "one logical core in use; label: its number, on Apple silicon with the kind: 4p" },
  { id: "core_mhz", label: "core", unit: "MHz", kind: "gauge", range: [0, 20_000], resolution: WHOLE, worse: "neither", title: "CORE CLOCK", sources: ["native"], help: "clock of one logical core" },
  { id: "fan_rpm", label: "fan", unit: "rpm", kind: "gauge", range: [0, 30_000], resolution: WHOLE, worse: "higher", title: "FAN", sources: ["mactop", "native", "prometheus"], help: "speed of a fan; 0 = stopped" },
  { id: "sensor_celsius", label: "sensor", unit: "°C", kind: "gauge", range: [-40, 150], resolution: { step: 0.1 }, worse: "higher", title: "SENSOR", sources: ["mactop", "native", "prometheus"], help: "one temperature sensor; label: key and name" },
  { id: "fs_used_bytes", label: "mount", unit: "bytes", kind: "gauge", range: [0, 2 ** 60], resolution: { step: 1024 * 1024 }, worse: "higher", title: "FS USED", sources: ["native", "prometheus"], help: "space in use on a file system; label: where it is mounted" },
  { id: "fs_total_bytes", label: "mount", unit: "bytes", kind: "gauge", range: [0, 2 ** 60], resolution: { step: 1024 * 1024 }, worse: "neither", title: "FS SIZE", sources: ["native", "prometheus"], help: "size of a file system" },
  { id: "if_rx_bytes_per_s", label: "interface", unit: "bytes/s", kind: "rate", range: [0, 1e12], resolution: { step: 1, digits: 4 }, worse: "higher", title: "IF IN", sources: ["native", "prometheus"], help: "received by one network interface" },
  { id: "if_tx_bytes_per_s", label: "interface", unit: "bytes/s", kind: "rate", range: [0, 1e12], resolution: { step: 1, digits: 4 }, worse: "higher", title: "IF OUT", sources: ["native", "prometheus"], help: "sent by one network interface" },
  { id: "gpu_unit_pct", label: "gpu", unit: "%", kind: "gauge", range: [0, 100], resolution: { step: 0.1 }, worse: "higher", title: "GPU UNIT", sources: ["native"], help: "one GPU in use, where there are several" },
] as const satisfies readonly SeriesMetric[];

/** Id of a labelled metric of `series`. */
export type SeriesMetricId = (typeof SERIES_METRICS)[number]["id"];

const BY_ID: ReadonlyMap<string, SeriesMetric> = new Map(
  SERIES_METRICS.map((metric) => [metric.id, metric]),
);

/** The record of a labelled metric; undefined for an id that is not in the catalogue. */
export function findSeriesMetric(id: string): SeriesMetric | undefined {
  return BY_ID.get(id);
}
