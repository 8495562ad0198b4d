import { htmlText } from "../table/delimited.ts";
import { plainText } from "../../model/mod.ts";

/** Text that is HTML, SVG or XML already. Only `markup` makes it, so nothing gets onto a page unescaped. */
export class Markup {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template: texts are escaped, lists joined, null and false leave nothing. */
export type Part = string | number | Markup | null | false | readonly Part[];

/** A tagged template: markup`<td>${host}</td>`. Holds for content and for quoted attributes alike. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((text, i) => text + partText(parts[i] ?? null)).join(""));
}

/** Text that comes from this program (a style sheet), as it is. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function partText(part: Part): string {
  if (part === null || part === false) return "";
  if (part instanceof Markup) return part.toString();
  if (typeof part === "number") return String(part);
  return typeof part === "string" ? htmlText(xmlText(part)) : part.map(partText).join("");
}

/** XML has no place for U+FFFE and U+FFFF, not even escaped. */
function xmlText(text: string): string {
  return plainText(text).replace(/[\ufffe\uffff]/g, "");
}
