import type { Theme } from "./theme.ts";
import { wrapText } from "./wrap_text.ts";

/** Sentences are easier to read in lines of at most so many columns. */
export const TEXT_WIDTH = 100;

const INDENT = "  ";

/** Each sentence begins a line; what goes on in the next line is indented. */
export function sentenceLines(sentences: readonly string[], theme: Theme, width: number): string[] {
  return sentences.flatMap((sentence) => {
    const whole = wrapText(theme.text(sentence), width);
    if (whole.length <= 1) return whole;
    const [first = "", ...rest] = wrapText(theme.text(sentence), width - INDENT.length);
    return [first, ...rest.map((line) => INDENT + line)];
  });
}
