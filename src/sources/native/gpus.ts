/** GPUs: what each driver says, and the machine's metrics made of it. */
import type { ReadingDraft } from "../reading_draft.ts";
import type { Collector } from "./collector.ts";
import { maxOf, sumOf } from "./numbers.ts";

/** What is known of one GPU now. */
export interface GpuState {
  /** `card0`, `nvidia1`. */
  readonly label: string;
  readonly busyPct?: number | undefined;
  readonly mhz?: number | undefined;
  readonly celsius?: number | undefined;
  readonly watts?: number | undefined;
  /** Of its own memory; undefined where it uses the machine's. */
  readonly memoryUsedBytes?: number | undefined;
  readonly memoryTotalBytes?: number | undefined;
}

/** One way to ask for GPUs. */
export interface GpuProbe {
  discover(): void;
  states(wantSeries: boolean): readonly GpuState[];
  /** What the user should know; the same words every time. */
  note?(): string | undefined;
  close?(): Promise<void>;
}

export function createGpus(probes: readonly GpuProbe[]): Collector {
  return {
    name: "GPUs",
    discover() {
      for (const probe of probes) probe.discover();
    },
    collect(draft, { wantSeries }) {
      putGpus(draft, probes.flatMap((probe) => probe.states(wantSeries)));
      for (const probe of probes) {
        const note = probe.note?.();
        if (note) draft.note(note);
      }
    },
    async close() {
      await Promise.all(probes.map((probe) => probe.close?.()));
    },
  };
}

/** Of several GPUs: use and clock of the busiest, the hottest temperature, power and memory summed. */
export function putGpus(draft: ReadingDraft, gpus: readonly GpuState[]): void {
  const withUse = gpus.filter(({ busyPct }) => busyPct !== undefined);
  const busyPct = maxOf(withUse.map((gpu) => gpu.busyPct));
  const busiest = withUse.find((gpu) => gpu.busyPct === busyPct);
  draft.put("gpu_pct", busyPct);
  draft.put("gpu_mhz", busiest?.mhz ?? maxOf(gpus.map(({ mhz }) => mhz)));
  draft.put("gpu_celsius", maxOf(gpus.map(({ celsius }) => celsius)));
  draft.put("gpu_watts", sumOfKnown(gpus.map(({ watts }) => watts)));
  draft.put("gpu_memory_used_bytes", sumOfKnown(gpus.map((gpu) => gpu.memoryUsedBytes)));
  draft.put("gpu_memory_total_bytes", sumOfKnown(gpus.map((gpu) => gpu.memoryTotalBytes)));
  if (withUse.length < 2) return;
  for (const gpu of withUse) draft.putSeries("gpu_unit_pct", gpu.label, gpu.busyPct);
}

/** Integrated GPUs beside a discrete one have no power meter or memory of their own: they add nothing that could be known. */
function sumOfKnown(values: readonly (number | undefined)[]): number | undefined {
  return sumOf(values.filter((value) => value !== undefined));
}
