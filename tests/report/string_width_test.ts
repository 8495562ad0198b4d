import { equal } from "node:assert/strict";
import fastStringWidth from "fast-string-width";
import fc from "fast-check";
import { stringWidth } from "../../src/report/string_width.ts";
import { anyCharacter } from "./any_text.ts";

/** Letters, what reports draw with, colours, and what takes two columns or none. */
const PIECES = [
  ..."aZ0 ~é°×·ß\u00ad",
  ..."–—…•→↔−≥≤│─┌┼▁▄█░▓",
  "\x1b[31m",
  "\x1b[38;2;10;20;30m",
  "\x1b[0m",
  "\x1b]8;;http://a\x07",
  "\x1b",
  "\t",
  "\x07",
  "日本",
  "한",
  "👩‍👩‍👧",
  "❤️",
  "e\u0301",
  "\u200d",
  "\ufe0f",
  "ｆ",
];

Deno.test("the columns of a text are those that the package counts, counted quickly or not", () => {
  const text = fc.array(fc.constantFrom(...PIECES)).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, (text) => equal(stringWidth(text), fastStringWidth(text))),
    { numRuns: 1000 },
  );
  fc.assert(
    fc.property(
      fc.string({ unit: anyCharacter }),
      (text) => equal(stringWidth(text), fastStringWidth(text)),
    ),
    { numRuns: 1000 },
  );
});

Deno.test("each character of the first plane takes the columns that the package counts", () => {
  for (let code = 0; code <= 0xffff; code++) {
    const character = String.fromCharCode(code);
    const columns = stringWidth(character);
    if (columns !== fastStringWidth(character)) {
      equal(columns, fastStringWidth(character), `U+${code.toString(16)}`);
    }
  }
});
