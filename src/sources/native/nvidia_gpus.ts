/**
 * NVIDIA GPUs, through one `nvidia-smi` that repeats its answer: starting it for each read would cost 30 to 100 ms of CPU
 * time every time. No program, no driver, no answer: no GPU, and nothing fails.
 */
import { ChildProgram, type Clock } from "../../platform/mod.ts";
import type { GpuProbe, GpuState } from "./gpus.ts";
import type { KernelFiles } from "./kernel_files.ts";
import { NVIDIA_QUERY, parseNvidiaLine } from "./nvidia_csv.ts";

const SLEEP_NOTE =
  "the NVIDIA GPU is not asked: it may power down when idle (runtime D3), and nvidia-smi would keep it awake";

const FIRST_RETRY_MS = 60_000;
const LAST_RETRY_MS = 3_600_000;
/** An answer stands for this many intervals; then the program is taken to hang. */
const STALE_AFTER_INTERVALS = 3;

export interface NvidiaOptions {
  readonly proc: KernelFiles;
  /** Folders in which to look for nvidia-smi, as in $PATH. */
  readonly path: string;
  readonly intervalMs: number;
  readonly clock: Pick<Clock, "monotonicMs">;
}

export function createNvidiaGpus({ proc, path, intervalMs, clock }: NvidiaOptions): GpuProbe {
  const latest = new Map<string, { state: GpuState; atMs: number }>();
  let program: ChildProgram | undefined;
  let maySleep = false;
  let retryAtMs = -Infinity;
  let retryDelayMs = FIRST_RETRY_MS;

  const takeLine = (line: string) => {
    const state = parseNvidiaLine(line);
    if (!state) return;
    latest.set(state.label, { state, atMs: clock.monotonicMs() });
    retryDelayMs = FIRST_RETRY_MS;
  };
  return {
    discover() {
      maySleep = canAllSleep(proc);
      const nowMs = clock.monotonicMs();
      const isRunning = program !== undefined && program.ending === undefined;
      if (maySleep || isRunning || nowMs < retryAtMs) return;
      const executable = findExecutable("nvidia-smi", path);
      if (!executable) return;
      // Should it end at once (no driver), it is tried again less and less often.
      retryAtMs = nowMs + retryDelayMs;
      retryDelayMs = Math.min(LAST_RETRY_MS, 2 * retryDelayMs);
      program = startProgram(executable, { args: nvidiaArguments(intervalMs), onLine: takeLine });
    },
    states() {
      const oldestMs = clock.monotonicMs() - STALE_AFTER_INTERVALS * intervalMs;
      const fresh = [...latest.values()].filter(({ atMs }) => atMs >= oldestMs);
      return fresh.map(({ state }) => state);
    },
    note: () => maySleep ? SLEEP_NOTE : undefined,
    async close() {
      await program?.stop();
      program = undefined;
      latest.clear();
    },
  };
}

function startProgram(...of: Parameters<typeof ChildProgram.start>): ChildProgram | undefined {
  try {
    return ChildProgram.start(...of);
  } catch {
    // Not a program for this machine: as good as none.
    return undefined;
  }
}

function nvidiaArguments(intervalMs: number): string[] {
  return [
    `--query-gpu=${NVIDIA_QUERY}`,
    "--format=csv,noheader,nounits",
    `--loop-ms=${intervalMs}`,
  ];
}

/** Whether the driver powers every GPU down when idle: laptops, mostly. */
function canAllSleep(proc: KernelFiles): boolean {
  const folder = "driver/nvidia/gpus";
  const gpus = proc.list(folder);
  return gpus.length > 0 &&
    gpus.every((gpu) =>
      /^Runtime D3 status:\s*Enabled/m.test(proc.readOnce(`${folder}/${gpu}/power`) ?? "")
    );
}

function findExecutable(name: string, path: string): string | undefined {
  for (const folder of path.split(":")) {
    if (!folder) continue;
    try {
      const { isFile, mode } = Deno.statSync(`${folder}/${name}`);
      if (isFile && ((mode ?? 0) & 0o111) !== 0) return `${folder}/${name}`;
    } catch {
      // Not there.
    }
  }
  return undefined;
}
