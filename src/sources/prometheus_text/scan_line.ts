/** One sample line of the Prometheus text format 0.0.4, read strictly, character by character: no regular expression can backtrack on hostile text. */

/** A sample: `labels` in the order of the line. */
export interface MetricSample {
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

export interface SampleLine extends MetricSample {
  readonly name: string;
  /** Where the number begins. */
  readonly valueAt: number;
}

const NO_LABELS: ReadonlyMap<string, string> = new Map();

const TAB = 9, SPACE = 32, QUOTE = 34, COMMA = 44, EQUALS = 61, BACKSLASH = 92;
const OPEN_BRACE = 123, CLOSE_BRACE = 125, COLON = 58, UNDERSCORE = 95;

/**
 * Reads `name{label="value",…} number [timestamp]` from `text[start…end)`; null when it is anything else.
 * The timestamp is checked and dropped: mtr stamps rows with its own ticks.
 */
export function scanSampleLine(text: string, start: number, end: number): SampleLine | null {
  const nameEnd = skipName(text, start, end, true);
  if (nameEnd === start) return null;
  const name = text.slice(start, nameEnd);
  let at = skipBlanks(text, nameEnd, end);
  let labels = NO_LABELS;
  if (at < end && text.charCodeAt(at) === OPEN_BRACE) {
    const read = new Map<string, string>();
    at = scanLabels(text, at + 1, end, read);
    if (at < 0) return null;
    labels = read;
    at = skipBlanks(text, at, end);
  } else if (at === nameEnd) return null;
  const valueEnd = skipWord(text, at, end);
  const value = toNumber(text.slice(at, valueEnd));
  if (value === null || !isTimestampOrNothing(text, skipBlanks(text, valueEnd, end), end)) {
    return null;
  }
  return { name, labels, value, valueAt: at };
}

/** Reads labels up to and with the closing brace; gives the position after it, or −1. */
function scanLabels(text: string, start: number, end: number, into: Map<string, string>): number {
  let at = skipBlanks(text, start, end);
  while (at < end && text.charCodeAt(at) !== CLOSE_BRACE) {
    const nameEnd = skipName(text, at, end, false);
    const label = text.slice(at, nameEnd);
    at = skipBlanks(text, nameEnd, end);
    if (label === "" || into.has(label) || text.charCodeAt(at) !== EQUALS) return -1;
    at = skipBlanks(text, at + 1, end);
    const close = closingQuote(text, at, end);
    const value = close < 0 ? null : unescape(text.slice(at + 1, close));
    if (value === null) return -1;
    into.set(label, value);
    at = skipBlanks(text, close + 1, end);
    if (text.charCodeAt(at) === COMMA) at = skipBlanks(text, at + 1, end);
    else if (text.charCodeAt(at) !== CLOSE_BRACE) return -1;
  }
  return at < end ? at + 1 : -1;
}

/** Position of the quote that ends the string opened at `open`, or −1. */
function closingQuote(text: string, open: number, end: number): number {
  if (open >= end || text.charCodeAt(open) !== QUOTE) return -1;
  for (let at = open + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
  return -1;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\", '"': '"', n: "\n" };

/** The format knows three escapes; any other makes the line bad (null). */
function unescape(raw: string): string | null {
  if (!raw.includes("\\")) return raw;
  let result = "";
  for (let at = 0; at < raw.length; at++) {
    const character = raw.charAt(at);
    if (character !== "\\") {
      result += character;
      continue;
    }
    const meant = ESCAPES[raw.charAt(++at)];
    if (meant === undefined) return null;
    result += meant;
  }
  return result;
}

const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ["NaN", NaN],
  ["Inf", Infinity],
  ["+Inf", Infinity],
  ["-Inf", -Infinity],
]);

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** The number that a whole word is, as Go prints it; null for any other (`Number()` alone would take "", "0x10" and "Infinity"). */
export function toNumber(word: string): number | null {
  return DECIMAL.test(word) ? Number(word) : NUMBER_WORDS.get(word) ?? null;
}

/** True for nothing, or one whole number and blanks. */
function isTimestampOrNothing(text: string, start: number, end: number): boolean {
  const wordEnd = skipWord(text, start, end);
  if (skipBlanks(text, wordEnd, end) !== end) return false;
  let at = start;
  if (at < wordEnd && text.charCodeAt(at) === 45 && wordEnd - at > 1) at++;
  while (at < wordEnd && isDigit(text.charCodeAt(at))) at++;
  return at === wordEnd;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** Position of the first character from `at` on that is not a blank. */
export function skipBlanks(text: string, at: number, end: number): number {
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Position of the first blank from `at` on. */
export function skipWord(text: string, at: number, end: number): number {
  while (at < end && !isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Position after the metric or label name that begins at `at`; `at` itself when there is none. */
function skipName(text: string, at: number, end: number, colons: boolean): number {
  const start = at;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) ||
      code === UNDERSCORE || (colons && code === COLON);
    if (!isLetter && !(at > start && isDigit(code))) break;
  }
  return at;
}
