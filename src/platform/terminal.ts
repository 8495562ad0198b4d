import { libc } from "./libc.ts";

const STDERR_FD = 2;

/**
 * Whether this process may draw on the terminal: `mtr record &` may not, or it would paint over the shell's prompt.
 * Asked before every drawing, because `fg` and `bg` change the answer.
 */
export function isForeground(): boolean {
  if (!Deno.stderr.isTerminal()) return false;
  return libc().tcgetpgrp(STDERR_FD) === libc().getpgrp();
}

/** Columns of the terminal that shows stdout or stderr; undefined when neither is one. */
export function terminalColumns(): number | undefined {
  try {
    return Deno.consoleSize().columns || undefined;
  } catch {
    return undefined;
  }
}
