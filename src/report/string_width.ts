import fastStringWidth from "fast-string-width";

/** Letters, punctuation, lines and blocks of one column each, and colours, which take none. */
const NARROW_REGEXP =
  // deno-lint-ignore no-control-regex
  /^(?:[\x20-\x7e\xa0-\xff\u2010-\u2027\u2190-\u22ff\u2500-\u259f]|\x1b\[[\d;]*m)*$/;
// deno-lint-ignore no-control-regex
const COLORS_REGEXP = /\x1b\[[\d;]*m/g;

/** Columns that a text takes on a terminal. What reports draw is counted at once: the package's tables of emoji and scripts take 10 ms to build. */
export function stringWidth(text: string): number {
  if (!NARROW_REGEXP.test(text)) return fastStringWidth(text);
  return text.includes("\x1b") ? text.replace(COLORS_REGEXP, "").length : text.length;
}
