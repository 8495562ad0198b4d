import {
  type CheckedReading,
  checkReading,
  type DatasetName,
  type ReadRequest,
  type SampleRow,
  type Source,
} from "../model/mod.ts";
import { type Clock, localDate, ZoneOffsets } from "../platform/mod.ts";
import { mergeReadings } from "./merge_readings.ts";
import { Deadline } from "./deadline.ts";
import { type Outcome, SourceMonitor } from "./source_monitor.ts";
import { tickOf, waitForTick } from "./tick_schedule.ts";
import { type Moment, momentOf, TimeTruth } from "./time_truth.ts";

/** Where rows go: the journal, or a test's array. */
export interface RowSink {
  append(dataset: DatasetName, date: string, ...rows: readonly object[]): void;
  sync(): Promise<void>;
  /** Ends open segments, so that they can be folded. */
  seal(): Promise<void>;
}

/** What a recording tells whoever watches it. */
export interface RecordingObserver {
  /** After each row. */
  recorded(row: SampleRow): void;
  /** A tick without a row, or with a part of one, and why. */
  missed(source: string, reason: string): void;
  /** After each tick, for what has to be looked at now and then. */
  ticked(now: Moment): void;
}

export interface RecorderOptions {
  readonly sources: readonly Source[];
  readonly sink: RowSink;
  readonly clock: Clock;
  readonly intervalMs: number;
  readonly seriesIntervalMs: number;
  readonly fsyncMs: number;
  readonly bootId: string;
  /** Whether the machine was started since the last recording. */
  readonly booted: boolean;
  /** The machine's zone, asked every minute. */
  readonly timeZone: () => string;
  /** Hands the sealed segments to the store; must not throw. */
  readonly fold: () => Promise<void>;
  readonly observer: RecordingObserver;
}

const MINUTE_MS = 60_000;
/**
 * A fold starts a process, loads an engine and writes the day anew: every hour it cost a tenth of a recording. Longer than two,
 * and reports of today feel the journal, an hour of which takes them some 50 ms of CPU to read.
 */
const FOLD_EVERY_MS = 2 * 3_600_000;
const SHORTEST_TIMEOUT_MS = 1000;
const LONGEST_TIMEOUT_MS = 10_000;

/** Readings → rows, on time, until the signal aborts. Sources must be open; they are not closed here. */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #monitors: readonly SourceMonitor[];
  readonly #time: TimeTruth;
  readonly #timeoutMs: number;
  #zone: ZoneOffsets;
  #minute = Number.NaN;
  #seriesSlot = Number.NaN;
  #date = "";
  #lastSyncMs = 0;
  #lastFoldMs = 0;
  #syncing: Promise<void> = Promise.resolve();
  #folding: Promise<void> | undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#monitors = options.sources.map((source) => new SourceMonitor(source, options.intervalMs));
    this.#time = new TimeTruth(options.intervalMs, options.booted);
    this.#timeoutMs = Math.min(
      LONGEST_TIMEOUT_MS,
      Math.max(SHORTEST_TIMEOUT_MS, options.intervalMs),
    );
    this.#zone = new ZoneOffsets(options.timeZone());
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, intervalMs } = this.#options;
    this.#lastFoldMs = this.#lastSyncMs = clock.monotonicMs();
    using deadline = new Deadline({ clock, timeoutMs: this.#timeoutMs, stop: signal });
    let nextTick = waitForTick(clock, intervalMs, signal, Number.NaN);
    while (true) {
      await nextTick;
      if (signal.aborted) break;
      const now = momentOf(clock);
      const tick = tickOf(now.wallMs, intervalMs);
      const tickMs = now.monotonicMs - (now.wallMs - tick);
      nextTick = waitForTick(clock, intervalMs, signal, tickMs);
      this.#lookAtZone(now.wallMs);
      const isLimitLater = intervalMs <= this.#timeoutMs;
      const timely = deadline.begin(now, isLimitLater ? nextTick : undefined);
      await this.#tick(now, timely, signal);
      deadline.end();
      // Reads that went on into the next tick: it is missed, and not caught up.
      if (tickOf(clock.wallMs(), intervalMs) > tick) {
        nextTick = waitForTick(clock, intervalMs, signal, tickMs);
      }
      this.#housekeeping(now);
      this.#options.observer.ticked(now);
    }
    this.#writeSourceRows(clock.wallMs());
    await this.#syncing;
    await this.#options.sink.seal();
    await this.#folding;
    await this.#options.fold();
  }

  async #tick(now: Moment, timely: AbortSignal, stop: AbortSignal): Promise<void> {
    this.#time.observe(now);
    const wantSeries = this.#seriesAreDue(now.wallMs);
    const request = { monotonicMs: now.monotonicMs, wantSeries, signal: timely };
    const outcomes = await this.#readAll(request);
    if (stop.aborted && outcomes.every(({ state }) => state !== "ok")) return;
    const reading = this.#take(outcomes);
    if (!reading) return;
    const isIncomplete = outcomes.some(({ state }) => state !== "ok");
    this.#write(now, reading, { isIncomplete, withSeries: wantSeries });
  }

  /** Monitors do not throw. */
  #readAll(request: ReadRequest): Promise<readonly Outcome[]> {
    return Promise.all(this.#monitors.map((monitor) => monitor.read(request)));
  }

  #seriesAreDue(wallMs: number): boolean {
    const slot = Math.floor(wallMs / this.#options.seriesIntervalMs);
    const due = slot !== this.#seriesSlot;
    this.#seriesSlot = slot;
    return due;
  }

  /** The readings that came, checked and merged; null when there was none. */
  #take(outcomes: readonly Outcome[]): CheckedReading | null {
    const readings: CheckedReading[] = [];
    outcomes.forEach((outcome, i) => {
      const monitor = this.#monitors[i];
      if (!monitor) return;
      if (outcome.state !== "ok") {
        this.#options.observer.missed(monitor.source.name, outcome.reason);
        return;
      }
      const checked = checkReading(outcome.reading);
      monitor.countDropped(checked.dropped.length, `not possible: ${checked.dropped.join(", ")}`);
      readings.push(checked);
    });
    return readings.length > 0 ? mergeReadings(readings) : null;
  }

  #write(
    now: Moment,
    { values, series }: CheckedReading,
    { isIncomplete, withSeries }: { isIncomplete: boolean; withSeries: boolean },
  ): void {
    const { ts, lateMs, intervalS, flags } = this.#time.stamp(now);
    const offset = this.#zone.offsetMinAt(ts);
    const date = this.#dateOf(ts, offset);
    const allFlags = isIncomplete ? [...flags, "source_error"] : flags;
    const row: SampleRow = {
      ts,
      interval_s: intervalS,
      late_ms: lateMs,
      utc_offset_min: offset,
      boot_id: this.#options.bootId,
      ...(allFlags.length > 0 ? { flags: allFlags.join(",") } : {}),
      ...values,
    };
    this.#options.sink.append("samples", date, row);
    // A source may give labelled values when none are wanted; at every tick they would be 20 MB a day.
    if (withSeries && series.length > 0) {
      const labelled = series.map(({ metric, label, value }) => (
        { metric, label, ts, utc_offset_min: offset, value }
      ));
      this.#options.sink.append("series", date, ...labelled);
    }
    this.#options.observer.recorded(row);
  }

  #dateOf(ts: number, offsetMin: number): string {
    const date = localDate(ts, offsetMin);
    // A day has ended: its rows go into their file soon, not in two hours.
    if (this.#date !== "" && date !== this.#date) this.#lastFoldMs = Number.NEGATIVE_INFINITY;
    this.#date = date;
    return date;
  }

  /** What is due every few seconds, every minute and every two hours. Nothing here is waited for by a tick. */
  #housekeeping(now: Moment): void {
    const { fsyncMs } = this.#options;
    if (now.monotonicMs - this.#lastSyncMs >= fsyncMs) {
      this.#lastSyncMs = now.monotonicMs;
      this.#syncing = this.#syncing.then(() => this.#options.sink.sync());
    }
    const minute = Math.floor(now.wallMs / MINUTE_MS);
    if (minute !== this.#minute) {
      // The first one right away: a report after ten seconds has to know its source.
      this.#writeSourceRows(Number.isNaN(this.#minute) ? now.wallMs : minute * MINUTE_MS);
      this.#minute = minute;
    }
    if (now.monotonicMs - this.#lastFoldMs >= FOLD_EVERY_MS && !this.#folding) {
      this.#lastFoldMs = now.monotonicMs;
      this.#folding = this.#fold().finally(() => this.#folding = undefined);
    }
  }

  /** Before a minute's first row, so that all rows of a minute have one offset. */
  #lookAtZone(wallMs: number): void {
    if (Math.floor(wallMs / MINUTE_MS) === this.#minute) return;
    const zone = this.#options.timeZone();
    if (zone !== this.#zone.timeZone) this.#zone = new ZoneOffsets(zone);
  }

  async #fold(): Promise<void> {
    await this.#options.sink.seal();
    await this.#options.fold();
  }

  #writeSourceRows(ts: number): void {
    const offset = this.#zone.offsetMinAt(ts);
    for (const monitor of this.#monitors) {
      const row = monitor.takeRow(ts, offset);
      if (row) this.#options.sink.append("sources", localDate(ts, offset), row);
    }
  }
}
