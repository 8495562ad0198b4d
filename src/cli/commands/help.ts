import type { Command } from "@commander-js/extra-typings";
import { nearestWord, UsageError } from "../../model/mod.ts";
import { examples } from "../command.ts";
import type { Io } from "../io.ts";

/** Known here, so that `mtr --help` need not load what they say. */
export const TOPIC_NAMES = ["time", "exit-codes", "environment", "metrics"] as const;

export function declareHelp(program: Command, io: Io): void {
  program.command("help")
    .summary(`of a command, or on: ${TOPIC_NAMES.join(", ")}`)
    .description(
      `Help of a command, as with --help, or on a topic: ${TOPIC_NAMES.join(", ")}.`,
    )
    .argument("[command or topic...]", "a command or a topic; without: all commands")
    .addHelpText(
      "after",
      examples([
        ["mtr help record", "what mtr record can do"],
        ["mtr help config show", "of a command within a command"],
        ["mtr help time", "how to write times"],
      ]),
    )
    .action(async (words) => {
      const { HELP_TOPICS } = await import("../help_topics/mod.ts");
      const [word = ""] = words;
      const topic = HELP_TOPICS.find(({ name }) => name === word);
      const isCommand = program.commands.some((command) => command.name() === word);
      // `metrics` is both: the command's own help says of its topic, and the topic of its command.
      if (topic === undefined || words.length > 1) return commandHelp(program, words);
      const { topicText } = await import("../help_topics/topic_text.ts");
      io.out(topicText(topic, io.columns));
      if (isCommand) io.note(`\nthe command of that name: mtr ${word} --help`);
    });
}

function commandHelp(program: Command, words: readonly string[]): void {
  let command = program;
  for (const [index, word] of words.entries()) {
    const next = command.commands.find((one) => one.name() === word);
    if (!next) throw unknown(word, words.slice(0, index), command);
    command = next as unknown as Command;
  }
  command.outputHelp();
}

function unknown(word: string, before: readonly string[], command: Command): UsageError {
  const names = command.commands.map((one) => one.name());
  const known = [...new Set(before.length === 0 ? [...names, ...TOPIC_NAMES] : names)];
  const nearest = nearestWord(word, known);
  const what = before.length === 0 ? "command or help topic" : `command of mtr ${before.join(" ")}`;
  return new UsageError(
    `no ${what} is called \`${word}\`${nearest ? `; did you mean ${nearest}?` : ""}`,
    [`there are: ${known.join(", ")}`],
  );
}
