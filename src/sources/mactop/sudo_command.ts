/** How a mactop that needs root is run. */
import type { ChildProgramOptions } from "../../platform/mod.ts";

/**
 * Runs the program given as arguments until its own standard input ends. That is how mtr stops a program of root's: a
 * user may not signal it, and `sudo kill` could ask for the password again. It also ends it when mtr is killed.
 */
const RUN_UNTIL_INPUT_ENDS = `
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
trap 'kill "$child"' TERM
{ read -r _ <&3; kill "$child"; } &
watcher=$!
exec 3<&-
wait "$child"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`;

export interface SudoCommand {
  readonly path: string;
  readonly options: ChildProgramOptions;
}

/** `sudo mactop …`, in a pseudo-terminal of its own on a Mac: mactop's screen needs one, and must not paint over ours. */
export function sudoCommand(
  mactop: { readonly path: string; readonly args: readonly string[] },
  { sudo, isMac }: { readonly sudo: string | undefined; readonly isMac: boolean },
): SudoCommand {
  const pseudoTerminal = isMac ? ["/usr/bin/script", "-q", "/dev/null"] : [];
  const program = [...pseudoTerminal, mactop.path, ...mactop.args];
  const shell = ["/bin/sh", "-c", RUN_UNTIL_INPUT_ENDS, "mactop", ...program];
  const [path = "", ...args] = sudo === undefined ? shell : [sudo, ...shell];
  return { path, options: { args, hasInput: true } };
}
