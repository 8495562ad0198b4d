/** Finds the objects in what `mactop --headless` prints: a line each, or one array, pretty or not, closed or not. */

export interface HeadlessText {
  readonly objects: readonly unknown[];
  /** Lines that are no JSON, such as the last one of a stream that was cut off. */
  readonly badLines: number;
}

/** All objects of a saved output. */
export function splitHeadless(text: string): HeadlessText {
  const whole = tryJson(text);
  if (whole !== undefined) return { objects: Array.isArray(whole) ? whole : [whole], badLines: 0 };
  const objects: unknown[] = [];
  let badLines = 0;
  for (const line of text.split("\n")) {
    const object = parseHeadlessLine(line);
    if (object === undefined) badLines++;
    else if (object !== null) objects.push(object);
  }
  return { objects, badLines };
}

/**
 * One line of the stream: `{…}`, or with `--count` `[{…}`, `,{…}` and at last `]`.
 * @returns null for a line without an object, undefined for one that is not JSON
 */
export function parseHeadlessLine(line: string): unknown {
  const json = line.trim().replace(/^[[,]\s*/, "").replace(/^\]$/, "");
  if (json === "") return null;
  return tryJson(json) ?? tryJson(json.replace(/\]$/, ""));
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
