/** The commands as a shell's completion sees them: words, and what may follow each. Derived from the program itself. */
import type { Argument, Command, Option } from "@commander-js/extra-typings";
import { REPORTABLE_METRICS } from "../../model/mod.ts";
import { TOPIC_NAMES } from "../commands/help.ts";

/** What an option or a command takes. */
export type Takes =
  | { readonly kind: "nothing" }
  | { readonly kind: "text" }
  | { readonly kind: "file" }
  | { readonly kind: "folder" }
  | { readonly kind: "words"; readonly words: readonly string[] }
  /** Several of the words, with commas. */
  | { readonly kind: "list"; readonly words: readonly string[] };

export interface OptionWords {
  /** `-o`; null where there is none. */
  readonly short: string | null;
  readonly long: string;
  readonly summary: string;
  readonly takes: Takes;
  readonly repeats: boolean;
}

export interface CommandWords {
  /** `config show` of `mtr config show`; empty for mtr itself. */
  readonly path: string;
  readonly summary: string;
  readonly options: readonly OptionWords[];
  readonly takes: Takes;
  readonly commands: readonly { readonly name: string; readonly summary: string }[];
}

/** Options of record follow `mtr install --`. */
const CONTINUED_AS: readonly Step[] = [["install/--", "record"]];

/** How a word leads from one command into another: `config/show` into `config show`. */
export type Step = readonly [step: string, at: string];

export function steps(commands: readonly CommandWords[]): readonly Step[] {
  const inner = commands.flatMap(({ path, commands: names }) =>
    names.map(({ name }): Step => [`${path}/${name}`, path === "" ? name : `${path} ${name}`])
  );
  return [...inner, ...CONTINUED_AS];
}

const METRIC_IDS = REPORTABLE_METRICS.map(({ id }) => id);
const TIME_WORDS = [
  ...["now", "today", "yesterday", "mon", "tue", "wed", "thu", "fri", "sat", "sun"],
  ...["1h", "24h", "7d", "30d"],
];

/** Every command, mtr itself first. */
export function commandWords(program: Command): readonly CommandWords[] {
  return wordsOf(program, [], program.options.filter(isShown));
}

function wordsOf(
  command: Command,
  path: readonly string[],
  everywhere: readonly Option[],
): readonly CommandWords[] {
  const subcommands = command.commands as unknown as readonly Command[];
  const own = path.length === 0 ? [] : command.options.filter(isShown);
  const options = [
    ...own,
    ...everywhere.filter(({ long }) => path.length === 0 || long !== "--version"),
  ];
  return [
    {
      path: path.join(" "),
      summary: command.summary(),
      options: [...options.map(optionWords), HELP],
      takes: argumentTakes(command, path),
      commands: subcommands.map((one) => ({ name: one.name(), summary: one.summary() })),
    },
    ...subcommands.flatMap((one) => wordsOf(one, [...path, one.name()], everywhere)),
  ];
}

const HELP: OptionWords = {
  short: "-h",
  long: "--help",
  summary: "what a command does, with examples",
  takes: { kind: "nothing" },
  repeats: false,
};

function isShown({ hidden }: Option): boolean {
  return !hidden;
}

function optionWords(option: Option): OptionWords {
  return {
    short: option.short ?? null,
    long: option.long ?? "",
    summary: option.description,
    takes: optionTakes(option),
    repeats: Array.isArray(option.defaultValue) || option.variadic,
  };
}

function optionTakes(option: Option): Takes {
  if (!option.required && !option.optional) return { kind: "nothing" };
  if (option.argChoices) return { kind: "words", words: option.argChoices };
  if (option.long === "--metrics") return { kind: "list", words: METRIC_IDS };
  if (["--since", "--until"].includes(option.long ?? "")) {
    return { kind: "words", words: TIME_WORDS };
  }
  return byPlaceholder(/[<[](.*)[\]>]/.exec(option.flags)?.[1] ?? "");
}

function argumentTakes(command: Command, path: readonly string[]): Takes {
  if (path.join(" ") === "help") {
    const names = command.parent?.commands.map((one) => one.name()) ?? [];
    return { kind: "words", words: [...new Set([...names, ...TOPIC_NAMES])] };
  }
  const [argument] = command.registeredArguments as unknown as readonly Argument[];
  if (!argument) return { kind: "nothing" };
  if (argument.argChoices) return { kind: "words", words: argument.argChoices };
  return byPlaceholder(argument.name());
}

/** The name of a value says what it is. */
function byPlaceholder(name: string): Takes {
  if (/^(file|path)s?\b/i.test(name)) return { kind: "file" };
  if (/^(dir|folder)\b/i.test(name)) return { kind: "folder" };
  return { kind: "text" };
}
