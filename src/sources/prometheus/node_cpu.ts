/** CPU use from `node_cpu_seconds_total{cpu,mode}`. Guests have a metric of their own and are part of `user`, as in /proc/stat. */
import { type CpuTimes, type CpuUse, useBetween } from "../native/cpu_stat.ts";
import type { MetricText } from "../prometheus_text/parse_metric_text.ts";
import type { ReadingDraft } from "../reading_draft.ts";
import type { Moment } from "./exporter.ts";

type TimesByCpu = ReadonlyMap<string, CpuTimes>;

/** The kernel's ticks, in which the native source reckons. */
const TICKS_PER_SECOND = 100;
const FAMILY = "node_cpu_seconds_total";

/** Remembers the last look at the machine, and apart from it the last look at the cores. */
export class NodeCpu {
  #machine: TimesByCpu = new Map();
  #cores: TimesByCpu = new Map();

  put(draft: ReadingDraft, metrics: MetricText, { wantSeries }: Moment): void {
    const now = timesByCpu(metrics);
    const use = useOfAll(this.#machine, now);
    this.#machine = now;
    draft.put("cpu_pct", use?.busyPct);
    // macOS does not have these modes; 0 would say that nothing waited.
    if (hasMode(metrics, "iowait")) draft.put("cpu_iowait_pct", use?.iowaitPct);
    if (hasMode(metrics, "steal")) draft.put("cpu_steal_pct", use?.stealPct);
    if (!wantSeries) return;
    for (const [cpu, times] of now) {
      const before = this.#cores.get(cpu);
      draft.putSeries("core_pct", cpu, before && useBetween(before, times)?.busyPct);
    }
    this.#cores = now;
  }
}

function timesByCpu({ samples }: MetricText): TimesByCpu {
  const all = new Map<string, { busy: number; idle: number; iowait: number; steal: number }>();
  for (const { labels, value } of samples.get(FAMILY) ?? []) {
    const cpu = labels.get("cpu") ?? "";
    const mode = labels.get("mode") ?? "";
    let times = all.get(cpu);
    if (!times) all.set(cpu, times = { busy: 0, idle: 0, iowait: 0, steal: 0 });
    const kind = mode === "idle" || mode === "iowait" || mode === "steal" ? mode : "busy";
    times[kind] += value * TICKS_PER_SECOND;
  }
  return all;
}

function hasMode({ samples }: MetricText, mode: string): boolean {
  return samples.get(FAMILY)?.some(({ labels }) => labels.get("mode") === mode) ?? false;
}

/** Over the CPUs that were there both times: one that is switched on brings its whole past with it. */
function useOfAll(before: TimesByCpu, now: TimesByCpu): CpuUse | undefined {
  const both = [...now.keys()].filter((cpu) => before.has(cpu));
  return both.length === 0 ? undefined : useBetween(sum(before, both), sum(now, both));
}

function sum(times: TimesByCpu, cpus: readonly string[]): CpuTimes {
  const total = { busy: 0, idle: 0, iowait: 0, steal: 0 };
  for (const cpu of cpus) {
    const of = times.get(cpu);
    total.busy += of?.busy ?? NaN;
    total.idle += of?.idle ?? NaN;
    total.iowait += of?.iowait ?? NaN;
    total.steal += of?.steal ?? NaN;
  }
  return total;
}
