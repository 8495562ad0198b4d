import { cpuSeconds, peakRssBytes } from "./process_figures.ts";

/** A program to be measured. */
export interface Contender {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Called before each run, outside of the measured time. */
  readonly prepare?: () => void;
}

/** One run, from start to exit. Memory and CPU are null where the system does not tell. */
export interface MeasuredRun {
  readonly wallS: number;
  readonly cpuS: number | null;
  readonly peakRssBytes: number | null;
}

/** Short enough for the last look to come just before the exit, long enough to cost nothing. */
const LOOK_EVERY_MS = 3;

/**
 * Runs a program to its end. Peak memory is read from /proc while it runs, because what `wait4` tells afterwards is never
 * less than the memory of the process that started it.
 * @throws {Error} it failed; with what it said
 */
export async function measureRun(contender: Contender): Promise<MeasuredRun> {
  contender.prepare?.();
  const command = commandOf(contender, "null");
  const started = performance.now();
  const child = command.spawn();
  const saidLater = new Response(child.stderr).text();
  let wallS: number | undefined;
  const ended = child.status.then((status) => {
    wallS = (performance.now() - started) / 1000;
    return status;
  });
  let peak: number | null = null;
  let cpuS: number | null = null;
  while (wallS === undefined) {
    peak = peakRssBytes(child.pid) ?? peak;
    cpuS = cpuSeconds(child.pid) ?? cpuS;
    await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
  }
  if (!(await ended).success) throw failure(contender, await saidLater);
  return { wallS, cpuS, peakRssBytes: peak };
}

/**
 * Runs a program for its answer.
 * @throws {Error} it failed; with what it said
 */
export async function answerOf(contender: Contender): Promise<string> {
  contender.prepare?.();
  const { success, stdout, stderr } = await commandOf(contender, "piped").output();
  const decoder = new TextDecoder();
  if (!success) throw failure(contender, decoder.decode(stderr));
  return decoder.decode(stdout);
}

function commandOf({ program, args, env }: Contender, stdout: "null" | "piped"): Deno.Command {
  // A zone of its own would make the reports differ from machine to machine.
  const all = { TZ: "UTC", ...env };
  return new Deno.Command(program, {
    args: [...args],
    env: all,
    stdin: "null",
    stdout,
    stderr: "piped",
  });
}

function failure({ name }: Contender, said: string): Error {
  return new Error(`${name} failed: ${said.trim().split("\n").at(-1) ?? ""}`);
}
