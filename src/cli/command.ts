/** What every command shares: its way of being declared, common options, examples in its help. */
import { type Command, Option } from "@commander-js/extra-typings";
import type { Io } from "./io.ts";
import { DataFolder } from "../journal/mod.ts";
import { localDisk } from "../platform/mod.ts";
import { dataDir } from "../config/mod.ts";
import { NoDataError } from "../model/mod.ts";

/** Adds one command to the program: options, help with examples, and what it does. */
export type DeclareCommand = (program: Command, io: Io) => void;

export function dataDirOption(): Option<"--data-dir <dir>", undefined> {
  return new Option(
    "--data-dir <dir>",
    "where the data is (default: $MTR_DATA_DIR, else $XDG_DATA_HOME/mtr, else ~/.local/share/mtr)",
  ) as Option<"--data-dir <dir>", undefined>;
}

/** The data folder that the options and the environment name. */
export function folderFrom(options: { readonly dataDir?: string | undefined }, io: Io): DataFolder {
  return new DataFolder(dataDir(options.dataDir, io.env), localDisk);
}

/**
 * The same, for commands that read.
 * @throws {NoDataError} when nothing was ever recorded there
 */
export function existingFolder(
  options: { readonly dataDir?: string | undefined },
  io: Io,
): DataFolder {
  const folder = folderFrom(options, io);
  if (folder.exists || folder.disk.list(folder.dataset("samples")).length > 0) return folder;
  throw new NoDataError(`nothing is recorded in ${folder.path}`, [
    "start a recording:      mtr record &",
    "or look at made-up data: mtr demo",
  ]);
}

/**
 * Text below a command's options: `examples([["mtr record &", "record in the background"]])`. Where the screen is too narrow
 * for both side by side, what an example does stands below it.
 */
export function examples(
  lines: readonly (readonly [command: string, meaning: string])[],
): (context: { readonly command: AnyCommand }) => string {
  return ({ command }) => {
    const columns = command.configureOutput().getOutHelpWidth?.() ?? 80;
    const width = Math.max(...lines.map(([example]) => example.length));
    const fits = lines.every(([, meaning]) => width + meaning.length + 4 <= columns);
    const each = lines.map(([example, meaning]) =>
      fits ? `  ${example.padEnd(width)}  ${meaning}` : `  ${example}\n      ${meaning}`
    );
    return `\nExamples:\n${each.join("\n")}\n`;
  };
}

/** As much of a command as its examples need to know. */
interface AnyCommand {
  configureOutput(): { getOutHelpWidth?: () => number };
}
