/** A recording, from the lock to the last fold. */
import { type Source, type SourceName, StoreError, UsageError } from "../model/mod.ts";
import {
  bootId,
  hostName,
  listenForStop,
  machineId,
  systemClock,
  systemTimeZone,
} from "../platform/mod.ts";
import { type DataFolder, Journal } from "../journal/mod.ts";
import { Recorder } from "../recorder/mod.ts";
import { folderFrom } from "./command.ts";
import { createSources } from "./create_sources.ts";
import { foldInChild } from "./fold_in_child.ts";
import type { Io } from "./io.ts";
import { RecordingDisplay } from "./recording_display.ts";
import { RecordingPlace } from "./recording_place.ts";

export interface RecordOptions {
  readonly source: readonly SourceName[];
  readonly url?: string | undefined;
  readonly port: number;
  readonly host?: string | undefined;
  readonly intervalMs: number;
  /** One hundred labels at 1 Hz would be 20 MB a day. */
  readonly seriesIntervalMs: number;
  readonly forMs?: number | undefined;
  readonly dataDir?: string | undefined;
  readonly fsyncMs: number;
  readonly quiet: boolean;
}

/** The exit code of a second Ctrl-C, which does not wait for the last fold. */
const INTERRUPTED = 130;

/** Records until a signal or the end of `--for`. */
export async function record(options: RecordOptions, io: Io): Promise<void> {
  const folder = folderFrom(options, io);
  refuseDemoData(folder);
  const machine = { name: hostName(), id: machineId(), givenName: options.host };
  using place = await RecordingPlace.take(folder, machine);
  const sources = createSources(options, (text) => io.note(text));
  const stop = listenForStop(() => io.exitNow(INTERRUPTED));
  try {
    await openAll(sources, stop.signal);
    if (!stop.signal.aborted) {
      await recordFrom(sources, { options, io, place, stop: stop.signal });
    }
  } finally {
    await Promise.all(sources.map((source) => source.close()));
    stop.dispose();
  }
}

interface Recording {
  readonly options: RecordOptions;
  readonly io: Io;
  readonly place: RecordingPlace;
  readonly stop: AbortSignal;
}

async function recordFrom(sources: readonly Source[], recording: Recording): Promise<void> {
  const { options, io, place, stop } = recording;
  const { folder, host } = place;
  const boot = (bootId() ?? "unknown").replaceAll("-", "").slice(0, 8);
  const journal = new Journal({
    folder,
    host: host.id,
    nextSeq: place.nextSeq(),
    reopen: () => place.reopen(),
    onLoss: (what) => io.note(`mtr: ${what}; the recording goes on in ${folder.path}`),
  });
  const description = sources.map((source) => source.describe()).join(" + ");
  const display = new RecordingDisplay({
    io,
    quiet: options.quiet,
    journal,
    intervalMs: options.intervalMs,
  });
  await place.remember(journal.lastSeq, boot);
  place.announce({
    pid: Deno.pid,
    machine: hostName(),
    host: host.id,
    since: Date.now(),
    source: description,
    interval_ms: options.intervalMs,
  });
  display.started(description, folder.path);
  const recorder = new Recorder({
    sources,
    sink: journal,
    clock: systemClock,
    intervalMs: options.intervalMs,
    seriesIntervalMs: Math.max(options.seriesIntervalMs, options.intervalMs),
    fsyncMs: options.fsyncMs,
    bootId: boot,
    booted: host.boot_id !== null && host.boot_id !== boot,
    timeZone: systemTimeZone,
    fold: () => foldInChild(folder, (problem) => display.missed("fold", problem)),
    observer: display,
  });
  await recorder.run(untilStopped(stop, options.forMs));
  display.ended();
  refuseToHideLosses(journal);
  await place.remember(journal.lastSeq, boot);
}

/** "recorded N samples" would not be true of rows that the disk never took. */
function refuseToHideLosses(journal: Journal): void {
  const lost = journal.lostRows + journal.waitingRows;
  if (lost === 0) return;
  throw new StoreError(
    `${lost} rows could not be written: ${journal.trouble ?? "the disk refused"}`,
  );
}

function untilStopped(stop: AbortSignal, forMs: number | undefined): AbortSignal {
  return forMs === undefined ? stop : AbortSignal.any([stop, AbortSignal.timeout(forMs)]);
}

async function openAll(sources: readonly Source[], signal: AbortSignal): Promise<void> {
  for (const source of sources) await source.open(signal);
}

/** Rows of a real machine would be reported as made up, and the next `mtr demo` would remove them. */
function refuseDemoData(folder: DataFolder): void {
  if (!folder.info()?.demo) return;
  throw new UsageError(`${folder.path} holds demo data; a recording would be mixed with it`, [
    "record into another folder: mtr record --data-dir DIR",
  ]);
}
