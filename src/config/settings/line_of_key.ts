/**
 * The line (from 1) on which a TOML text sets a key or opens the table of that name, or the inline table that the key
 * is in; undefined where none is to be found. The parser does not tell, and people look for lines, not for keys. Good
 * enough for settings: inside of a text of several lines `a = b` would be taken for a key, and no setting is such a text.
 */
export function lineOfKey(toml: string, path: readonly string[]): number | undefined {
  const keys = keysByLine(toml);
  for (let length = path.length; length > 0; length--) {
    const wanted = path.slice(0, length);
    const index = keys.findIndex((key) => key && wanted.every((part, i) => part === key[i]));
    if (index >= 0) return index + 1;
  }
  return undefined;
}

/** The full key that each line sets or opens; null for lines that do neither. */
function keysByLine(toml: string): readonly (readonly string[] | null)[] {
  let table: readonly string[] = [];
  return toml.split("\n").map((line) => {
    const header = /^\s*\[{1,2}([^\]]+)\]/.exec(line)?.[1];
    if (header !== undefined) return table = keyParts(header);
    const key = /^\s*([^=#]+?)\s*=/.exec(line)?.[1];
    return key === undefined ? null : [...table, ...keyParts(key)];
  });
}

/** `record . "interval"` → its parts. */
function keyParts(text: string): readonly string[] {
  return text.split(".").map((part) => part.trim().replace(/^(["'])(.*)\1$/, "$2"));
}
