import { type Command, Option } from "@commander-js/extra-typings";
import {
  type Source,
  SOURCE_NAMES,
  type SourceName,
  StoreError,
  UsageError,
} from "../../model/mod.ts";
import {
  bootId,
  type FileLock,
  hostName,
  listenForStop,
  machineId,
  systemClock,
  systemTimeZone,
} from "../../platform/mod.ts";
import { parseDuration } from "../../config/mod.ts";
import {
  type DataFolder,
  FORMAT_VERSION,
  type Host,
  identifyHost,
  Journal,
} from "../../journal/mod.ts";
import { Recorder } from "../../recorder/mod.ts";
import { lastSeqOf } from "../../store/mod.ts";
import { dataDirOption, examples, folderFrom } from "../command.ts";
import type { Io } from "../io.ts";
import { foldInChild } from "../fold_in_child.ts";
import { lockForRecording, readRecorderInfo, writeRecorderInfo } from "../recorder_lock.ts";
import { RecordingDisplay } from "../recording_display.ts";
import { createSources } from "../create_sources.ts";

export interface RecordOptions {
  readonly source: readonly SourceName[];
  readonly url?: string | undefined;
  readonly port: number;
  readonly host?: string | undefined;
  readonly intervalMs: number;
  readonly forMs?: number | undefined;
  readonly dataDir?: string | undefined;
  readonly fsyncMs: number;
  readonly quiet: boolean;
}

const SHORTEST_INTERVAL_MS = 100;
const LONGEST_INTERVAL_MS = 3_600_000;
/** One hundred labels at 1 Hz would be 20 MB a day. */
const SERIES_INTERVAL_MS = 10_000;

export function declareRecord(program: Command, io: Io): void {
  program.command("record")
    .summary("record this machine's metrics until stopped")
    .description(
      "Records metrics into the data folder until it is stopped: Ctrl-C, mtr stop, or --for.\n" +
        "Every sample is on its way to the disk the moment it exists; kill -9 loses none.",
    )
    .addOption(
      new Option(
        "--source <name>",
        "mactop, native or prometheus; may be given more than once, the first wins",
      )
        .choices(SOURCE_NAMES).argParser(collectSource).default(
          [] as SourceName[],
          "mactop on macOS, native on Linux",
        ),
    )
    .option("--url <url>", "scrape this address, and start nothing")
    .option("--port <port>", "mactop's port on this machine", parsePort, 8888)
    .option("--host <name>", "record under this name (for other machines' exporters)")
    .option("--interval <time>", "time between samples, 100ms to 1h", parseInterval, 1000)
    .option("--for <time>", "stop after this time", (text) => parseDuration(text, "--for"))
    .option("--fsync <time>", "at most this much can be lost in a power cut", parseFsync, 5000)
    .option("-q, --quiet", "say nothing but errors", false)
    .addOption(dataDirOption())
    .addHelpText(
      "after",
      examples([
        ["mtr record &", "record in the background"],
        ["mtr record --for 10m", "record for ten minutes"],
        [
          "mtr record --source prometheus --url http://nas:9100/metrics --host nas",
          "record another machine",
        ],
      ]),
    )
    .action(async (typed) => {
      await record({
        ...typed,
        intervalMs: typed.interval,
        forMs: typed.for,
        fsyncMs: typed.fsync,
      }, io);
    });
}

/** Records until a signal or the end of `--for`. */
export async function record(options: RecordOptions, io: Io): Promise<void> {
  const folder = folderFrom(options, io);
  makeFolder(folder);
  const host = await findHost(folder, options.host);
  using _lock = lockOrRefuse(folder, host);
  const sources = createSources(options, (text) => io.note(text));
  const stop = listenForStop(() => Deno.exit(130));
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
    seriesIntervalMs: Math.max(SERIES_INTERVAL_MS, options.intervalMs),
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

function collectSource(value: string, previous: SourceName[]): SourceName[] {
  const name = SOURCE_NAMES.find((source) => source === value);
  if (!name) {
    throw new UsageError(`no source called \`${value}\``, [`sources: ${SOURCE_NAMES.join(", ")}`]);
  }
  return previous.includes(name) ? previous : [...previous, name];
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new UsageError(`--port ${text}: not a port`, ["a port is a whole number from 1 to 65535"]);
}

function parseInterval(text: string): number {
  const interval = parseDuration(text, "--interval");
  if (interval >= SHORTEST_INTERVAL_MS && interval <= LONGEST_INTERVAL_MS) return interval;
  throw new UsageError(`--interval ${text}: out of range`, ["from 100ms to 1h"]);
}

function parseFsync(text: string): number {
  return parseDuration(text, "--fsync");
}
