import type { Command } from "@commander-js/extra-typings";
import { dirname } from "node:path";
import {
  configFile,
  type ResolvedSettings,
  SETTING_KEYS,
  SETTINGS,
  settingsAtNeed,
} from "../../config/mod.ts";
import { StoreError, systemReason, UsageError } from "../../model/mod.ts";
import { localDisk } from "../../platform/mod.ts";
import { examples } from "../command.ts";
import type { Io } from "../io.ts";

export function declareConfig(program: Command, io: Io): void {
  const config = program.command("config")
    .helpCommand(false)
    .summary("the settings file: where it is, what holds, and whether it is right")
    .description(
      "Settings come from a file; environment variables win over it, and flags over both.\n" +
        "All keys with their meaning: mtr config init, or mtr help environment.",
    )
    .addHelpText(
      "after",
      examples([
        ["mtr config init", "write a file in which every setting is explained"],
        ["mtr config show", "what holds now, and where each value comes from"],
        ["mtr config check", "is the file right?"],
        ['$EDITOR "$(mtr config path)"', "change it"],
      ]),
    ) as unknown as Command;
  declarePath(config, io);
  declareShow(config, io);
  declareInit(config, io);
  declareCheck(config, io);
}

function declarePath(config: Command, io: Io): void {
  config.command("path")
    .summary("where the settings file is")
    .description(
      "Prints where the settings file is, or would be: $MTR_CONFIG, else mtr/config.toml in ~/.config.",
    )
    .addHelpText("after", examples([["mtr config path", "which file is read?"]]))
    .action(() => {
      const { path } = configFile(io.env);
      io.out(`${path}\n`);
      if (!isThere(path)) io.note("it is not there yet: mtr config init");
    });
}

function declareShow(config: Command, io: Io): void {
  config.command("show")
    .summary("every setting, its value, and where it comes from")
    .description(
      "Prints every setting with its value and where it comes from: the file, a variable, or the default.",
    )
    .option("--json", "for programs", false)
    .addHelpText("after", examples([["mtr config show", "what holds now?"]]))
    .action(async ({ json }) => {
      const atNeed = await settingsAtNeed();
      const resolved = atNeed.loadSettings(io.env);
      io.out(json ? settingsJson(resolved) : await settingsTable(resolved, io));
    });
}

function declareInit(config: Command, io: Io): void {
  config.command("init")
    .summary("write a settings file in which everything is explained")
    .description(
      "Writes a settings file in which every setting stands with its meaning and default, commented out.",
    )
    .option("--force", "replace the file that is there", false)
    .option("--dry-run", "print it instead", false)
    .addHelpText("after", examples([["mtr config init", 'then: $EDITOR "$(mtr config path)"']]))
    .action(async ({ force, dryRun }) => {
      const text = (await settingsAtNeed()).commentedFile();
      if (dryRun) return io.out(text);
      const { path } = configFile(io.env);
      if (!force && isThere(path)) {
        throw new UsageError(`${path} is there already`, [
          "look at it: mtr config show",
          "replace it: mtr config init --force",
        ]);
      }
      write(path, text);
      io.note(`wrote ${path}`);
    });
}

function declareCheck(config: Command, io: Io): void {
  config.command("check")
    .summary("whether the settings file is right")
    .description(
      "Checks the settings file and the environment, or another file. Exit code 2 when something is wrong.",
    )
    .argument("[file]", "another settings file")
    .addHelpText("after", examples([["mtr config check new.toml", "before it is put in place"]]))
    .action(async (path) => {
      const { checkFile, loadSettings } = await settingsAtNeed();
      const file = path === undefined ? configFile(io.env) : { path, isNamed: true };
      if (path === undefined) loadSettings(io.env);
      else checkFile(file, io.env);
      io.note(
        isThere(file.path)
          ? `${file.path} is right`
          : `there is no ${file.path}; the defaults hold`,
      );
    });
}

async function settingsTable({ settings, origins }: ResolvedSettings, io: Io): Promise<string> {
  const { renderTable } = await import("../../report/tables.ts");
  const { writtenValue } = await settingsAtNeed();
  const rows = SETTING_KEYS.map((key) => {
    const value = settings[key];
    const { default: written, ...setting } = SETTINGS[key];
    const unset = written === null && "unset" in setting ? `(${setting.unset})` : "";
    return [key, value === null ? unset : writtenValue(key, value), origins[key]];
  });
  const columns = ["setting", "value", "from"].map((name) => ({ name, type: "VARCHAR" }));
  return renderTable({ columns, rows }, "table", {
    timeZone: "UTC",
    color: io.stdout.color,
    ascii: !io.unicode,
    ...(io.stdout.isTerminal ? { width: io.columns } : {}),
  });
}

/** Durations in milliseconds, sizes in bytes. */
function settingsJson({ settings, origins }: ResolvedSettings): string {
  const entries = SETTING_KEYS.map((key) => [key, { value: settings[key], from: origins[key] }]);
  return JSON.stringify({ schema_version: 1, settings: Object.fromEntries(entries) }, null, 2) +
    "\n";
}

function write(path: string, text: string): void {
  try {
    localDisk.makeFolder(dirname(path));
    localDisk.replaceText(path, text);
  } catch (error) {
    throw new StoreError(`${path} can't be written: ${systemReason(error)}`, [
      "use another one: MTR_CONFIG=FILE mtr config init",
    ], { cause: error });
  }
}

/** What cannot be looked at is there, in a way: reading or writing it will say why not. */
function isThere(path: string): boolean {
  try {
    return localDisk.fileSize(path) !== undefined;
  } catch {
    return true;
  }
}
