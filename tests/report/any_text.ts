/**
 * Random text of all scripts. fast-check's own units `binary` and `grapheme` would do, but take a second to make their
 * tables.
 */
import fc from "fast-check";

/** Any character that a string can hold in one piece: controls and unassigned ones too, no half of a pair. */
export const anyCharacter: fc.Arbitrary<string> = fc.integer({ min: 0, max: 0x10_f7ff })
  .map((code) => String.fromCodePoint(code < 0xd800 ? code : code + 0x800));

/** Printable ones: first and last of some scripts, narrow, wide and right-to-left, of signs and pictures. */
const SCRIPTS = [
  [0x20, 0x7e],
  [0xa1, 0x17f],
  [0x391, 0x3c9],
  [0x5d0, 0x5ea],
  [0x621, 0x63a],
  [0x905, 0x939],
  [0xe01, 0xe2e],
  [0x2010, 0x2027],
  [0x2500, 0x259f],
  [0x3041, 0x3096],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
  [0xff01, 0xff5e],
  [0x1f300, 0x1f64f],
] as const;

/** What is one character to a reader and several to a computer. */
const COMPOSED = ["e\u0301", "각", "नि", "👍🏽", "👩‍👩‍👧", "🇩🇪", "1️⃣", "กำ", "Z̃"];

export const grapheme: fc.Arbitrary<string> = fc.oneof(
  ...SCRIPTS.map(([min, max]) =>
    fc.integer({ min, max }).map((code) => String.fromCodePoint(code))
  ),
  fc.constantFrom(...COMPOSED),
);
