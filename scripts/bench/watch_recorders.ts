import { type ProcessFigures, processFigures } from "./process_figures.ts";
import type { Contender } from "./measure_run.ts";
import { median } from "./median.ts";

/** What a recorder costs, by the hour. */
export interface RecorderCost {
  readonly name: string;
  readonly cpuSAnHour: number;
  readonly rssBytes: number;
  readonly privateBytes: number;
  readonly programBytes: number;
  readonly peakRssBytes: number;
  readonly writtenBytesAnHour: number;
}

export interface WatchOptions {
  readonly seconds: number;
  readonly rounds: number;
  readonly onRound: (round: number) => void;
}

/** Start-up, compilation of hot code and the first batch are not what a recorder costs for weeks. */
const WARM_UP_MS = 12_000;

/**
 * Runs recorders side by side and takes the difference of their figures over a window; medians of the rounds.
 * @returns a cost for each that lived through it
 */
export async function watchRecorders(
  contenders: readonly Contender[],
  { seconds, rounds, onRound }: WatchOptions,
): Promise<RecorderCost[]> {
  const costs: RecorderCost[] = [];
  for (let round = 1; round <= rounds; round++) {
    onRound(round);
    costs.push(...await watchOnce(contenders, seconds));
  }
  return [...Map.groupBy(costs, ({ name }) => name)].map(([name, of]) => {
    const middle = (pick: (cost: RecorderCost) => number) => median(of.map(pick));
    return {
      name,
      cpuSAnHour: middle((cost) => cost.cpuSAnHour),
      rssBytes: middle((cost) => cost.rssBytes),
      privateBytes: middle((cost) => cost.privateBytes),
      programBytes: middle((cost) => cost.programBytes),
      peakRssBytes: middle((cost) => cost.peakRssBytes),
      writtenBytesAnHour: middle((cost) => cost.writtenBytesAnHour),
    };
  });
}

async function watchOnce(
  contenders: readonly Contender[],
  seconds: number,
): Promise<RecorderCost[]> {
  const running = contenders.map(({ name, program, args, env, prepare }) => {
    prepare?.();
    const io = { stdin: "null", stdout: "null", stderr: "null" } as const;
    const command = new Deno.Command(program, {
      args: [...args],
      env: { TZ: "UTC", ...env },
      ...io,
    });
    return { name, child: command.spawn() };
  });
  try {
    await wait(WARM_UP_MS);
    const before = running.map(({ child }) => processFigures(child.pid));
    const started = performance.now();
    await wait(seconds * 1000);
    const hours = (performance.now() - started) / 3_600_000;
    return running.flatMap(({ name, child }, i) =>
      costOf(name, before[i] ?? null, processFigures(child.pid), hours)
    );
  } finally {
    for (const { child } of running) await end(child);
  }
}

function costOf(
  name: string,
  before: ProcessFigures | null,
  after: ProcessFigures | null,
  hours: number,
): RecorderCost[] {
  if (!before || !after) return [];
  const { rssBytes, privateBytes, programBytes, peakRssBytes } = after;
  const cpuSAnHour = (after.cpuS - before.cpuS) / hours;
  const writtenBytesAnHour = (after.writtenBytes - before.writtenBytes) / hours;
  return [{
    name,
    cpuSAnHour,
    rssBytes,
    privateBytes,
    programBytes,
    peakRssBytes,
    writtenBytesAnHour,
  }];
}

async function end(child: Deno.ChildProcess): Promise<void> {
  try {
    child.kill("SIGTERM");
  } catch {
    // It has ended by itself: then it has no cost, and the table says so.
  }
  await child.status;
}

function wait(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
