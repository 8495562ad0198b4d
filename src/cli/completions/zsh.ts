/** Completion for zsh: works as a file `_mtr` in $fpath, and sourced. */
import { type CommandWords, type OptionWords, steps, type Takes } from "./command_words.ts";

export function zshCompletion(commands: readonly CommandWords[]): string {
  return [
    "#compdef mtr",
    "# Completion of mtr for zsh, made by `mtr completions zsh`.",
    "",
    "_mtr() {",
    "  local at= i taken=1",
    "  local -a names",
    "  for ((i = 2; i < CURRENT; i++)); do",
    `    case "$at/$words[i]" in`,
    ...steps(commands).map(([step, at]) => `      ("${step}") at="${at}" taken=$i ;;`),
    "    esac",
    "  done",
    "  # What follows is completed as if the command's name were the program's.",
    `  words=(mtr "\${(@)words[taken+1,-1]}")`,
    "  ((CURRENT -= taken - 1))",
    `  case "$at" in`,
    ...commands.flatMap(commandCase),
    "  esac",
    "}",
    "",
    `if [[ "\${funcstack[1]}" == _mtr ]]; then`,
    `  _mtr "$@"`,
    "else",
    "  compdef _mtr mtr",
    "fi",
    "",
  ].join("\n");
}

function commandCase({ path, options, commands, takes }: CommandWords): readonly string[] {
  const names = commands.map(({ name, summary }) => `        ${quoted(`${name}:${summary}`)}`);
  const described = [
    "      if [[ $words[CURRENT] != -* ]]; then",
    "        names=(",
    ...names.map((line) => `  ${line}`),
    "        )",
    "        _describe -t commands command names",
    "        return",
    "      fi",
  ];
  const rest = takes.kind === "nothing"
    ? []
    : [`        ${quoted(`*:${message(takes)}:${action(takes)}`)}`];
  return [
    `    ("${path}")`,
    ...(commands.length > 0 ? described : []),
    "      _arguments \\",
    [...options.map((option) => `        ${optionSpec(option)}`), ...rest].join(" \\\n"),
    "      ;;",
  ];
}

/** `'(-o --output)'{-o+,--output=}'[write to a file]:file:_files'`: see zshcompsys(1), _arguments. */
function optionSpec({ short, long, summary, takes, repeats }: OptionWords): string {
  const hasValue = takes.kind !== "nothing";
  const about = `[${summary.replaceAll(/[\\[\]]/g, "\\$&")}]`;
  const value = hasValue ? `:${message(takes)}:${action(takes)}` : "";
  const longName = hasValue ? `${long}=` : long;
  if (short === null) return quoted(`${repeats ? "*" : ""}${longName}${about}${value}`);
  const shortName = hasValue ? `${short}+` : short;
  const excludes = repeats ? "*" : `(${short} ${long})`;
  return `${quoted(excludes)}{${shortName},${longName}}${quoted(about + value)}`;
}

function message({ kind }: Takes): string {
  return {
    nothing: "",
    text: "value",
    file: "file",
    folder: "folder",
    words: "value",
    list: "list",
  }[kind];
}

function action(takes: Takes): string {
  switch (takes.kind) {
    case "file":
      return "_files";
    case "folder":
      return "_files -/";
    case "words":
      return `(${takes.words.join(" ")})`;
    case "list":
      return `_sequence compadd - ${takes.words.join(" ")}`;
    default:
      // A message, and nothing to choose from.
      return " ";
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
