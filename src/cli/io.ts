/** Standard streams, environment and colour: the one place that touches them. Results go to stdout, all else to stderr. */

import { plainText, StoreError, systemReason } from "../model/mod.ts";

export type ColorLevel = "none" | "16" | "256" | "truecolor";

export interface Stream {
  readonly isTerminal: boolean;
  readonly color: ColorLevel;
}

/** Settings of display (see config). */
export interface Display {
  readonly color: "auto" | "always" | "never";
  readonly ascii: boolean;
}

export interface Io {
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Columns to fill: of the terminal, or $COLUMNS, or 80. */
  readonly columns: number;
  /** Whether the locale can show more than ASCII, and the settings let it. */
  readonly unicode: boolean;
  /** Takes what the settings file says of display; the command line and the environment win over it. */
  prefer(display: Display): void;
  env(name: string): string | undefined;
  /** Writes a result, as it is. */
  out(text: string): void;
  /**
   * Writes a line for people: progress, notes, warnings. What stands in it may come from anywhere (a file that is imported,
   * an address, the engine), so that nothing but text gets to the terminal.
   * @param prefix stands before it as it is, colours included
   */
  note(line: string, prefix?: string): void;
  /** Draws over the status line on stderr; an empty text clears it. Only for terminals. */
  drawStatus(line: string): void;
  readStdin(): Promise<string>;
  /** Asks on the terminal and gives the answer; null where there is none to ask on. */
  ask(question: string): string | null;
  /** Says why and ends the process at once: only where nothing else can end it. */
  abort(reason: string): never;
  /** Ends the process at once, with nothing said. */
  exitNow(code: number): never;
}

/** Where a result goes: stdout, or the file of `-o`. */
export interface OutputFile {
  readonly isStdout: boolean;
  write(text: string): void;
}

/** Thrown when the reader of stdout is gone (`mtr query … | head`): a quiet end, not a failure. */
export class OutputClosed extends Error {}

const encoder = new TextEncoder();

export function systemIo(colorFlag: string | undefined): Io {
  const env = (name: string) => Deno.env.get(name);
  const wish = { flag: colorFlag ?? (env("MTR_DISPLAY_COLOR") || undefined), env };
  const locale = env("LC_ALL") || env("LC_CTYPE") || env("LANG") || defaultLocale();
  let display: Display = { color: "auto", ascii: false };
  return {
    get stdout() {
      return streamOf(Deno.stdout, { ...wish, preferred: display.color });
    },
    get stderr() {
      return streamOf(Deno.stderr, { ...wish, preferred: display.color });
    },
    columns: columnsOf(env),
    get unicode() {
      return !display.ascii && /utf-?8/i.test(locale);
    },
    prefer: (preferred) => void (display = preferred),
    env,
    out: (text) => write(Deno.stdout, text),
    note: (line, prefix = "") => write(Deno.stderr, `${prefix}${plainLines(line)}\n`),
    drawStatus: (line) => write(Deno.stderr, `\r\x1b[2K${line}`),
    readStdin: () => new Response(Deno.stdin.readable).text(),
    ask,
    abort(reason) {
      write(Deno.stderr, `error: ${reason}\n`);
      Deno.exit(1);
    },
    exitNow: (code) => Deno.exit(code),
  };
}

function plainLines(text: string): string {
  return text.split("\n").map(plainText).join("\n");
}

/** On stderr, so that a result on stdout can be piped while a question is asked. */
function ask(question: string): string | null {
  if (!Deno.stdin.isTerminal() || !Deno.stderr.isTerminal()) return null;
  write(Deno.stderr, question);
  const line = new Uint8Array(1024);
  // A terminal gives a line at a time.
  const length = Deno.stdin.readSync(line) ?? 0;
  return new TextDecoder().decode(line.subarray(0, length)).trim();
}

/** `-o FILE`; `-` and nothing are stdout. */
export function outputTo(path: string | undefined, io: Io): OutputFile {
  if (path === undefined || path === "-") {
    return { isStdout: true, write: (text) => io.out(text) };
  }
  return {
    isStdout: false,
    write(text) {
      try {
        Deno.writeTextFileSync(path, text);
      } catch (error) {
        throw new StoreError(`${path} can't be written: ${systemReason(error)}`, [], {
          cause: error,
        });
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

interface ColorWish {
  /** `--color` or MTR_DISPLAY_COLOR. */
  readonly flag: string | undefined;
  readonly env: Io["env"];
  /** Of the settings file. */
  readonly preferred: Display["color"];
}

/** The flag, then FORCE_COLOR and CLICOLOR_FORCE, then NO_COLOR and TERM=dumb, then the file, then whether it is a terminal. */
function streamOf(stream: { isTerminal(): boolean }, { flag, env, preferred }: ColorWish): Stream {
  const isTerminal = stream.isTerminal();
  const forced = flag === "always" || (flag === undefined && isForced(env));
  const refused = flag === "never" ||
    (flag === undefined && (Boolean(env("NO_COLOR")) || env("TERM") === "dumb"));
  const otherwise = flag === undefined && preferred !== "auto"
    ? preferred === "always"
    : isTerminal;
  const wanted = forced || (otherwise && !refused);
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
