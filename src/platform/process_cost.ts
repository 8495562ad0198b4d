/** What a running process has used: for `mtr status`, which says what the recorder costs. */
export interface ProcessCost {
  readonly cpuSeconds: number;
  readonly rssBytes: number;
  readonly elapsedSeconds: number;
}

/** Null where the process is gone or the system does not tell. */
export function processCost(pid: number): ProcessCost | null {
  try {
    return Deno.build.os === "linux" ? fromProc(pid) : fromPs(pid);
  } catch {
    return null;
  }
}

/** The kernel's clock ticks a second in /proc, the same on every Linux that Deno runs on. */
const TICKS_PER_SECOND = 100;

/** Children that have ended (folds) are counted in. */
function fromProc(pid: number): ProcessCost {
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  // The command, in parentheses, may hold blanks; what follows it starts with field 3.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ").map(Number);
  const field = (number: number) => fields[number - 3] ?? 0;
  const ticks = field(14) + field(15) + field(16) + field(17);
  const uptime = Number(Deno.readTextFileSync("/proc/uptime").split(" ")[0]);
  const rssKib = /^VmRSS:\s*(\d+)/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1];
  return {
    cpuSeconds: ticks / TICKS_PER_SECOND,
    elapsedSeconds: uptime - field(22) / TICKS_PER_SECOND,
    rssBytes: Number(rssKib ?? 0) * 1024,
  };
}

/** `ps` gives `[[dd-]hh:]mm:ss` and KiB. */
function fromPs(pid: number): ProcessCost | null {
  const args = ["-o", "time=,etime=,rss=", "-p", String(pid)];
  const { success, stdout } = new Deno.Command("ps", { args, stderr: "null" }).outputSync();
  const [time, elapsed, rss] = new TextDecoder().decode(stdout).trim().split(/\s+/);
  if (!success || !time || !elapsed || !rss) return null;
  return {
    cpuSeconds: parseClock(time),
    elapsedSeconds: parseClock(elapsed),
    rssBytes: Number(rss) * 1024,
  };
}

function parseClock(text: string): number {
  const [clock, days] = text.split("-").reverse();
  const seconds = (clock ?? "").split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number(days ?? 0) * 86_400 + seconds;
}
