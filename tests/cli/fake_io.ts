/** Standard streams in memory, for commands that run inside of a test. */
import type { Io } from "../../src/cli/mod.ts";

export interface FakeIo extends Io {
  /** What was written to stdout and stderr so far. */
  readonly written: { out: string; notes: string };
}

export function fakeIo(environment: Readonly<Record<string, string>> = {}): FakeIo {
  const written = { out: "", notes: "" };
  const stop = (): never => {
    throw new Error("a command ended the process");
  };
  return {
    written,
    stdout: { isTerminal: false, color: "none" },
    stderr: { isTerminal: false, color: "none" },
    columns: 80,
    unicode: true,
    prefer: () => {},
    env: (name) => environment[name],
    out: (text) => void (written.out += text),
    note: (line, prefix = "") => void (written.notes += `${prefix}${line}\n`),
    drawStatus: () => {},
    readStdin: () => Promise.resolve(""),
    ask: () => null,
    abort: stop,
    exitNow: stop,
  };
}
