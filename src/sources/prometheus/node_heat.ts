/** Temperatures and fans from node_exporter's hwmon and thermal_zone collectors, named as the native source names them. */
import { cpuTemperatureSensors, isCpuZone } from "../native/cpu_temperature.ts";
import type { HwmonChip } from "../native/hwmon_chips.ts";
import { meanOf } from "../native/numbers.ts";
import type { MetricText } from "../prometheus_text/parse_metric_text.ts";
import type { ReadingDraft } from "../reading_draft.ts";

export function putHeat(draft: ReadingDraft, metrics: MetricText, wantSeries: boolean): void {
  const celsius = valuesBySensor(metrics, "node_hwmon_temp_celsius");
  const chips = findChips(metrics, [...celsius.keys()]);
  const cpu = cpuTemperatureSensors(chips).map(({ path }) => celsius.get(path));
  draft.put("cpu_celsius", meanOf(cpu) ?? meanOf(cpuZones(metrics)));
  if (!wantSeries) return;
  for (const chip of chips) {
    const isOnly = chips.filter(({ name }) => name === chip.name).length === 1;
    const title = isOnly ? chip.name : `${chip.name} ${chip.folder}`;
    for (const { path, label } of chip.temperatures) {
      draft.putSeries("sensor_celsius", `${title} ${label}`, celsius.get(path));
    }
  }
  putFans(draft, metrics);
}

function putFans(draft: ReadingDraft, metrics: MetricText): void {
  const names = chipNames(metrics);
  const labels = sensorLabels(metrics);
  for (const { labels: of, value } of metrics.samples.get("node_hwmon_fan_rpm") ?? []) {
    const chip = of.get("chip") ?? "";
    const sensor = of.get("sensor") ?? "";
    const label = labels.get(`${chip} ${sensor}`) ?? sensor;
    draft.putSeries("fan_rpm", `${names.get(chip) ?? chip} ${label}`, value);
  }
}

function valuesBySensor({ samples }: MetricText, family: string): ReadonlyMap<string, number> {
  return new Map(
    (samples.get(family) ?? []).map((
      { labels, value },
    ) => [`${labels.get("chip")} ${labels.get("sensor")}`, value]),
  );
}

function findChips(metrics: MetricText, sensorPaths: readonly string[]): HwmonChip[] {
  const names = chipNames(metrics);
  const labels = sensorLabels(metrics);
  const byChip = Map.groupBy(sensorPaths, (path) => path.slice(0, path.indexOf(" ")));
  return [...byChip].map(([folder, paths]) => ({
    folder,
    name: names.get(folder) ?? folder,
    temperatures: paths.map((path) => ({
      path,
      label: labels.get(path) ?? path.slice(folder.length + 1),
    })),
    fans: [],
  }));
}

function chipNames({ samples }: MetricText): ReadonlyMap<string, string> {
  return new Map(
    (samples.get("node_hwmon_chip_names") ?? []).map((
      { labels },
    ) => [labels.get("chip") ?? "", labels.get("chip_name") ?? ""]),
  );
}

function sensorLabels({ samples }: MetricText): ReadonlyMap<string, string> {
  return new Map(
    (samples.get("node_hwmon_sensor_label") ?? []).map((
      { labels },
    ) => [
      `${labels.get("chip")} ${labels.get("sensor")}`,
      driverLabel(labels.get("label") ?? ""),
    ]),
  );
}

/** Older versions of node_exporter turn the driver's `Package id 0` into `package_id_0`. */
function driverLabel(label: string): string {
  if (!/^[a-z0-9_]+$/.test(label)) return label;
  return label.charAt(0).toUpperCase() + label.slice(1).replaceAll("_", " ");
}

function cpuZones({ samples }: MetricText): number[] {
  return (samples.get("node_thermal_zone_temp") ?? [])
    .filter(({ labels }) => isCpuZone(labels.get("type") ?? ""))
    .map(({ value }) => value);
}
