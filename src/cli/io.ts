/** Standard streams, environment and colour: the one place that touches them. Results go to stdout, all else to stderr. */

import { messageOf, StoreError } from "../model/mod.ts";

export type ColorLevel = "none" | "16" | "256" | "truecolor";

export interface Stream {
  readonly isTerminal: boolean;
  readonly color: ColorLevel;
}

export interface Io {
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Columns to fill: of the terminal, or $COLUMNS, or 80. */
  readonly columns: number;
  /** Whether the locale can show more than ASCII. */
  readonly unicode: boolean;
  env(name: string): string | undefined;
  /** Writes a result, as it is. */
  out(text: string): void;
  /** Writes a line for people: progress, notes, warnings. */
  note(line: string): void;
  /** Draws over the status line on stderr; an empty text clears it. Only for terminals. */
  drawStatus(line: string): void;
  readStdin(): Promise<string>;
  /** Says why and ends the process at once: only where nothing else can end it. */
  abort(reason: string): never;
  /** Ends the process at once, with nothing said. */
  exitNow(code: number): never;
}

/** Where a result goes: stdout, or the file of `-o`. */
export interface OutputFile {
  write(text: string): void;
}

/** Thrown when the reader of stdout is gone (`mtr query … | head`): a quiet end, not a failure. */
export class OutputClosed extends Error {}

const encoder = new TextEncoder();

export function systemIo(colorFlag: string | undefined): Io {
  const env = (name: string) => Deno.env.get(name);
  return {
    stdout: streamOf(Deno.stdout, colorFlag, env),
    stderr: streamOf(Deno.stderr, colorFlag, env),
    columns: columnsOf(env),
    unicode: /utf-?8/i.test(env("LC_ALL") || env("LC_CTYPE") || env("LANG") || defaultLocale()),
    env,
    out: (text) => write(Deno.stdout, text),
    note: (line) => write(Deno.stderr, `${line}\n`),
    drawStatus: (line) => write(Deno.stderr, `\r\x1b[2K${line}`),
    readStdin: () => new Response(Deno.stdin.readable).text(),
    abort(reason) {
      write(Deno.stderr, `error: ${reason}\n`);
      Deno.exit(1);
    },
    exitNow: (code) => Deno.exit(code),
  };
}

/** `-o FILE`; `-` and nothing are stdout. */
export function outputTo(path: string | undefined, io: Io): OutputFile {
  if (path === undefined || path === "-") return { write: (text) => io.out(text) };
  return {
    write(text) {
      try {
        Deno.writeTextFileSync(path, text);
      } catch (error) {
        throw new StoreError(`${path} can't be written: ${messageOf(error)}`, [], { cause: error });
      }
    },
  };
}

/** A machine that says nothing about its locale: containers, CI. macOS terminals are UTF-8. */
function defaultLocale(): string {
  return Deno.build.os === "darwin" ? "UTF-8" : "C.UTF-8";
}

function columnsOf(env: Io["env"]): number {
  const fromEnv = Number(env("COLUMNS"));
  if (Number.isInteger(fromEnv) && fromEnv >= 20) return fromEnv;
  try {
    return Deno.consoleSize().columns || 80;
  } catch {
    return 80;
  }
}

/** `--color`, then FORCE_COLOR and CLICOLOR_FORCE, then NO_COLOR, TERM=dumb and whether it is a terminal. */
function streamOf(
  stream: { isTerminal(): boolean },
  flag: string | undefined,
  env: Io["env"],
): Stream {
  const isTerminal = stream.isTerminal();
  const forced = flag === "always" || (flag === undefined && isForced(env));
  const refused = flag === "never" ||
    (flag === undefined && (Boolean(env("NO_COLOR")) || env("TERM") === "dumb"));
  const wanted = forced || (isTerminal && !refused);
  return { isTerminal, color: wanted ? colorLevel(env) : "none" };
}

function isForced(env: Io["env"]): boolean {
  const set = (name: string) => !["", "0", "false", undefined].includes(env(name));
  return set("FORCE_COLOR") || set("CLICOLOR_FORCE");
}

function colorLevel(env: Io["env"]): ColorLevel {
  if (/truecolor|24bit/i.test(env("COLORTERM") ?? "")) return "truecolor";
  return /256/.test(env("TERM") ?? "") ? "256" : "16";
}

function write(stream: typeof Deno.stdout | typeof Deno.stderr, text: string): void {
  const bytes = encoder.encode(text);
  try {
    for (let written = 0; written < bytes.length;) {
      written += stream.writeSync(bytes.subarray(written));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
    // Nobody reads stderr any more: the work goes on.
    if (stream === Deno.stdout) throw new OutputClosed();
  }
}
