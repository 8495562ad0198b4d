/** Completion for fish, 3.0 and later. */
import { type CommandWords, type OptionWords, steps, type Takes } from "./command_words.ts";

export function fishCompletion(commands: readonly CommandWords[]): string {
  return [
    "# Completion of mtr for fish, made by `mtr completions fish`.",
    "",
    "function __mtr_at --description 'whether what is typed is at this command of mtr'",
    "    set -l at ''",
    "    for word in (commandline -opc)[2..-1]",
    `        switch "$at/$word"`,
    ...steps(commands).flatMap((
      [step, at],
    ) => [`            case '${step}'`, `                set at '${at}'`]),
    "        end",
    "    end",
    `    test "$at" = "$argv"`,
    "end",
    "",
    "function __mtr_list --description 'words after the last comma of what is typed'",
    "    set -l before (commandline -ct | string replace -r '^--[^=]*=' '' | string replace -r '[^,]*$' '')",
    "    for word in $argv",
    "        echo $before$word",
    "    end",
    "end",
    "",
    "complete -c mtr -f",
    ...commands.flatMap(commandLines),
    "",
  ].join("\n");
}

function commandLines({ path, options, commands, takes }: CommandWords): readonly string[] {
  const begin = `complete -c mtr -n ${quoted(path === "" ? "__mtr_at" : `__mtr_at ${path}`)}`;
  return [
    ...commands.map(({ name, summary }) => `${begin} -a ${name} -d ${quoted(summary)}`),
    ...(takes.kind === "nothing" || takes.kind === "text" ? [] : [`${begin} ${argument(takes)}`]),
    ...options.map((option) => `${begin} ${optionSpec(option)}`),
  ];
}

function optionSpec({ short, long, summary, takes }: OptionWords): string {
  const names = [...(short === null ? [] : [`-s ${short.slice(1)}`]), `-l ${long.slice(2)}`];
  return [...names, ...value(takes), `-d ${quoted(summary)}`].join(" ");
}

/** -x: a value and no files; -r -F: a value, files too. */
function value(takes: Takes): readonly string[] {
  if (takes.kind === "nothing") return [];
  if (takes.kind === "file") return ["-r -F"];
  return ["-x", ...(takes.kind === "text" ? [] : [argument(takes)])];
}

function argument(takes: Takes): string {
  switch (takes.kind) {
    case "file":
      return "-F";
    case "folder":
      return "-a '(__fish_complete_directories)'";
    case "words":
      return `-a ${quoted(takes.words.join(" "))}`;
    case "list":
      return `-a '(__mtr_list ${takes.words.join(" ")})'`;
    default:
      return "";
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
