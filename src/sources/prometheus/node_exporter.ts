/** node_exporter's `/metrics`, of Linux and macOS, to readings; rates from its counters. */
import type { SourceResult } from "../../model/mod.ts";
import { CounterMeter } from "../native/counters.ts";
import type { MetricText } from "../prometheus_text/parse_metric_text.ts";
import { ReadingDraft } from "../reading_draft.ts";
import type { Exporter, ExporterReader, Moment } from "./exporter.ts";
import { NodeCpu } from "./node_cpu.ts";
import { countersOf } from "./node_devices.ts";
import {
  NODE_RULES,
  NODE_SERIES_RULES,
  type NodeRule,
  type RateRule,
} from "./node_exporter_table.ts";
import { putFileSystems } from "./node_file_systems.ts";
import { putGauge, putMean } from "./node_gauges.ts";
import { putHeat } from "./node_heat.ts";

const TELL_TALES = [
  "node_exporter_build_info",
  "node_cpu_seconds_total",
  "node_memory_MemTotal_bytes",
  "node_memory_total_bytes",
  "node_load1",
];

export const nodeExporter: Exporter = {
  // Others use the prefix too, so not by the prefix.
  recognises: ({ samples }) => TELL_TALES.some((name) => samples.has(name)),
  createReader: () => new NodeExporterReader(),
};

export class NodeExporterReader implements ExporterReader {
  readonly #cpu = new NodeCpu();
  readonly #meters = new Map<NodeRule, CounterMeter>();
  readonly #seriesMeters = NODE_SERIES_RULES.map((rule) => ({ rule, meter: new CounterMeter() }));

  describe({ samples }: MetricText): string {
    const build = samples.get("node_exporter_build_info")?.[0]?.labels;
    return `node_exporter ${build?.get("version") ?? ""}`.trim();
  }

  read(metrics: MetricText, moment: Moment): SourceResult {
    const draft = new ReadingDraft();
    const known = new Set<string>();
    this.#cpu.put(draft, metrics, moment);
    for (const rule of NODE_RULES) {
      if (known.has(rule.id) || !this.#put(draft, metrics, rule, moment)) continue;
      known.add(rule.id);
    }
    putHeat(draft, metrics, moment.wantSeries);
    if (moment.wantSeries) {
      this.#putInterfaces(draft, metrics, moment);
      putFileSystems(draft, metrics);
    }
    return { state: "ok", reading: draft.finish() };
  }

  /** Applies one record of the table; false when the exporter does not have what it needs. */
  #put(draft: ReadingDraft, metrics: MetricText, rule: NodeRule, moment: Moment): boolean {
    switch (rule.how) {
      case "gauge":
        return putGauge(draft, metrics, rule);
      case "mean":
        return putMean(draft, metrics, rule);
      case "rate":
        return this.#putRate(draft, metrics, rule, moment);
    }
  }

  #putRate(
    draft: ReadingDraft,
    { samples }: MetricText,
    rule: RateRule,
    { monotonicMs }: Moment,
  ): boolean {
    const family = samples.get(rule.family);
    if (!family) return false;
    let meter = this.#meters.get(rule);
    if (!meter) this.#meters.set(rule, meter = new CounterMeter());
    const growth = meter.growth(countersOf(family, rule.devices), monotonicMs);
    draft.put(rule.id, growth?.total?.[0], rule.scale);
    return true;
  }

  #putInterfaces(draft: ReadingDraft, { samples }: MetricText, { monotonicMs }: Moment): void {
    for (const { rule, meter } of this.#seriesMeters) {
      const counters = countersOf(samples.get(rule.family) ?? [], rule.devices);
      for (const [device, rates] of meter.growth(counters, monotonicMs)?.perDevice ?? []) {
        draft.putSeries(rule.metric, device, rates[0]);
      }
    }
  }
}
