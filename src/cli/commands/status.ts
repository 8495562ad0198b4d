import type { Command } from "@commander-js/extra-typings";
import { join } from "node:path";
import {
  countText,
  dateText,
  durationText,
  localTime,
  quantityText,
  shareText,
} from "../../model/mod.ts";
import {
  localDate,
  type ProcessCost,
  processCost,
  systemTimeZone,
  ZoneOffsets,
} from "../../platform/mod.ts";
import type { DataFolder } from "../../journal/mod.ts";
import { dataDirOption, examples, existingFolder } from "../command.ts";
import type { Io } from "../io.ts";
import { isHere, type RecorderInfo, runningRecorders } from "../recorder_lock.ts";
import { statusValues } from "../recording_display.ts";

const DAY_MS = 86_400_000;

/** What `mtr status` knows; the shape of its JSON. */
interface Status {
  readonly recorders: readonly (RecorderInfo & { readonly cost: ProcessCost | null })[];
  readonly last: LastRow | null;
  readonly today: {
    readonly samples: number;
    readonly recorded_s: number;
    readonly since_ms: number;
  } | null;
  readonly store: {
    readonly path: string;
    readonly days: number;
    readonly files: number;
    readonly bytes: number;
  };
}

interface LastRow {
  readonly ts: number;
  readonly [metric: string]: number | null;
}

export function declareStatus(program: Command, io: Io): void {
  program.command("status")
    .summary("whether a recording runs, since when, and what it costs")
    .description(
      "Recording or not, the last sample, today's coverage, the store's size, the recorder's own cost.",
    )
    .option("--json", "for programs", false)
    .addOption(dataDirOption())
    .addHelpText("after", examples([["mtr status", "is it still recording?"]]))
    .action(async ({ json, dataDir }) => {
      const folder = existingFolder({ dataDir }, io);
      const status = await findStatus(folder);
      if (json) io.out(JSON.stringify({ schema_version: 1, ...status }, null, 2) + "\n");
      else io.out(statusLines(status, Date.now()).map((line) => ` ${line}\n`).join(""));
    });
}

async function findStatus(folder: DataFolder): Promise<Status> {
  const { listStore, withStore } = await import("../../store/mod.ts");
  const recorders = runningRecorders(folder).map((info) => ({
    ...info,
    cost: isHere(info) ? processCost(info.pid) : null,
  }));
  const { files, segments } = listStore(folder);
  const now = Date.now();
  const zone = new ZoneOffsets(systemTimeZone());
  const midnight = Date.parse(localDate(now, zone.offsetMinAt(now))) -
    zone.offsetMinAt(now) * 60_000;
  const recent = await withStore(
    folder,
    { range: { startMs: midnight, endMs: now + DAY_MS } },
    async ({ database }) => {
      const [last] = await database.rows<LastRow>(
        "SELECT * EXCLUDE (ts), epoch_ms(ts) AS ts FROM stored_samples ORDER BY stored_samples.ts DESC LIMIT 1",
      );
      const [today] = await database.rows<
        { samples: number; recorded_s: number | null; since_ms: number }
      >(
        `SELECT count(*) AS samples, sum(interval_s) AS recorded_s, min(epoch_ms(ts)) AS since_ms
         FROM stored_samples WHERE ts >= make_timestamptz(${midnight}::BIGINT * 1000)`,
      );
      return { last: last ?? null, today };
    },
  );
  const paths = [...files, ...segments].map(({ path }) => path);
  const { today } = recent;
  return {
    recorders,
    last: recent.last,
    today: today && today.recorded_s !== null ? { ...today, recorded_s: today.recorded_s } : null,
    store: {
      path: folder.path,
      days: new Set(files.concat().map(({ host, date }) => join(host, date))).size,
      files: files.length,
      bytes: paths.reduce((sum, path) => sum + (folder.disk.fileSize(path) ?? 0), 0),
    },
  };
}

function statusLines(status: Status, nowMs: number): string[] {
  const recording = status.recorders.map((recorder) =>
    line("recording", recordingText(recorder, nowMs))
  );
  return [
    ...(recording.length > 0 ? recording : [line("recording", "no (start one: mtr record &)")]),
    line("last", lastText(status.last, nowMs)),
    line("today", todayText(status, nowMs)),
    line(
      "store",
      `${countOf(status.store.days, "day")}, ${countOf(status.store.files, "file")}, ${
        quantityText("bytes", status.store.bytes)
      }, in ${status.store.path}`,
    ),
    ...status.recorders.flatMap(({ cost }) => (cost ? [line("own cost", costText(cost))] : [])),
  ];
}

function countOf(count: number, what: string): string {
  return `${countText(count)} ${what}${count === 1 ? "" : "s"}`;
}

function line(name: string, text: string): string {
  return name.padEnd(12) + text;
}

function recordingText(
  { since, pid, source, interval_ms: intervalMs, machine }: RecorderInfo,
  nowMs: number,
): string {
  const started = localTime(since, systemTimeZone());
  const clock = `${String(started.hour).padStart(2, "0")}:${
    String(started.minute).padStart(2, "0")
  }`;
  return `since ${dateText(started)} ${clock} (${
    durationText((nowMs - since) / 1000)
  }), pid ${pid} on ${machine}, ` +
    `${source} every ${durationText(intervalMs / 1000)}`;
}

function lastText(last: LastRow | null, nowMs: number): string {
  if (!last) return "nothing today";
  const time = localTime(last.ts, systemTimeZone());
  const clock = [time.hour, time.minute, time.second].map((part) => String(part).padStart(2, "0"))
    .join(":");
  const known = Object.fromEntries(Object.entries(last).filter(([, value]) => value !== null));
  const values = statusValues(known);
  return `${clock}, ${durationText(Math.max(0, Math.round((nowMs - last.ts) / 1000)))} ago` +
    (values.length > 0 ? `: ${values.join(", ")}` : "");
}

/** Of the time from the day's first sample to now: before it, nobody had asked for a recording. */
function todayText({ today, recorders }: Status, nowMs: number): string {
  if (!today) return "nothing recorded";
  const intervalS = (recorders[0]?.interval_ms ?? 1000) / 1000;
  const elapsedS = Math.max(today.recorded_s, (nowMs - today.since_ms) / 1000 - intervalS);
  return `${
    shareText((100 * today.recorded_s) / elapsedS)
  } recorded since the day's first sample ` +
    `(${countOf(today.samples, "sample")}, ${durationText(today.recorded_s)} of ${
      durationText(elapsedS)
    })`;
}

function costText({ cpuSeconds, elapsedSeconds, rssBytes }: ProcessCost): string {
  const share = (100 * cpuSeconds) / Math.max(1, elapsedSeconds);
  return `${share.toFixed(2)} % of a core, ${quantityText("bytes", rssBytes)}`;
}
