import type { Moment, RecordingObserver } from "../recorder/mod.ts";
import { countText, durationText, type SampleRow } from "../model/mod.ts";
import type { Journal } from "../journal/mod.ts";
import { isForeground, localDate } from "../platform/mod.ts";
import type { Io } from "./io.ts";

/** The same trouble is told at most so often. */
const REPEAT_MS = 60_000;

export interface RecordingDisplayOptions {
  readonly io: Io;
  readonly quiet: boolean;
  readonly journal: Journal;
  readonly intervalMs: number;
}

/**
 * What a recording shows: in the foreground of a terminal one live line, elsewhere a line at the start and one a day;
 * troubles once a minute each.
 */
export class RecordingDisplay implements RecordingObserver {
  readonly #options: RecordingDisplayOptions;
  /** Asked once: neither changes, and the answer costs system calls. */
  readonly #isTerminal: boolean;
  readonly #startedMs = performance.now();
  readonly #toldAtMs = new Map<string, number>();
  #samples = 0;
  #recordedS = 0;
  #samplesToday = 0;
  #day = "";
  #drawn = false;
  #last: SampleRow | undefined;
  /** Up to the last tick: the last fold, which comes after it, is no time in which a sample was missed. */
  #tickedMs = this.#startedMs;

  constructor(options: RecordingDisplayOptions) {
    this.#options = options;
    this.#isTerminal = options.io.stderr.isTerminal;
  }

  started(source: string, folder: string): void {
    const every = durationText(this.#options.intervalMs / 1000);
    this.#say(`recording ${source} every ${every} into ${folder} (pid ${Deno.pid})`);
  }

  recorded(row: SampleRow): void {
    this.#samples++;
    this.#recordedS += row.interval_s;
    this.#last = row;
    const day = localDate(row.ts, row.utc_offset_min);
    if (this.#day !== "" && day !== this.#day && !this.#live()) {
      this.#say(`${this.#day}: ${samplesText(this.#samplesToday)} recorded`);
      this.#samplesToday = 0;
    }
    this.#samplesToday++;
    this.#day = day;
  }

  missed(source: string, reason: string): void {
    const text = `${source}: ${reason}`;
    const now = performance.now();
    if (now - (this.#toldAtMs.get(text) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return;
    this.#toldAtMs.set(text, now);
    this.#clear();
    this.#options.io.note(`mtr: ${text}`);
  }

  ticked({ monotonicMs }: Moment): void {
    this.#tickedMs = monotonicMs;
    const { journal } = this.#options;
    if (journal.trouble !== null) {
      this.missed("journal", `${journal.trouble}; ${consequenceOf(journal)}`);
    }
    if (this.#live()) this.#draw();
  }

  ended(): void {
    this.#clear();
    const coverage = this.#coveragePct();
    this.#say(
      `recorded ${samplesText(this.#samples)} in ${durationText(this.#elapsedS())}` +
        (this.#samples > 0 ? `, ${coverage} % of the time` : ""),
    );
  }

  #live(): boolean {
    return !this.#options.quiet && this.#isTerminal && isForeground();
  }

  #draw(): void {
    const values = statusValues(this.#last);
    const parts = [
      `recording ${durationText(this.#elapsedS())}`,
      samplesText(this.#samples),
      `${this.#coveragePct()} %`,
      ...values,
    ];
    // One short of the width: a full line would wrap the cursor in some terminals.
    const line = parts.join(" · ").slice(0, this.#options.io.columns - 1);
    this.#options.io.drawStatus(line);
    this.#drawn = true;
  }

  #clear(): void {
    if (this.#drawn) this.#options.io.drawStatus("");
    this.#drawn = false;
  }

  #say(text: string): void {
    if (!this.#options.quiet) this.#options.io.note(text);
  }

  #elapsedS(): number {
    return Math.round((this.#tickedMs - this.#startedMs) / 1000);
  }

  /** Of the time since the start, less the one interval that no recording can have at its beginning. */
  #coveragePct(): string {
    const elapsed = Math.max(
      this.#recordedS,
      (this.#tickedMs - this.#startedMs) / 1000 - this.#options.intervalMs / 1000,
    );
    return elapsed > 0 ? String(Math.floor((1000 * this.#recordedS) / elapsed) / 10) : "0";
  }
}

function consequenceOf({ lostRows, waitingRows }: Journal): string {
  if (lostRows > 0) return `${lostRows} rows given up`;
  return waitingRows > 0
    ? "rows wait in memory"
    : "rows are written, but a power cut could take them";
}

function samplesText(count: number): string {
  return `${countText(count)} ${count === 1 ? "sample" : "samples"}`;
}

/** `CPU 12.1 %`, `RAM 71.3 %`, `8.2 W`: what there is of it. */
export function statusValues(row: Partial<SampleRow> | undefined): string[] {
  if (!row) return [];
  const parts: string[] = [];
  const percent = (name: string, value: number | undefined) => {
    if (value !== undefined) parts.push(`${name} ${value.toFixed(1)} %`);
  };
  percent("CPU", row.cpu_pct);
  percent("GPU", row.gpu_pct);
  if (row.ram_used_bytes !== undefined && row.ram_total_bytes) {
    percent("RAM", (100 * row.ram_used_bytes) / row.ram_total_bytes);
  }
  const watts = row.total_watts ?? row.package_watts;
  if (watts !== undefined) parts.push(`${watts.toFixed(1)} W`);
  return parts;
}
