/** All commands, as one program. */
import { Command, Help, Option } from "@commander-js/extra-typings";
import type { Option as CommanderOption } from "commander";
import { type DeclareCommand, examples } from "./command.ts";
import type { Io } from "./io.ts";
import { takeSettings } from "./take_settings.ts";
import { VERSION_TEXT } from "./version.ts";
import { declareAnalyze } from "./commands/analyze.ts";
import { declareCompare } from "./commands/compare.ts";
import { declareCheck } from "./commands/check.ts";
import { declareCompletions } from "./commands/completions.ts";
import { declareConfig } from "./commands/config.ts";
import { declareDemo } from "./commands/demo.ts";
import { declareDoctor } from "./commands/doctor.ts";
import { declareExport } from "./commands/export.ts";
import { declareFold } from "./commands/fold.ts";
import { declareHelp } from "./commands/help.ts";
import { declareImport } from "./commands/import.ts";
import { declareInstall } from "./commands/install.ts";
import { declareMetrics } from "./commands/metrics.ts";
import { declarePrune } from "./commands/prune.ts";
import { declareQuery } from "./commands/query.ts";
import { declareRecord } from "./commands/record.ts";
import { declareStatus } from "./commands/status.ts";
import { declareStop } from "./commands/stop.ts";
import { declareUninstall } from "./commands/uninstall.ts";

/** By the word that they are called by, in the order of the help. */
const COMMANDS: ReadonlyMap<string, DeclareCommand> = new Map([
  ["record", declareRecord],
  ["stop", declareStop],
  ["status", declareStatus],
  ["analyze", declareAnalyze],
  ["compare", declareCompare],
  ["query", declareQuery],
  ["metrics", declareMetrics],
  ["doctor", declareDoctor],
  ["demo", declareDemo],
  ["fold", declareFold],
  ["prune", declarePrune],
  ["check", declareCheck],
  ["import", declareImport],
  ["export", declareExport],
  ["config", declareConfig],
  ["install", declareInstall],
  ["uninstall", declareUninstall],
  ["completions", declareCompletions],
  ["help", declareHelp],
]);

/**
 * The program with its commands.
 * @param line what was typed; where it begins with a command, the others are not declared: all of them take 10 ms
 */
export function createProgram(io: Io, line: readonly string[] = []): Command {
  const program = new Command("mtr")
    .description(
      "Records a machine's metrics into Parquet files and says, weeks later, how hard it worked.",
    )
    .version(VERSION_TEXT, "-V, --version", "print the versions of mtr, Deno and DuckDB")
    .addOption(new Option("--color <when>", "colour").choices(["auto", "always", "never"]))
    .addOption(new Option("--no-color", "no colour").hideHelp())
    .helpOption("-h, --help", "what a command does, with examples")
    .helpCommand(false)
    .configureHelp({ optionDescription })
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.note(text.trimEnd()),
      getOutHelpWidth: () => io.columns,
      getErrHelpWidth: () => io.columns,
    })
    .addHelpText(
      "after",
      examples([
        ["mtr record &", "record this machine in the background"],
        ["mtr analyze --week", "how hard it worked in the last seven days"],
        ["mtr query 'select max(cpu_pct) from samples'", "SQL on what was recorded"],
        ["mtr demo", "a report on made-up data, to see what it looks like"],
      ]),
    );
  const called = COMMANDS.get(line[0] ?? "");
  for (const declare of called ? [called] : COMMANDS.values()) {
    declare(program as unknown as Command, io);
  }
  takeSettings(program as unknown as Command, io);
  leaveExitToMain(program as unknown as Command, program.name());
  return program as unknown as Command;
}

/** As commander has it, but that a switch is off by default goes without saying. */
function optionDescription(option: CommanderOption): string {
  if (option.defaultValue !== false) return new Help().optionDescription(option);
  return option.description;
}

/** Exiting is main's business in all commands; a wrong command line is answered with the right one. */
function leaveExitToMain(command: Command, path: string): void {
  command.exitOverride().showSuggestionAfterError(true)
    .showHelpAfterError(`  usage: ${path} ${command.usage()}\n  more:  ${path} --help`);
  for (const subcommand of command.commands) {
    leaveExitToMain(subcommand as unknown as Command, `${path} ${subcommand.name()}`);
  }
}
