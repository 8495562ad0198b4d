/** docs/mtr.1, made from the program's own commands and help topics. */
import type { Command } from "@commander-js/extra-typings";
import { createProgram, type Io } from "../src/cli/mod.ts";
import type { HelpSection } from "../src/cli/help_topics/help_topic.ts";
import { HELP_TOPICS } from "../src/cli/help_topics/mod.ts";
import { MTR_VERSION } from "../src/cli/version.ts";

/** Topics that are sections of the page, by the names that man pages use. */
const SECTION_OF_TOPIC: Readonly<Record<string, string>> = {
  "time": "TIME",
  "exit-codes": "EXIT STATUS",
  "environment": "ENVIRONMENT",
  "metrics": "METRICS",
};

const FILES = [
  ["~/.config/mtr/config.toml", "settings: mtr config init, mtr config show"],
  [
    "~/.local/share/mtr/",
    "recordings: one Parquet file a day and host below samples/ and series/, which any tool can open",
  ],
  ["~/.cache/mtr/", "DuckDB's library, unpacked at first use; may be removed at any time"],
  [
    "~/.config/systemd/user/mtr.service, ~/Library/LaunchAgents/mtr.record.plist",
    "what mtr install writes, on Linux and on macOS",
  ],
] as const;

export function manPage(): string {
  const program = createProgram(SILENT);
  return [
    `.\\" Made by \`deno task docs\` from src/cli; do not edit.`,
    `.TH MTR 1 "" "mtr ${MTR_VERSION}" "User Commands"`,
    // Neither stretched nor hyphenated: options and paths are to be read, and pasted.
    ".ad l",
    ".nh",
    ".SH NAME",
    text("mtr - record a machine's metrics, and say weeks later how hard it worked"),
    ".SH SYNOPSIS",
    ".B mtr",
    "[\\fIoptions\\fR] \\fIcommand\\fR [\\fIarguments\\fR]",
    ".SH DESCRIPTION",
    text(program.description()),
    ".SH OPTIONS",
    ...optionLines(program),
    ".SH COMMANDS",
    ...program.commands.flatMap((command) => commandLines(command as unknown as Command)),
    ...HELP_TOPICS.flatMap(({ name, sections }) => [
      `.SH ${SECTION_OF_TOPIC[name]}`,
      ...sections.flatMap(sectionLines),
    ]),
    ".SH FILES",
    ...FILES.flatMap(([path, meaning]) => item(path, meaning)),
    ".SH EXAMPLES",
    ...exampleLines(program),
    "",
  ].join("\n");
}

function commandLines(command: Command, parents = "mtr"): readonly string[] {
  const name = `${parents} ${command.name()}`;
  const usage = command.usage().replace(/^\[options\]$/, "");
  return [
    `.SS "${escaped(`${name} ${usage}`.trim())}"`,
    text(command.description()),
    ...optionLines(command),
    ...exampleLines(command),
    ...command.commands.flatMap((inner) => commandLines(inner as unknown as Command, name)),
  ];
}

/** With --help only once, on the page's head. */
function optionLines(command: Command): readonly string[] {
  const help = command.createHelp();
  return help.visibleOptions(command)
    .filter(({ long }) => long !== "--help" || command.parent === null)
    .flatMap((option) => item(help.optionTerm(option), help.optionDescription(option)));
}

/** The text below a command's options, as `addHelpText` keeps it: for whoever asks. */
function exampleLines(command: Command): readonly string[] {
  let after = "";
  const write = (text: string) => after += text;
  (command as unknown as { emit(event: string, context: unknown): void })
    .emit("afterHelp", { error: false, command, write });
  const examples = [...after.matchAll(/^ {2}(\S.*?) {2,}(\S.*)$/gm)];
  if (examples.length === 0) return [];
  const heading = command.parent === null ? [] : [".PP", "Examples:"];
  return [...heading, ...examples.flatMap(([, line = "", meaning = ""]) => item(line, meaning))];
}

function sectionLines({ heading, text: prose, rows = [] }: HelpSection): readonly string[] {
  return [
    ...(heading === undefined ? [] : [`.SS "${escaped(heading)}"`]),
    ...(prose === undefined ? [] : [".PP", text(prose)]),
    ...rows.flatMap(([term, meaning]) => item(term, meaning)),
  ];
}

function item(term: string, meaning: string): readonly string[] {
  return [".TP", `\\fB${escaped(term)}\\fR`, text(meaning)];
}

/** Running text; each of its lines is a paragraph's beginning. */
function text(prose: string): string {
  return prose.split("\n").map((line) => escaped(line).replace(/^(?=[.'])/, "\\&")).join("\n");
}

/** As roff reads it: a bare hyphen may become another dash, which nobody can paste into a shell. */
function escaped(prose: string): string {
  return prose.replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll('"', "\\(dq").replaceAll(
    "'",
    "\\(aq",
  );
}

const refuse = (): never => {
  throw new Error("a page needs nothing of this");
};

/** Streams that nothing is written to: the page only looks at what is declared. */
const SILENT: Io = {
  stdout: { isTerminal: false, color: "none" },
  stderr: { isTerminal: false, color: "none" },
  // Examples and their meanings are told apart by standing side by side.
  columns: 1000,
  unicode: true,
  prefer: refuse,
  env: () => undefined,
  out: refuse,
  note: refuse,
  drawStatus: refuse,
  readStdin: refuse,
  ask: refuse,
  abort: refuse,
  exitNow: refuse,
};
