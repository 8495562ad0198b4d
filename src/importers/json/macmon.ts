/** `macmon pipe`, 0.6 to 0.8 (facts: its source). Usage is `active_ratio`: the scaled one is no share of time. */
import type { MetricId } from "../../model/mod.ts";
import { ReadingDraft } from "../../sources/mod.ts";
import type { ImportFormat } from "../import_format.ts";
import { Fields } from "../fields.ts";
import { jsonReader, momentIn } from "./json_reader.ts";

export const SCALED_ONLY =
  "this macmon gives usage scaled by clock frequency only, which is no time in use: not imported (macmon 0.8 gives both)";
export const NO_CHIP =
  "the file does not name the chip (macmon pipe --soc-info): cores are taken to be E and P, as macmon calls them; on an M5 Pro or Max they are P and S";
const NOT_READY = "macmon had no data yet";

interface Gauge {
  readonly id: MetricId;
  readonly key: string;
  readonly in?: "memory" | "temp";
  /** Here 0 means that it could not be read. */
  readonly zeroIsMissing?: true;
}

// deno-fmt-ignore
const GAUGES: readonly Gauge[] = [
  { id: "ram_used_bytes", in: "memory", key: "ram_usage" },
  { id: "ram_total_bytes", in: "memory", key: "ram_total" },
  { id: "swap_used_bytes", in: "memory", key: "swap_usage" },
  { id: "swap_total_bytes", in: "memory", key: "swap_total" },
  { id: "cpu_watts", key: "cpu_power" },
  { id: "gpu_watts", key: "gpu_power" },
  { id: "ane_watts", key: "ane_power" },
  { id: "dram_watts", key: "ram_power" },
  { id: "gpu_sram_watts", key: "gpu_ram_power" },
  { id: "package_watts", key: "all_power" },
  { id: "total_watts", key: "sys_power", zeroIsMissing: true },
  { id: "cpu_celsius", in: "temp", key: "cpu_temp_avg", zeroIsMissing: true },
  { id: "gpu_celsius", in: "temp", key: "gpu_temp_avg", zeroIsMissing: true },
];

const CLASS_METRICS: Readonly<Record<string, MetricId>> = {
  e: "ecpu_pct",
  p: "pcpu_pct",
  s: "scpu_pct",
};

export const macmon: ImportFormat = {
  name: "macmon",
  title: "macmon pipe",
  recognises: (head) =>
    /^[\s[,]*\{/.test(head) && head.includes('"all_power"') && head.includes('"ram_total"'),
  createReader(context) {
    let soc: Fields | undefined;
    return jsonReader(context, (object, line) => {
      const root = new Fields(object);
      if (!root.inside("memory").number("ram_total")) return context.sink.leftOut(NOT_READY);
      // It writes UTC wherever it runs.
      const moment = momentIn(object, "timestamp", { line, ownZone: false, context });
      if (!moment) return;
      if ("soc" in object) soc = root.inside("soc");
      context.sink.sample(line, { ...moment, reading: readingOf(root, soc) });
    });
  },
};

function readingOf(root: Fields, soc: Fields | undefined) {
  const draft = new ReadingDraft();
  for (const { id, in: group, key, zeroIsMissing } of GAUGES) {
    const value = (group ? root.inside(group) : root).number(key);
    if (!(zeroIsMissing && value === 0)) draft.put(id, value);
  }
  const [gpuMhz] = root.list("gpu_usage");
  draft.put("gpu_mhz", root.number("gpu_freq_mhz") ?? asNumber(gpuMhz));
  draft.put("cpu_pct", root.number("cpu_active_ratio"), 100);
  draft.put("gpu_pct", root.number("gpu_active_ratio"), 100);
  if (root.number("cpu_active_ratio") === undefined) draft.note(SCALED_ONLY);
  putCores(draft, root, soc);
  for (const each of root.list("fans")) {
    const fan = new Fields(each);
    draft.putSeries("fan_rpm", fan.text("name") ?? "", fan.number("rpm"));
  }
  return draft.finish();
}

/** Classes of cores, under the letters that the chip gives them, and each core, numbered through. */
function putCores(draft: ReadingDraft, root: Fields, soc: Fields | undefined): void {
  let number = 0;
  for (const unit of ["ecpu", "pcpu"] as const) {
    if (soc?.number(`${unit}_cores`) === 0) continue;
    const label = (soc?.text(`${unit}_label`) ?? unit).slice(0, 1).toLowerCase();
    const active = root.number(`${unit}_active_ratio`);
    const metric = CLASS_METRICS[label];
    if (metric) draft.put(metric, active, 100);
    if (active !== undefined && !soc) draft.note(NO_CHIP);
    for (const each of root.list(`${unit}_cores`)) {
      const ratio = new Fields(each).number("active_ratio");
      draft.putSeries("core_pct", `${number}${label}`, ratio === undefined ? ratio : ratio * 100);
      number++;
    }
  }
}

function asNumber(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
