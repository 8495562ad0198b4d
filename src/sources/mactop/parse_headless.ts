/**
 * Objects of `mactop --headless`, versions 0.2.5 to 2.1.5, to readings in base units. Pure; an importer of saved streams
 * can use it too. Units are honest here; what the fields mean still differs from version to version.
 */
import type { SourceResult } from "../../model/mod.ts";
import { ReadingDraft } from "../reading_draft.ts";
import * as rules from "./rules.ts";

export interface HeadlessOptions {
  /** The first object of a stream: its rates are 0 because there was nothing before. */
  readonly isFirst: boolean;
  readonly wantSeries: boolean;
}

/** The reading in one object of the stream. */
export function parseHeadless(object: unknown, options: HeadlessOptions): SourceResult {
  const root = new Fields(object);
  const soc = root.inside("soc_metrics");
  const memory = root.inside("memory");
  const total = memory.number("total");
  if (total === undefined) return { state: "failed", reason: "this is not an object of mactop's" };
  if (!(total > 0)) return { state: "not_ready", reason: rules.NO_DATA_YET };
  const draft = new ReadingDraft();
  const chip = chipOf(root);
  draft.put("cpu_pct", root.number("cpu_usage"));
  putCores(draft, root, chip, options.wantSeries);
  rules.putGpu(draft, root.number("gpu_usage"), soc.number("gpu_freq_mhz"));
  draft.put("ram_used_bytes", memory.number("used"));
  draft.put("ram_total_bytes", total);
  draft.put("swap_used_bytes", memory.number("swap_used"));
  draft.put("swap_total_bytes", memory.number("swap_total"));
  putPower(draft, soc);
  putHeat(draft, root, soc);
  putTraffic(draft, root, options.isFirst);
  rules.putDramBandwidth(draft, chip, {
    readGbs: soc.number("dram_read_bw_gbs"),
    writeGbs: soc.number("dram_write_bw_gbs"),
    combinedGbs: soc.number("dram_bw_combined_gbs"),
    source: undefined,
  });
  const battery = root.inside("battery");
  rules.putBattery(draft, battery.number("percent"), battery.flag("charging"));
  if (options.wantSeries) putSeries(draft, root);
  return { state: "ok", reading: draft.finish() };
}

/** A JSON value from which fields are taken if they are there and of the right type; else undefined. */
class Fields {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(value: unknown) {
    this.#fields = typeof value === "object" && value !== null ? { ...value } : {};
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#fields, key);
  }

  number(key: string): number | undefined {
    const value = this.#fields[key];
    return typeof value === "number" ? value : undefined;
  }

  flag(key: string): number | undefined {
    const value = this.#fields[key];
    return typeof value === "boolean" ? Number(value) : undefined;
  }

  text(key: string): string | undefined {
    const value = this.#fields[key];
    return typeof value === "string" ? value : undefined;
  }

  inside(key: string): Fields {
    return new Fields(this.#fields[key]);
  }

  list(key: string): readonly unknown[] {
    const value = this.#fields[key];
    return Array.isArray(value) ? value : [];
  }
}

/** From `system_info`; from 2.1.0 on it leaves out classes of which there are none. */
function chipOf(root: Fields): rules.Chip {
  const info = root.inside("system_info");
  const known = info.number("core_count");
  const count = (key: string) => known === undefined ? undefined : info.number(key) ?? 0;
  return {
    model: info.text("name"),
    eCores: count("e_core_count"),
    pCores: count("p_core_count"),
    sCores: count("s_core_count"),
  };
}

/**
 * Use of the cores, and from them of their classes, by mactop's own rule: E-cores first, then P, then S. (The fields
 * ecpu_usage and pcpu_usage of later versions are residencies of the clusters, another quantity.)
 */
function putCores(draft: ReadingDraft, root: Fields, chip: rules.Chip, wantSeries: boolean): void {
  const cores = root.list("core_usages");
  const { eCores = 0, pCores = 0, sCores = 0 } = chip;
  if (cores.length === 0 || eCores + pCores + sCores !== cores.length) return;
  if (!cores.every((pct) => typeof pct === "number")) return;
  const afterP = eCores + pCores;
  rules.putCoreClasses(draft, chip, {
    e: mean(cores.slice(0, eCores)),
    p: mean(cores.slice(eCores, afterP)),
    s: mean(cores.slice(afterP)),
  });
  if (!wantSeries) return;
  cores.forEach((pct, core) => {
    const kind = core < eCores ? "e" : core < afterP ? "p" : "s";
    draft.putSeries("core_pct", rules.coreLabel(String(core), kind, chip), pct);
  });
}

function mean(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const POWER_TOLERANCE_WATTS = 1e-3;
const UNCLEAR_POWER =
  "mactop's total and system power do not add up in any known way: not recorded";

/**
 * The two words swapped their meaning at 0.2.7: before, system_power was the whole machine and total_power the sum of
 * the parts; since then total_power is the whole and system_power the rest. The arithmetic tells which.
 */
function putPower(draft: ReadingDraft, soc: Fields): void {
  const parts = {
    cpu: soc.number("cpu_power"),
    gpu: soc.number("gpu_power"),
    gpuSram: soc.number("gpu_sram_power"),
    ane: soc.number("ane_power"),
    dram: soc.number("dram_power"),
  };
  const system = soc.number("system_power");
  const total = soc.number("total_power");
  const sum = Object.values(parts).reduce<number>((all, watts) => all + (watts ?? 0), 0);
  const put = (rest: number | undefined, whole: number | undefined) =>
    rules.putPower(draft, { ...parts, rest, total: whole });
  if (system === undefined || total === undefined) return put(undefined, undefined);
  const isNear = (a: number, b: number) => Math.abs(a - b) <= POWER_TOLERANCE_WATTS;
  if (isNear(total, sum + system)) return put(system, total);
  if (isNear(total, sum) && system > sum) return put(undefined, system);
  put(undefined, undefined);
  draft.note(UNCLEAR_POWER);
}

/** NSProcessInfo's words as mactop 0.2.5 to 0.2.7 print them. */
const THERMAL_LEVELS: ReadonlyMap<string, number> = new Map([
  ["Nominal", 0],
  ["Moderate", 1],
  ["Heavy", 2],
  ["Critical", 3],
]);

function putHeat(draft: ReadingDraft, root: Fields, soc: Fields): void {
  // Until 2.0.4 the temperatures are also at the top; since 2.0.5 only here.
  const cpu = soc.number("cpu_temp") ?? root.number("cpu_temp");
  const gpu = soc.number("gpu_temp") ?? root.number("gpu_temp");
  rules.putTemperatures(draft, cpu, gpu);
  const level = root.number("thermal_level");
  if (level !== undefined) return draft.put("thermal_level", level);
  const words = root.text("thermal_state");
  if (words === undefined) return;
  // `rdma_status` came with 2.0.1, and 2.0.0 says Normal: from there to 2.1.3 the state is stuck.
  const isLive = !root.has("rdma_status") && words !== "Normal";
  if (isLive) draft.put("thermal_level", THERMAL_LEVELS.get(words));
  else draft.note(rules.THERMAL_DEAD);
}

/** The shortest packet there is, an empty IPv4 one. */
const MIN_PACKET_BYTES = 20;

function putTraffic(draft: ReadingDraft, root: Fields, isFirst: boolean): void {
  const rates = root.inside("net_disk");
  const keys = ["in_packets_per_sec", "out_packets_per_sec", "read_ops_per_sec"];
  if (isFirst && keys.every((key) => (rates.number(key) ?? 0) === 0)) return;
  draft.put("disk_read_ops_per_s", rates.number("read_ops_per_sec"));
  draft.put("disk_write_ops_per_s", rates.number("write_ops_per_sec"));
  const thunderbolt = (way: string) => root.number(`tb_net_total_bytes_${way}_per_sec`);
  rules.putByteRate(draft, "tb_rx_bytes_per_s", thunderbolt("in"));
  rules.putByteRate(draft, "tb_tx_bytes_per_s", thunderbolt("out"));
  if (hasShrunkPackets(rates, "in") || hasShrunkPackets(rates, "out")) {
    return draft.note(
      "mactop reports fewer bytes than its packets can have: network and disk bytes are in an unknown unit, not recorded",
    );
  }
  rules.putByteRate(draft, "net_rx_bytes_per_s", rates.number("in_bytes_per_sec"));
  rules.putByteRate(draft, "net_tx_bytes_per_s", rates.number("out_bytes_per_sec"));
  rules.putByteRate(draft, "disk_read_bytes_per_s", rates.number("read_kbytes_per_sec"), 1024);
  rules.putByteRate(draft, "disk_write_bytes_per_s", rates.number("write_kbytes_per_sec"), 1024);
}

/** Development versions before 0.2.5 divided all rates by 1000 under the same names. */
function hasShrunkPackets(rates: Fields, way: "in" | "out"): boolean {
  const packets = rates.number(`${way}_packets_per_sec`) ?? 0;
  return (rates.number(`${way}_bytes_per_sec`) ?? Infinity) < MIN_PACKET_BYTES * packets;
}

function putSeries(draft: ReadingDraft, root: Fields): void {
  for (const entry of root.list("fans")) {
    const fan = new Fields(entry);
    const id = String(fan.number("id") ?? "");
    draft.putSeries("fan_rpm", rules.fanLabel(id, fan.text("name") ?? ""), fan.number("rpm"));
  }
  for (const entry of root.list("temperatures")) {
    const group = new Fields(entry);
    const celsius = group.number("avg_celsius");
    // As everywhere, 0 is a sensor that gave nothing.
    if (celsius !== 0) draft.putSeries("sensor_celsius", group.text("group") ?? "", celsius);
  }
}
