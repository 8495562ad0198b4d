/** One recording of many days on a fake clock, with a fault an hour. */
import { join } from "node:path";
import { DataFolder, Journal } from "../../src/journal/mod.ts";
import { Recorder, type RowSink } from "../../src/recorder/mod.ts";
import { RecordingPlace } from "../../src/cli/recording_place.ts";
import { fakeSource, ok } from "../../tests/recorder/rehearsal.ts";
import { randomFrom } from "../../tests/faults/power_cut.ts";
import { Trouble, troubledDisk } from "../../tests/faults/troubled_disk.ts";
import { FAULTS, type World } from "./faults.ts";
import { Hands } from "./hands.ts";
import { SoakClock } from "./soak_clock.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Before a day of 25 hours in Berlin. */
const START_MS = Date.UTC(2027, 9, 20);

export interface SoakOptions {
  readonly days: number;
  readonly intervalMs: number;
  readonly seed: number;
  /** A new folder, on whatever disk. */
  readonly folder: string;
  readonly onDay: (day: number, memory: Memory) => void;
}

/** Of the recorder's process, after a garbage collection where that can be asked for. */
export interface Memory {
  readonly rssBytes: number;
  /** What JavaScript still holds on to. */
  readonly heapBytes: number;
}

/** What was handed to the journal. */
export interface Handed {
  rows: Record<string, number>;
  dates: Set<string>;
}

export interface SoakResult {
  readonly world: World;
  readonly handed: Handed;
  readonly lostRows: number;
  readonly losses: readonly string[];
  readonly faults: Readonly<Record<string, number>>;
  readonly folds: { done: number; killed: number; failed: number };
  /** At the end of each day. */
  readonly memory: readonly Memory[];
}

export async function recordLong(options: SoakOptions): Promise<SoakResult> {
  const trouble = new Trouble();
  const disk = join(options.folder, "disk");
  const folder = new DataFolder(join(disk, "data"), troubledDisk(trouble));
  const machine = { name: "long", id: null, givenName: "long" };
  using place = await RecordingPlace.take(folder, machine);
  const world: World = {
    clock: new SoakClock(START_MS - 500),
    random: randomFrom(options.seed),
    trouble,
    hands: new Hands(folder.path),
    disk,
    nextFold: "",
    zone: "Europe/Berlin",
    brief: { id: "brief", folder: folder.path, rows: 0, dates: new Set() },
    long: place.host.id,
    problems: [],
  };
  const result = await recordWith(world, place, options);
  // A month later all days are over.
  await world.hands.fold("", world.clock.wallMs() + 30 * DAY_MS);
  return result;
}

async function recordWith(
  world: World,
  place: RecordingPlace,
  options: SoakOptions,
): Promise<SoakResult> {
  const losses: string[] = [];
  const journal = new Journal({
    folder: place.folder,
    host: place.host.id,
    nextSeq: place.nextSeq(),
    reopen: () => place.reopen(),
    onLoss: (what) => void losses.push(what),
  });
  const handed: Handed = { rows: {}, dates: new Set() };
  const hours = new Hours(world, options);
  const stop = new AbortController();
  const folds = { done: 0, killed: 0, failed: 0 };
  let number = 0;
  const recorder = new Recorder({
    sources: [fakeSource(() => ok({ connections: ++number, cpu_pct: number % 100 }, SERIES))],
    sink: countingSink(journal, handed),
    clock: world.clock,
    intervalMs: options.intervalMs,
    seriesIntervalMs: MINUTE_MS,
    fsyncMs: MINUTE_MS,
    bootId: "boot1",
    booted: false,
    timeZone: () => world.zone,
    fold: () => foldOnce(world, folds),
    observer: {
      recorded() {},
      missed: (source, reason) => void world.problems.push(`${source}: ${reason}`),
      ticked: ({ monotonicMs }) => hours.passed(monotonicMs, stop),
    },
  });
  await recorder.run(stop.signal);
  await hours.settled();
  return {
    world,
    handed,
    losses,
    folds,
    lostRows: journal.lostRows + journal.waitingRows,
    faults: hours.faults,
    memory: hours.memory,
  };
}

const SERIES = ["a", "b", "c"].map((
  label,
) => ({ metric: "core_pct", label, value: 12.5 } as const));

function countingSink(journal: Journal, { rows, dates }: Handed): RowSink {
  return {
    append(dataset, date, ...added) {
      rows[dataset] = (rows[dataset] ?? 0) + added.length;
      dates.add(`${dataset}/${date}`);
      journal.append(dataset, date, ...added);
    },
    sync: () => journal.sync(),
    seal: () => journal.seal(),
  };
}

async function foldOnce(world: World, folds: SoakResult["folds"]): Promise<void> {
  const faults = world.nextFold;
  world.nextFold = "";
  const folded = await world.clock.during(world.hands.fold(faults, world.clock.wallMs()));
  if (folded === null) folds.killed++;
  else if (folded.error !== null) folds.failed++;
  else folds.done++;
  const isExpected = folded === null || folded.error === null || faults !== "";
  if (!isExpected) world.problems.push(`fold: ${folded?.error}`);
}

/** Counts hours and days by the clock that never jumps; each hour brings its fault. */
class Hours {
  readonly faults: Record<string, number> = {};
  readonly memory: Memory[] = [];
  #startMs: number | undefined;
  #hour = 0;
  #pending: Promise<void> = Promise.resolve();

  constructor(readonly world: World, readonly options: SoakOptions) {}

  passed(monotonicMs: number, stop: AbortController): void {
    this.#startMs ??= monotonicMs;
    const hour = Math.floor((monotonicMs - this.#startMs) / HOUR_MS);
    if (hour === this.#hour) return;
    this.#hour = hour;
    const day = Math.floor((monotonicMs - this.#startMs) / DAY_MS);
    if (day > this.memory.length) this.#endDay(day);
    if (day >= this.options.days) return stop.abort();
    // Two quiet hours at the end, so that what was unplugged is plugged in again.
    if (hour < this.options.days * 24 - 2) this.#strike();
  }

  async settled(): Promise<void> {
    await this.#pending;
  }

  #strike(): void {
    const names = Object.keys(FAULTS);
    const name = names[Math.floor(this.world.random() * names.length)] ?? "nothing";
    this.faults[name] = (this.faults[name] ?? 0) + 1;
    this.#pending = this.#pending.then(() => FAULTS[name]?.(this.world));
  }

  #endDay(day: number): void {
    (globalThis as { gc?: () => void }).gc?.();
    const { rss, heapUsed } = Deno.memoryUsage();
    const memory = { rssBytes: rss, heapBytes: heapUsed };
    this.memory.push(memory);
    this.options.onDay(day, memory);
  }
}
