/** A recording on a fake clock, from a fake source, into arrays. */
import type {
  Reading,
  ReadRequest,
  SampleRow,
  SeriesRow,
  Source,
  SourceResult,
  SourceRow,
} from "../../src/model/mod.ts";
import { Recorder, type RecorderOptions } from "../../src/recorder/mod.ts";
import type { FakeClock } from "./fake_clock.ts";

export interface RecordedRow<Row> {
  readonly date: string;
  readonly row: Row;
}

/** What came of a rehearsed recording. */
export interface Rehearsal {
  readonly samples: RecordedRow<SampleRow>[];
  readonly series: RecordedRow<SeriesRow>[];
  readonly sources: RecordedRow<SourceRow>[];
  readonly missed: string[];
  /** Wall times of folds, seals and syncs. */
  readonly folds: number[];
  readonly seals: number[];
  readonly syncs: number[];
}

export interface RehearsalOptions
  extends Partial<Omit<RecorderOptions, "sources" | "clock" | "sink">> {
  readonly clock: FakeClock;
  readonly forMs: number;
  readonly sources?: readonly Source[];
}

/** A source that always answers at once. */
export function fakeSource(
  read: (request: ReadRequest) => SourceResult | Promise<SourceResult> = () => ok({ cpu_pct: 10 }),
  name: Source["name"] = "native",
): Source {
  return {
    name,
    open: () => Promise.resolve(),
    describe: () => `${name} of a test`,
    read: async (request) => await read(request),
    close: () => Promise.resolve(),
  };
}

export function ok(
  values: Reading["values"],
  series: Reading["series"] = [],
  notes: readonly string[] = [],
): SourceResult {
  return { state: "ok", reading: { values, series, notes } };
}

export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const { clock, forMs, sources = [fakeSource()], ...rest } = options;
  const result: Rehearsal = {
    samples: [],
    series: [],
    sources: [],
    missed: [],
    folds: [],
    seals: [],
    syncs: [],
  };
  const stop = new AbortController();
  clock.after(forMs, () => stop.abort());
  const recorder = new Recorder({
    sources,
    clock,
    sink: {
      append(dataset, date, ...rows) {
        (result[dataset] as RecordedRow<object>[]).push(...rows.map((row) => ({ date, row })));
      },
      sync: () => Promise.resolve(void result.syncs.push(clock.wallMs())),
      seal: () => Promise.resolve(void result.seals.push(clock.wallMs())),
    },
    intervalMs: 1000,
    seriesIntervalMs: 10_000,
    fsyncMs: 5000,
    bootId: "boot1",
    booted: false,
    timeZone: () => "UTC",
    fold: () => Promise.resolve(void result.folds.push(clock.wallMs())),
    observer: {
      recorded() {},
      missed: (source, reason) => void result.missed.push(`${source}: ${reason}`),
      ticked() {},
    },
    ...rest,
  });
  await recorder.run(stop.signal);
  return result;
}
