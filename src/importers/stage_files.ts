/** Files → staged rows, checked as a recorder would check them. */
import { checkReading, MtrError, systemReason } from "../model/mod.ts";
import { localDate } from "../platform/mod.ts";
import type { ColumnMap } from "./csv/column_map.ts";
import { formatOf } from "./formats.ts";
import type { FileReader, ImportedSample, ImportFormat, ImportSink } from "./import_format.ts";
import { LocalClock } from "./local_clock.ts";
import { NominalInterval } from "./nominal_interval.ts";
import { feedFile } from "./read_lines.ts";
import type { Staging } from "./staging.ts";

export interface StageOptions {
  /** `--from`. */
  readonly format: string | undefined;
  readonly map: ColumnMap | undefined;
  readonly timeZone: string;
  /** Rows of any machine belong to this one. */
  readonly host: string | undefined;
  readonly nowMs: number;
  readonly onBytes: (count: number) => void;
}

/** Something that could not be read. */
export interface ImportProblem {
  readonly file: string;
  /** Undefined for a file as a whole. */
  readonly line?: number;
  readonly reason: string;
}

/** What a file turned out to be. */
export interface StagedFile {
  readonly path: string;
  readonly format: ImportFormat;
  readonly samples: number;
  /** Milliseconds between its samples. */
  readonly nominalMs: number;
}

export interface Staged {
  readonly files: readonly StagedFile[];
  /** The first of them. */
  readonly problems: readonly ImportProblem[];
  readonly problemCount: number;
  /** What was left out on purpose, and how often. */
  readonly leftOut: ReadonlyMap<string, number>;
  /** Ids of values that could not be true, and how often. */
  readonly dropped: ReadonlyMap<string, number>;
  readonly notes: ReadonlySet<string>;
}

/** As a recorder does: one hundred labels a second would be 20 MB a day. */
const SERIES_INTERVAL_MS = 10_000;
/** Enough to see what is wrong. */
const KEPT_PROBLEMS = 100;
const DAY_MS = 86_400_000;
const FIRST_MS = Date.UTC(2000, 0, 1);
const SECOND_MS = 1000;
export const ALONE = "a sample that stands alone and does not say for how long stands for 1 s";
const NO_VALUES = "samples without any value that mtr knows";

/** Stages all files, in their order; rows know their file by its place in the result. */
export async function stageFiles(
  paths: readonly string[],
  staging: Staging,
  options: StageOptions,
): Promise<Staged> {
  const total = new Totals();
  for (const path of paths) {
    const stage = new FileStage(path, total, staging, options);
    try {
      await feedFile(path, { choose: (head) => stage.begin(head), onBytes: options.onBytes });
      stage.end();
    } catch (error) {
      // Of the store's side, not of this file's.
      if (error instanceof MtrError) throw error;
      total.problem({ file: path, reason: reasonOf(error) });
      stage.end();
    }
  }
  return total;
}

class Totals implements Staged {
  readonly files: StagedFile[] = [];
  readonly problems: ImportProblem[] = [];
  problemCount = 0;
  readonly leftOut = new Map<string, number>();
  readonly dropped = new Map<string, number>();
  readonly notes = new Set<string>();
  /** Over all files: for one with a single sample. */
  readonly interval = new NominalInterval();

  problem(problem: ImportProblem): void {
    this.problemCount++;
    if (this.problems.length < KEPT_PROBLEMS) this.problems.push(problem);
  }
}

/** The rows of one file. */
class FileStage implements ImportSink {
  readonly #interval = new NominalInterval();
  #format: ImportFormat | undefined;
  #samples = 0;
  #measuredS: number | undefined;
  #seriesSlot = Number.NaN;
  #day = Number.NaN;
  #date = "";

  constructor(
    readonly path: string,
    readonly total: Totals,
    readonly staging: Staging,
    readonly options: StageOptions,
  ) {}

  begin(head: string): FileReader | null {
    const { format: name, map, timeZone } = this.options;
    this.#format = head.trim() === "" ? undefined : formatOf(head, map ? "csv" : name);
    if (this.#format) {
      return this.#format.createReader({ sink: this, clock: new LocalClock(timeZone), map });
    }
    this.total.problem({ file: this.path, reason: unknownFile(head) });
    return null;
  }

  end(): void {
    if (!this.#format) return;
    this.total.files.push({
      path: this.path,
      format: this.#format,
      samples: this.#samples,
      nominalMs: this.#nominalMs(),
    });
  }

  sample(line: number, sample: ImportedSample): void {
    if (!(sample.ts >= FIRST_MS && sample.ts <= this.options.nowMs + DAY_MS)) {
      return this.problem(line, `${isoText(sample.ts)} can't be when it was recorded`);
    }
    const { values, series, dropped } = checkReading(sample.reading);
    for (const note of sample.reading.notes) this.total.notes.add(note);
    for (const id of dropped) count(this.total.dropped, id);
    if (Object.keys(values).length === 0 && series.length === 0) return this.leftOut(NO_VALUES);
    const { ts, utcOffsetMin, intervalS } = sample;
    const time = {
      file: this.total.files.length,
      n: this.#samples,
      ts,
      utc_offset_min: utcOffsetMin,
    };
    const day = {
      host: this.options.host ?? sample.host,
      format: this.#format?.name ?? "",
      date: this.#dateOf(ts, utcOffsetMin),
    };
    this.staging.add({ ...day, dataset: "samples" }, {
      ...time,
      ...(isLength(intervalS) ? { interval_s: intervalS } : {}),
      ...values,
    });
    this.#take(sample);
    if (series.length === 0 || !this.#seriesAreDue(ts)) return;
    for (const value of series) {
      this.staging.add({ ...day, dataset: "series" }, { ...time, ...value });
    }
  }

  problem(line: number, reason: string): void {
    this.total.problem({ file: this.path, line, reason });
  }

  leftOut(reason: string): void {
    count(this.total.leftOut, reason);
  }

  /** Most rows are of the day of the row before, and a date as text is not for nothing. */
  #dateOf(ts: number, offsetMin: number): string {
    const day = Math.floor((ts + offsetMin * 60_000) / DAY_MS);
    if (day !== this.#day) [this.#day, this.#date] = [day, localDate(ts, offsetMin)];
    return this.#date;
  }

  #take({ ts, measuredS }: ImportedSample): void {
    this.#samples++;
    this.#interval.add(ts);
    this.total.interval.add(ts);
    this.#measuredS = measuredS;
  }

  #seriesAreDue(ts: number): boolean {
    const slot = Math.floor(ts / SERIES_INTERVAL_MS);
    const due = slot !== this.#seriesSlot;
    this.#seriesSlot = slot;
    return due;
  }

  /** From the spacing; a sample on its own says itself how long it is, or is one of many such files. */
  #nominalMs(): number {
    const known = this.#interval.ms ??
      (this.#measuredS === undefined ? this.total.interval.ms : Math.round(this.#measuredS * 1000));
    if (known === null && this.#samples > 0) this.total.notes.add(ALONE);
    return known ?? SECOND_MS;
  }
}

function isLength(seconds: number | undefined): boolean {
  return seconds !== undefined && seconds > 0;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function isoText(ms: number): string {
  return Number.isFinite(ms) && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : String(ms);
}

const SHOWN_COLUMNS = 120;

/** Says what a file that no format recognises begins with, and what to do. */
function unknownFile(head: string): string {
  const first = head.trim().split("\n", 1)[0]?.trim() ?? "";
  if (first === "") return "the file is empty";
  if (first.startsWith("PAR1")) {
    return "this is a Parquet file: mtr reads only its own, in its data folder";
  }
  if (first.includes("\0")) return "this is no text, and no format that mtr knows";
  const shown = first.length > SHOWN_COLUMNS ? `${first.slice(0, SHOWN_COLUMNS)}…` : first;
  return /^[^{<]*[,;\t]/.test(first)
    ? `unknown columns: ${shown} (say what they are: --map 'time=…,cpu_pct=…')`
    : `no format that mtr knows; it begins with: ${shown}`;
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  if (error instanceof Deno.errors.PermissionDenied) return "it may not be read";
  if (error instanceof Deno.errors.IsADirectory) return "this is a folder: name the files in it";
  return systemReason(error);
}
