/** mactop's `/metrics`, all generations from 0.2.3 on, to a reading in base units. Pure. */
import type { SourceResult } from "../../model/mod.ts";
import { type MetricText, parseMetricText } from "../prometheus_text/parse_metric_text.ts";
import { textNotes } from "../prometheus_text/metrics_endpoint.ts";
import { ReadingDraft } from "../reading_draft.ts";
import { type Generation, generationOf } from "./generation.ts";
import { findGauges, type MactopGauges } from "./mactop_gauges.ts";
import * as rules from "./rules.ts";

const GIBIBYTE = 2 ** 30;

/** The reading in an answer of mactop's `/metrics`; series only when they are wanted. */
export function parseMactop(text: string, wantSeries = true): SourceResult {
  return new MactopText(parseMetricText(text)).read(wantSeries);
}

/** One answer, parsed already; while its values are brought up to date by the parser, it can be read again. */
export class MactopText {
  /** undefined: it is not mactop that answers. */
  readonly generation: Generation | undefined;
  readonly #gauges: MactopGauges;
  readonly #notes: readonly string[];

  constructor(readonly metrics: MetricText) {
    this.generation = generationOf(metrics);
    this.#gauges = findGauges(metrics);
    this.#notes = textNotes(metrics);
  }

  read(wantSeries: boolean): SourceResult {
    const { generation } = this;
    if (!generation) {
      return { state: "failed", reason: "there are no mactop_ series in the answer" };
    }
    const gauges = this.#gauges;
    // The rule that works for all versions: the server starts before the first sample, and serves zeros until then.
    const total = gauges.ramTotal?.value;
    if (!(total !== undefined && total > 0)) {
      return { state: "not_ready", reason: rules.NO_DATA_YET };
    }
    const draft = new ReadingDraft();
    putProcessors(draft, gauges);
    putMemory(draft, gauges);
    putPower(draft, gauges, generation);
    putHeat(draft, gauges, generation);
    putTraffic(draft, gauges, generation);
    rules.putDramBandwidth(draft, gauges.chip, dramOf(gauges));
    rules.putBattery(draft, gauges.batteryPercent?.value, gauges.batteryCharging?.value);
    if (wantSeries) putSeries(draft, gauges);
    for (const note of this.#notes) draft.note(note);
    return { state: "ok", reading: draft.finish() };
  }
}

function putProcessors(draft: ReadingDraft, gauges: MactopGauges): void {
  draft.put("cpu_pct", gauges.cpu?.value);
  rules.putCoreClasses(draft, gauges.chip, {
    e: gauges.eCores?.value,
    p: gauges.pCores?.value,
    s: gauges.sCores?.value,
  });
  rules.putGpu(draft, gauges.gpu?.value, gauges.gpuMhz?.value);
}

function putMemory(draft: ReadingDraft, gauges: MactopGauges): void {
  draft.put("ram_used_bytes", gauges.ramUsed?.value, GIBIBYTE);
  draft.put("ram_total_bytes", gauges.ramTotal?.value, GIBIBYTE);
  draft.put("swap_used_bytes", gauges.swapUsed?.value, GIBIBYTE);
  draft.put("swap_total_bytes", gauges.swapTotal?.value, GIBIBYTE);
}

function putPower(draft: ReadingDraft, gauges: MactopGauges, { totalPower }: Generation): void {
  const total = gauges.totalWatts?.value;
  rules.putPower(draft, {
    cpu: gauges.cpuWatts?.value,
    gpu: gauges.gpuWatts?.value,
    gpuSram: gauges.gpuSramWatts?.value,
    ane: gauges.aneWatts?.value,
    dram: gauges.dramWatts?.value,
    rest: gauges.restWatts?.value,
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

function putHeat(draft: ReadingDraft, gauges: MactopGauges, generation: Generation): void {
  rules.putTemperatures(draft, gauges.cpuHeat?.value, gauges.gpuHeat?.value);
  if (!gauges.thermalState) return;
  if (generation.thermal === "live") draft.put("thermal_level", gauges.thermalState.value);
  else {draft.note(
      generation.thermal === "dead" ? rules.THERMAL_DEAD : undecided(generation, UNDECIDED_THERMAL),
    );}
}

function putTraffic(draft: ReadingDraft, gauges: MactopGauges, generation: Generation): void {
  const { networkUnitBytes, diskUnitBytes } = generation;
  if (networkUnitBytes !== undefined) {
    rules.putByteRate(draft, "net_rx_bytes_per_s", gauges.download?.value, networkUnitBytes);
    rules.putByteRate(draft, "net_tx_bytes_per_s", gauges.upload?.value, networkUnitBytes);
  } else if (gauges.download) draft.note(UNKNOWN_VERSION);
  if (diskUnitBytes !== undefined) {
    rules.putByteRate(draft, "disk_read_bytes_per_s", gauges.diskRead?.value, diskUnitBytes);
    rules.putByteRate(draft, "disk_write_bytes_per_s", gauges.diskWrite?.value, diskUnitBytes);
  } else if (gauges.diskRead) draft.note(undecided(generation, UNDECIDED_DISK));
  draft.put("disk_read_ops_per_s", gauges.diskReads?.value);
  draft.put("disk_write_ops_per_s", gauges.diskWrites?.value);
  rules.putByteRate(draft, "tb_rx_bytes_per_s", gauges.thunderboltDownload?.value);
  rules.putByteRate(draft, "tb_tx_bytes_per_s", gauges.thunderboltUpload?.value);
}

function undecided({ totalPower }: Generation, note: string): string {
  return totalPower === "unknown" ? UNKNOWN_VERSION : note;
}

function dramOf(gauges: MactopGauges): rules.DramBandwidth {
  return {
    readGbs: gauges.dramRead?.value,
    writeGbs: gauges.dramWrite?.value,
    combinedGbs: gauges.dramCombined?.value,
    source: gauges.dramSources.find(({ value }) => value === 1)?.labels.get("source"),
  };
}

function putSeries(draft: ReadingDraft, { chip, cores, fans, sensors }: MactopGauges): void {
  for (const { labels, value } of cores) {
    const label = rules.coreLabel(labels.get("core") ?? "", labels.get("type") ?? "", chip);
    draft.putSeries("core_pct", label, value);
  }
  for (const { labels, value } of fans) {
    const label = rules.fanLabel(labels.get("fan_id") ?? "", labels.get("fan_name") ?? "");
    draft.putSeries("fan_rpm", label, value);
  }
  for (const { labels, value } of sensors) {
    // As with the averages, 0 is a sensor that gave nothing.
    if (value === 0) continue;
    const label = `${labels.get("key") ?? ""} ${labels.get("name") ?? ""}`.trim();
    draft.putSeries("sensor_celsius", label, value);
  }
}
