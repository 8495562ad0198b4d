/**
 * Escape sequences whole: CSI (colours, cursor), the strings up to their end (titles, links), and the short ones.
 * Node's stripVTControlCharacters also takes words that stand before a BEL.
 */
const ESCAPE_SEQUENCE_REGEXP =
  // deno-lint-ignore no-control-regex
  /(?:\u001b\[|\u009b)[0-?]*[ -\/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[ -\/]*[0-~]/g;

/**
 * Text from outside (host names, source descriptions, messages) made safe for a terminal: no escape sequences, no control or
 * invisible formatting characters (a name must not recolour the screen, move the cursor or reverse the line), one line.
 */
export function plainText(text: string): string {
  return text.replace(ESCAPE_SEQUENCE_REGEXP, "")
    .replace(/[\t\n\r\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, "");
}
