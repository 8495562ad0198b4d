import { Argument, type Command } from "@commander-js/extra-typings";
import { examples } from "../command.ts";
import type { Io } from "../io.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;

export function declareCompletions(program: Command, io: Io): void {
  program.command("completions")
    .summary("commands, options and metrics, completed by your shell")
    .description(
      "Prints a script by which a shell completes mtr's commands, options, their values, and metrics.",
    )
    .addArgument(new Argument("<shell>", "whose script").choices(SHELLS))
    .addHelpText(
      "after",
      examples([
        ["mtr completions bash > ~/.local/share/bash-completion/completions/mtr", "for good"],
        ['mtr completions zsh > "${fpath[1]}/_mtr"', "then start a new shell"],
        ["mtr completions fish > ~/.config/fish/completions/mtr.fish", "for good"],
        ['eval "$(mtr completions bash)"', "in this shell only; zsh likewise"],
      ]),
    )
    .action(async (shell) => {
      const { commandWords } = await import("../completions/command_words.ts");
      const { scriptFor } = await import("../completions/script_for.ts");
      io.out(scriptFor(shell, commandWords(program)));
    });
}
