/** The lines of one sample of powermetrics' text (macOS 12 to 26, Intel too) → a reading in base units. Pure. */
import type { MetricId, Reading } from "../../model/mod.ts";
import { ReadingDraft } from "../../sources/mod.ts";
import { type Core, familyOf, putCores, putThermal } from "./chip_draft.ts";

export const UNCLEAR_DISK =
  "powermetrics' text gives disk bytes in KBytes without saying of how many bytes: not imported (its plist does)";
export const UNCLEAR_PACKAGE =
  "Package Power of macOS 12 is not the sum of CPU, GPU and ANE: not imported";
export const INTEL_CPU =
  "powermetrics on Intel gives no use of the CPU that can be compared: not imported";

/** What a line holds; its group is a number. */
interface Pattern {
  readonly section: RegExp;
  readonly line: RegExp;
  readonly metric: MetricId;
  readonly scale?: number;
}

const MILLI = 1e-3;
const PROCESSOR = /^Processor usage/;

// deno-fmt-ignore
const PATTERNS: readonly Pattern[] = [
  { section: PROCESSOR, line: /^CPU Power: +([\d.]+) mW/, metric: "cpu_watts", scale: MILLI },
  { section: PROCESSOR, line: /^GPU Power: +([\d.]+) mW/, metric: "gpu_watts", scale: MILLI },
  { section: PROCESSOR, line: /^ANE Power: +([\d.]+) mW/, metric: "ane_watts", scale: MILLI },
  { section: PROCESSOR, line: /^DRAM Power: +([\d.]+) mW/, metric: "dram_watts", scale: MILLI },
  { section: PROCESSOR, line: /^Combined Power \(CPU \+ GPU \+ ANE\): +([\d.]+) mW/, metric: "package_watts", scale: MILLI },
  { section: PROCESSOR, line: /^Intel energy model derived package power .*: +([\d.]+)W/, metric: "package_watts" },
  { section: PROCESSOR, line: /^GPU Active: +([\d.]+)%/, metric: "gpu_pct" },
  { section: /^GPU usage/, line: /^GPU (?:HW )?active residency: +([\d.]+)%/, metric: "gpu_pct" },
  { section: /^GPU usage/, line: /^GPU (?:HW )?active frequency: +([\d.]+) MHz/, metric: "gpu_mhz" },
  { section: /^Network activity/, line: /^in: +[\d.]+ packets\/s, ([\d.]+) bytes\/s/, metric: "net_rx_bytes_per_s" },
  { section: /^Network activity/, line: /^out: +[\d.]+ packets\/s, ([\d.]+) bytes\/s/, metric: "net_tx_bytes_per_s" },
  { section: /^Disk activity/, line: /^read: +([\d.]+) ops\/s/, metric: "disk_read_ops_per_s" },
  { section: /^Disk activity/, line: /^write: +([\d.]+) ops\/s/, metric: "disk_write_ops_per_s" },
  { section: /^Battery/, line: /percent_charge: +(\d+)/, metric: "battery_pct" },
];

const SECTION = /^\*{3,4} +(.+?) +\*{3,4}$/;
const CLUSTER = /^(\w+)-Cluster /;
const CORE = /^CPU (\d+) (active residency|frequency): +(\S+?)(?:%| MHz)/;

/** Gathers the lines of one sample. */
export class TextSample {
  readonly #draft = new ReadingDraft();
  readonly #cores = new Map<number, Core>();
  #section = "";
  #family = "";
  #hasCpuPower = false;

  line(text: string): void {
    this.#section = SECTION.exec(text)?.[1] ?? this.#section;
    for (const { section, line, metric, scale } of PATTERNS) {
      const value = section.test(this.#section) ? line.exec(text)?.[1] : undefined;
      if (value !== undefined) this.#draft.put(metric, Number(value), scale);
    }
    if (PROCESSOR.test(this.#section)) this.#processor(text);
    if (/^Disk activity/.test(this.#section) && text.includes("KBytes/s")) {
      this.#draft.note(UNCLEAR_DISK);
    }
    if (/^Thermal pressure/i.test(this.#section)) {
      putThermal(this.#draft, /pressure level: (.+)/.exec(text)?.[1]);
    }
  }

  get coreCount(): number {
    return this.#cores.size;
  }

  /** The cores are followed by the CPU's power; where it is missing the text was cut off. */
  get isCutOff(): boolean {
    return this.#cores.size > 0 && !this.#hasCpuPower;
  }

  finish(): Reading {
    putCores(this.#draft, [...this.#cores.values()]);
    return this.#draft.finish();
  }

  #processor(text: string): void {
    this.#hasCpuPower ||= text.startsWith("CPU Power:");
    if (text.startsWith("Package Power:")) this.#draft.note(UNCLEAR_PACKAGE);
    if (text.startsWith("Cores Active:")) this.#draft.note(INTEL_CPU);
    const cluster = CLUSTER.exec(text)?.[1];
    if (cluster !== undefined) this.#family = familyOf(cluster);
    const [, digits, what, value] = CORE.exec(text) ?? [];
    if (digits === undefined || this.#family === "") return;
    const number = Number(digits);
    const core = this.#cores.get(number) ??
      { number, family: this.#family, activePct: null, mhz: null };
    // `nan` where the counters of a core do not move.
    const figure = Number.isFinite(Number(value)) ? Number(value) : null;
    this.#cores.set(
      number,
      what === "frequency" ? { ...core, mhz: figure } : { ...core, activePct: figure },
    );
  }
}
