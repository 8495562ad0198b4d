const ASCII_FOR: Readonly<Record<string, string>> = {
  "·": "|",
  "–": "-",
  "—": "-",
  "−": "-",
  "…": "...",
  "°": "",
  "²": "2",
  "×": "x",
  "→": "->",
  "≥": ">=",
  "≤": "<=",
  "±": "+-",
  "µ": "u",
  "’": "'",
  "‘": "'",
  "“": '"',
  "”": '"',
  "\u00a0": " ",
};

/** The nearest text without a byte above 127; what has no counterpart becomes `?`. */
export function asciiText(text: string): string {
  const translated = text.replace(
    /[^\x20-\x7e]/gu,
    (character) => ASCII_FOR[character] ?? character,
  );
  return translated.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\x20-\x7e]/gu, "?");
}
