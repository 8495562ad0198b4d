/** argv → command → exit code; nothing else. */
import { CommanderError } from "commander";
import { messageOf, MtrError } from "./model/mod.ts";
import { createProgram, type Io, OutputClosed, systemIo } from "./cli/mod.ts";

const FAILED = 1;
const WRONG_USAGE = 2;

async function main(args: readonly string[]): Promise<number> {
  const io = systemIo(colorFlag(args));
  try {
    // Alone, `mtr` is a question, not a mistake.
    const asked = args.length === 0 ? ["--help"] : [...args];
    await createProgram(io, asked).parseAsync(asked, { from: "user" });
    return 0;
  } catch (error) {
    return report(error, io);
  }
}

/** Shows what went wrong and says which exit code it is. */
function report(error: unknown, io: Io): number {
  if (error instanceof OutputClosed) return 0;
  // Commander has printed its message already; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  const prefix = io.stderr.color === "none" ? "error: " : "\x1b[31merror:\x1b[39m ";
  io.note(messageOf(error), prefix);
  if (!(error instanceof MtrError)) {
    io.note("  this is a bug in mtr: please report it with the command that you ran");
    if (io.env("MTR_DEBUG")) io.note(error instanceof Error ? error.stack ?? "" : "");
    return FAILED;
  }
  for (const hint of error.hints) io.note(`  ${hint}`);
  return error.exitCode;
}

/** Needed before options are parsed, because the parser itself prints. */
function colorFlag(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => arg === "--color" || arg.startsWith("--color="));
  if (at < 0) return args.includes("--no-color") ? "never" : undefined;
  return args[at]?.split("=")[1] ?? args[at + 1];
}

Deno.exit(await main(Deno.args));
