/** What a file format is to the importer: how it is recognised, and a reader that is fed its lines. Pure: no I/O, no clock. */
import type { Reading } from "../model/mod.ts";
import type { ColumnMap } from "./csv/column_map.ts";
import type { LocalClock } from "./local_clock.ts";

/** One moment of a file, in base units. */
export interface ImportedSample {
  /** Milliseconds since the epoch. */
  readonly ts: number;
  /** Minutes that local time was ahead of UTC where it was recorded. */
  readonly utcOffsetMin: number;
  readonly reading: Reading;
  /** Seconds that it stands for, where the file says so; else they follow from the spacing. */
  readonly intervalS?: number | undefined;
  /** Seconds that were measured for it: what it stands for where there is no spacing. */
  readonly measuredS?: number | undefined;
  /** The machine that it is of, where the file says so. */
  readonly host?: string | undefined;
}

/** Where a reader puts what it finds. Line numbers begin at 1. */
export interface ImportSink {
  sample(line: number, sample: ImportedSample): void;
  /** Something that could not be read. */
  problem(line: number, reason: string): void;
  /** Something that was read and is no sample, on purpose; the same words every time. */
  leftOut(reason: string): void;
}

/** Takes a file line by line, without line ends. */
export interface FileReader {
  line(text: string, number: number): void;
  /** After the last line: what was begun is finished or reported. */
  end(): void;
}

export interface ReaderContext {
  readonly sink: ImportSink;
  /** For times without a zone. */
  readonly clock: LocalClock;
  /** `--map`. */
  readonly map?: ColumnMap | undefined;
}

export interface ImportFormat {
  /** For `--from`, and the source of the rows: `macmon`. */
  readonly name: string;
  /** For people: `macmon pipe`. */
  readonly title: string;
  /** Whether the beginning of a file (some kilobytes) looks like it. */
  recognises(head: string): boolean;
  createReader(context: ReaderContext): FileReader;
}
