/** Completion for bash, from the 3.2 of macOS on: no associative arrays, and no package that has to be there. */
import { type CommandWords, type OptionWords, steps, type Takes } from "./command_words.ts";

export function bashCompletion(commands: readonly CommandWords[]): string {
  return [
    "# Completion of mtr for bash, made by `mtr completions bash`.",
    "",
    "# Offers those of the words that begin as what is typed.",
    "_mtr_words() {",
    `  COMPREPLY=($(compgen -W "$1" -- "$cur"))`,
    "}",
    "",
    "# The same after the last comma.",
    "_mtr_list() {",
    "  local before=",
    "  [[ $cur == *,* ]] && before=${cur%,*},",
    `  COMPREPLY=($(compgen -P "$before" -W "$1" -- "\${cur##*,}"))`,
    "  type compopt >/dev/null 2>&1 && compopt -o nospace",
    "}",
    "",
    "# Nothing is offered, not even files.",
    "_mtr_nothing() {",
    "  type compopt >/dev/null 2>&1 && compopt +o default",
    "}",
    "",
    "_mtr() {",
    "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} at= i",
    "  COMPREPLY=()",
    "  # To bash the = of --option=value is a word of its own.",
    "  if [[ $cur == = ]]; then cur=",
    "  elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}",
    "  fi",
    "  for ((i = 1; i < COMP_CWORD; i++)); do",
    `    case "$at/\${COMP_WORDS[i]}" in`,
    ...steps(commands).map(([step, at]) => `      "${step}") at="${at}" ;;`),
    "    esac",
    "  done",
    `  case "$at/$prev" in`,
    ...commands.flatMap(({ path, options }) =>
      options.flatMap((option) => valueCase(path, option))
    ),
    "  esac",
    `  if [[ $cur == -* ]]; then`,
    `    case "$at" in`,
    ...commands.map(({ path, options }) =>
      `      "${path}") _mtr_words "${options.flatMap(namesOf).join(" ")}" ;;`
    ),
    "    esac",
    "    return",
    "  fi",
    `  case "$at" in`,
    ...commands.map(({ path, commands: inner, takes }) =>
      `    "${path}") ${
        offer(inner.length > 0 ? { kind: "words", words: inner.map(({ name }) => name) } : takes)
      } ;;`
    ),
    "  esac",
    "}",
    "",
    "complete -o default -F _mtr mtr",
    "",
  ].join("\n");
}

function valueCase(path: string, option: OptionWords): readonly string[] {
  if (option.takes.kind === "nothing") return [];
  const patterns = namesOf(option).map((name) => `"${path}/${name}"`);
  return [`    ${patterns.join(" | ")}) ${offer(option.takes)}; return ;;`];
}

function namesOf({ short, long }: OptionWords): readonly string[] {
  return short === null ? [long] : [short, long];
}

/** Where nothing is offered, bash itself offers files: what `-o default` asks for. */
function offer(takes: Takes): string {
  switch (takes.kind) {
    case "file":
    case "folder":
      return ":";
    case "words":
      return `_mtr_words "${takes.words.join(" ")}"`;
    case "list":
      return `_mtr_list "${takes.words.join(" ")}"`;
    default:
      return "_mtr_nothing";
  }
}
