/** What the kernel knows of a running process. Linux only: elsewhere every figure is null, and shown as missing. */
import { libc } from "../../src/platform/libc.ts";

export interface ProcessFigures {
  /** Of the process itself, to the nanosecond; its ended children (folds) are not in it. */
  readonly cpuS: number;
  readonly rssBytes: number;
  /** Pages of its own that hold data: not those of program files, which the kernel takes back when it needs them. */
  readonly privateBytes: number;
  /** Pages of program files that no other process has mapped just now. */
  readonly programBytes: number;
  readonly peakRssBytes: number;
  /** What it handed to `write`; the disk may take more (whole blocks) or less (files removed in time). */
  readonly writtenBytes: number;
}

/** Null where the process is gone, or the system does not tell. */
export function processFigures(pid: number): ProcessFigures | null {
  const cpuS = cpuSeconds(pid);
  const status = procText(pid, "status");
  const io = procText(pid, "io");
  const rollup = procText(pid, "smaps_rollup");
  if (cpuS === null || !status || !io || !rollup) return null;
  return {
    cpuS,
    rssBytes: kibibytes(status, "VmRSS"),
    peakRssBytes: kibibytes(status, "VmHWM"),
    privateBytes: kibibytes(rollup, "Private_Dirty"),
    programBytes: kibibytes(rollup, "Private_Clean"),
    writtenBytes: Number(/^wchar:\s*(\d+)/m.exec(io)?.[1] ?? Number.NaN),
  };
}

/** The most memory that a running process has had; null where it is gone, or the system does not tell. */
export function peakRssBytes(pid: number): number | null {
  const peak = kibibytes(procText(pid, "status") ?? "", "VmHWM");
  return Number.isNaN(peak) ? null : peak;
}

/** CPU time by the clock that the kernel keeps for each process: /proc counts in hundredths of a second only. */
export function cpuSeconds(pid: number): number | null {
  if (Deno.build.os !== "linux") return null;
  const CPUCLOCK_SCHED = 2;
  const time = new BigInt64Array(2);
  const failed = libc().clock_gettime((~pid << 3) | CPUCLOCK_SCHED, new Uint8Array(time.buffer));
  return failed ? null : Number(time[0]) + Number(time[1]) / 1e9;
}

/** A line `Name:  123 kB` in bytes; NaN where it is missing. */
export function kibibytes(text: string, name: string): number {
  const found = new RegExp(`^${name}:\\s*(\\d+) kB`, "m").exec(text)?.[1];
  return found === undefined ? Number.NaN : Number(found) * 1024;
}

function procText(pid: number, file: string): string | null {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/${file}`);
  } catch {
    return null;
  }
}
