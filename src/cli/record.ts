/** A recording, from the lock to the last fold. */
import { type Source, type SourceName, StoreError, UsageError } from "../model/mod.ts";
import {
  bootId,
  type FileLock,
  hostName,
  listenForStop,
  machineId,
  systemClock,
  systemTimeZone,
} from "../platform/mod.ts";
import {
  type DataFolder,
  FORMAT_VERSION,
  type Host,
  identifyHost,
  Journal,
} from "../journal/mod.ts";
import { Recorder } from "../recorder/mod.ts";
import { lastSeqOf } from "../store/mod.ts";
import { folderFrom } from "./command.ts";
import { createSources } from "./create_sources.ts";
import { foldInChild } from "./fold_in_child.ts";
import type { Io } from "./io.ts";
import { lockForRecording, readRecorderInfo, writeRecorderInfo } from "./recorder_lock.ts";
import { RecordingDisplay } from "./recording_display.ts";

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
  makeFolder(folder);
  const host = await findHost(folder, options.host);
  using _lock = lockOrRefuse(folder, host);
  const sources = createSources(options, (text) => io.note(text));
  const stop = listenForStop(() => io.exitNow(INTERRUPTED));
  try {
    await openAll(sources, stop.signal);
    if (!stop.signal.aborted) {
      await recordFrom(sources, { options, io, folder, host, stop: stop.signal });
    }
  } finally {
    await Promise.all(sources.map((source) => source.close()));
    stop.dispose();
  }
}

interface Recording {
  readonly options: RecordOptions;
  readonly io: Io;
  readonly folder: DataFolder;
  readonly host: Host;
  readonly stop: AbortSignal;
}

async function recordFrom(sources: readonly Source[], recording: Recording): Promise<void> {
  const { options, io, folder, host, stop } = recording;
  const boot = (bootId() ?? "unknown").replaceAll("-", "").slice(0, 8);
  const lastSeq = Math.max(host.last_seq, lastSeqOf(folder, host.id));
  const journal = new Journal({ folder, host: host.id, nextSeq: lastSeq + 1 });
  const description = sources.map((source) => source.describe()).join(" + ");
  const display = new RecordingDisplay({
    io,
    quiet: options.quiet,
    journal,
    intervalMs: options.intervalMs,
  });
  rememberHost(folder, { ...host, last_seq: lastSeq, boot_id: boot });
  writeRecorderInfo(folder, {
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
  rememberHost(folder, { ...host, last_seq: journal.lastSeq, boot_id: boot });
  display.ended();
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

function makeFolder(folder: DataFolder): void {
  try {
    folder.create();
  } catch (error) {
    throw new StoreError(
      `the data folder ${folder.path} can't be written: ${(error as Error).message}`,
      [
        "use another one: mtr record --data-dir DIR, or set MTR_DATA_DIR",
      ],
      { cause: error },
    );
  }
}

async function findHost(folder: DataFolder, givenName: string | undefined): Promise<Host> {
  const hosts = folder.info()?.hosts ?? [];
  const info = { format: FORMAT_VERSION, created: "", hosts };
  return await identifyHost(info, { name: hostName(), id: machineId(), givenName });
}

function lockOrRefuse(folder: DataFolder, host: Host): FileLock {
  const lock = lockForRecording(folder, host.id);
  if (lock) return lock;
  const other = readRecorderInfo(folder, host.id);
  throw new UsageError(
    `${host.name} is being recorded into ${folder.path} already` +
      (other ? `, by pid ${other.pid}` : ""),
    ["look at it: mtr status", "end it:     mtr stop"],
  );
}

/** Writes a host's entry into mtr.json and keeps the others as they are. */
function rememberHost(folder: DataFolder, host: Host): void {
  const info = folder.info() ?? {
    format: FORMAT_VERSION,
    created: new Date().toISOString(),
    hosts: [],
  };
  const others = info.hosts.filter(({ id }) => id !== host.id);
  folder.writeInfo({ ...info, hosts: [...others, host] });
}
