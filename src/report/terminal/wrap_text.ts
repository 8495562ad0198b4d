import { stringWidth } from "../string_width.ts";
import { graphemesOf } from "../graphemes_of.ts";

/** A unit stays with its number. */
const UNIT_AFTER_NUMBER_REGEXP =
  /(?<=\d) (?=(?:%|h|min|s|ms|d|W|°C|C|MHz|rpm|[KMGTP]?i?B|[kMGT]?B\/s)(?:[^\p{L}\d]|$))/gu;
const NO_BREAK = "\u00a0";

/** No line breaks between a number and its unit. */
export function withWholeQuantities(text: string): string {
  return text.replace(UNIT_AFTER_NUMBER_REGEXP, NO_BREAK);
}

/** Words in lines of at most `width` columns; a word that is wider than a line is split, nothing is dropped. */
export function wrapText(text: string, width: number): string[] {
  const words = withWholeQuantities(text).split(" ")
    .filter((word) => word !== "");
  return joinWrapped(words, { separator: " ", width })
    .map((line) => line.replaceAll(NO_BREAK, " "));
}

/** Pieces in lines of at most `width` columns, with the separator between pieces that share a line. */
export function joinWrapped(
  pieces: readonly string[],
  { separator, width }: { separator: string; width: number },
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces.flatMap((piece) => pieceLines(piece, width))) {
    const longer = line === "" ? piece : line + separator + piece;
    if (stringWidth(longer) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = piece;
    }
  }
  return line === "" ? lines : [...lines, line];
}

function pieceLines(piece: string, width: number): string[] {
  if (stringWidth(piece) <= width) return [piece];
  return piece.includes(" ") ? wrapText(piece, width) : splitWord(piece, width);
}

function splitWord(word: string, width: number): string[] {
  const lines = [""];
  for (const segment of graphemesOf(word)) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && stringWidth(line + segment) > width) lines.push(segment);
    else lines[lines.length - 1] = line + segment;
  }
  return lines;
}
