import { bashCompletion } from "./bash.ts";
import type { CommandWords } from "./command_words.ts";
import { fishCompletion } from "./fish.ts";
import { zshCompletion } from "./zsh.ts";

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

export function scriptFor(shell: keyof typeof SCRIPTS, commands: readonly CommandWords[]): string {
  return SCRIPTS[shell](commands);
}
