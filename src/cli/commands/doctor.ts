import type { Command } from "@commander-js/extra-typings";
import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import {
  messageOf,
  MtrError,
  quantityText,
  type Source,
  SOURCE_NAMES,
  type SourceName,
  systemReason,
} from "../../model/mod.ts";
import { bootId, machineId, systemTimeZone } from "../../platform/mod.ts";
import type { DataFolder } from "../../journal/mod.ts";
import { dataDirOption, examples, folderFrom } from "../command.ts";
import type { Io } from "../io.ts";
import { runningRecorders } from "../recorder_lock.ts";
import { VERSION_TEXT } from "../version.ts";

/** Starting mactop is nothing a doctor should do: it only looks. */
const LOOK_TIMEOUT_MS = 3000;
/** A week at 1 Hz with series is some 30 MB; below that a recording would soon stop the machine. */
const LITTLE_DISK_BYTES = 500 * 1024 * 1024;

interface Finding {
  readonly about: string;
  readonly state: "ok" | "note" | "problem";
  readonly text: string;
  readonly hints?: readonly string[];
}

export function declareDoctor(program: Command, io: Io): void {
  program.command("doctor")
    .summary("what mtr finds on this machine: sources, permissions, disk, versions")
    .description(
      "Looks at everything that a recording needs and says what is missing and what to do about it.",
    )
    .option("--json", "for programs", false)
    .option("--port <port>", "mactop's port", Number, 8888)
    .addOption(dataDirOption())
    .addHelpText("after", examples([["mtr doctor", "why is something not recorded?"]]))
    .action(async ({ json, dataDir, port }) => {
      const folder = folderFrom({ dataDir }, io);
      const findings = [
        { about: "versions", state: "ok", text: VERSION_TEXT } as const,
        systemFinding(),
        ...await sourceFindings(port),
        folderFinding(folder),
        diskFinding(folder),
        ...await storeFindings(folder),
      ];
      if (json) io.out(JSON.stringify({ schema_version: 1, findings }, null, 2) + "\n");
      else io.out(findings.flatMap(findingLines).join("\n") + "\n");
    });
}

function findingLines({ about, state, text, hints = [] }: Finding): string[] {
  const mark = { ok: "ok  ", note: "note", problem: "!!  " }[state];
  return [
    ` ${mark} ${about.padEnd(18)}${text}`,
    ...hints.map((hint) => `${" ".repeat(24)}${hint}`),
  ];
}

function systemFinding(): Finding {
  const missing = [bootId() === null ? "boot id" : "", machineId() === null ? "machine id" : ""]
    .filter(Boolean);
  const zone = `time zone ${systemTimeZone()}`;
  if (missing.length === 0) return { about: "system", state: "ok", text: zone };
  return {
    about: "system",
    state: "note",
    text: `${zone}; the system gives no ${missing.join(" and no ")}`,
    hints: ["restarts (boot id) or a renamed machine (machine id) will not be recognised"],
  };
}

async function sourceFindings(port: number): Promise<Finding[]> {
  const names = SOURCE_NAMES.filter((name) => name !== "prometheus");
  return await Promise.all(names.map((name) => sourceFinding(name, port)));
}

/** Opens a source, reads it twice (rates need two), and closes it. */
async function sourceFinding(name: SourceName, port: number): Promise<Finding> {
  const { createSources, defaultSource } = await import("../create_sources.ts");
  const about = name === defaultSource() ? `${name} (default)` : name;
  const url = name === "mactop" ? `http://localhost:${port}/metrics` : undefined;
  let source: Source | undefined;
  try {
    [source] = createSources({ source: [name], url, port, intervalMs: 1000 }, () => {});
    if (!source) return { about, state: "problem", text: "unknown" };
    await source.open(AbortSignal.timeout(LOOK_TIMEOUT_MS));
    await source.read(request());
    await new Promise((resolve) => setTimeout(resolve, 300));
    const result = await source.read(request());
    if (result.state !== "ok") {
      return { about, state: "note", text: `${result.state}: ${result.reason}` };
    }
    const metrics = Object.keys(result.reading.values).length;
    const labelled = result.reading.series.length;
    return {
      about,
      state: "ok",
      text: `${source.describe()}: ${metrics} metrics, ${labelled} labelled values`,
      hints: result.reading.notes,
    };
  } catch (error) {
    const state = name === defaultSource() ? "problem" : "note";
    return {
      about,
      state,
      text: messageOf(error),
      ...(error instanceof MtrError ? { hints: error.hints } : {}),
    };
  } finally {
    await source?.close();
  }
}

function request() {
  return {
    monotonicMs: performance.now(),
    wantSeries: true,
    signal: AbortSignal.timeout(LOOK_TIMEOUT_MS),
  };
}

function folderFinding(folder: DataFolder): Finding {
  const about = "data folder";
  const existing = nearestExisting(folder.path);
  try {
    const probe = Deno.makeTempFileSync({ dir: existing, prefix: ".mtr-doctor-" });
    Deno.removeSync(probe);
    const text = existing === folder.path
      ? folder.path
      : `${folder.path} (will be made by the first recording)`;
    return { about, state: "ok", text };
  } catch (error) {
    return {
      about,
      state: "problem",
      text: `${existing} can't be written: ${systemReason(error)}`,
      hints: ["use another one: --data-dir DIR, or set MTR_DATA_DIR"],
    };
  }
}

function diskFinding(folder: DataFolder): Finding {
  const { bavail, bsize } = statfsSync(nearestExisting(folder.path));
  const free = bavail * bsize;
  const text = `${quantityText("bytes", free)} free`;
  if (free >= LITTLE_DISK_BYTES) return { about: "disk", state: "ok", text };
  return {
    about: "disk",
    state: "problem",
    text,
    hints: ["a week of recording takes about 30 MB; make room first"],
  };
}

async function storeFindings(folder: DataFolder): Promise<Finding[]> {
  if (!folder.exists) return [{ about: "store", state: "note", text: "nothing is recorded yet" }];
  const { listStore } = await import("../../store/mod.ts");
  const { files, segments, damaged } = listStore(folder);
  const running = runningRecorders(folder).map(({ pid }) => `pid ${pid}`);
  const recording = running.length > 0
    ? `, recording now: ${running.join(", ")}`
    : ", not recording now";
  const text = `${files.length} files, ${segments.length} journal segments${recording}`;
  return [
    { about: "store", state: "ok", text },
    ...damaged.map(({ path, problem }): Finding => ({
      about: "damaged file",
      state: "problem",
      text: `${path}: ${problem}`,
    })),
  ];
}

function nearestExisting(path: string): string {
  try {
    Deno.statSync(path);
    return path;
  } catch {
    return nearestExisting(dirname(path));
  }
}
