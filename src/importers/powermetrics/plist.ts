/**
 * XML property lists as powermetrics writes them. A reader of our own because they are not quite property lists: keys
 * come twice in one dict (the last one counts) and numbers can be `nan`, at which strict readers give up the document.
 */
export type Plist =
  | string
  | number
  | boolean
  | null
  | Plist[]
  | { [key: string]: Plist };

const TOKEN = /<!--[\s\S]*?-->|<[?!][^>]*>|<(\/?)([A-Za-z]+)[^>]*?(\/?)>|([^<]+)/g;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/**
 * The value in a document: dicts are objects, dates are texts, `nan` and infinities null.
 * @throws {SyntaxError} when it is cut off or nothing of the kind
 */
export function parsePlist(xml: string): Plist {
  const tokens = new Tokens(xml);
  tokens.expect("plist");
  return readValue(tokens, tokens.open());
}

interface Element {
  readonly name: string;
  /** `<true/>` */
  readonly isEmpty: boolean;
}

/** Elements of a document, one after the other; texts between them are asked for where they mean something. */
class Tokens {
  readonly #matches: IterableIterator<RegExpExecArray>;
  #text = "";

  constructor(xml: string) {
    this.#matches = xml.matchAll(TOKEN);
  }

  /** The next element that begins; null at an end of one. */
  next(): Element | null {
    this.#text = "";
    for (const [token, closes, name, isEmpty, text] of this.#matches) {
      if (text !== undefined) this.#text += text;
      else if (name !== undefined && closes) return null;
      else if (name !== undefined) return { name, isEmpty: isEmpty === "/" };
      else if (!token.startsWith("<")) break;
    }
    throw new SyntaxError("the property list is cut off");
  }

  open(): Element {
    const element = this.next();
    if (!element) throw new SyntaxError("the property list has no value where one is expected");
    return element;
  }

  expect(name: string): void {
    const element = this.open();
    if (element.name !== name) {
      throw new SyntaxError(`this is no property list but <${element.name}>`);
    }
  }

  /** The text up to the end of the element that was begun. */
  text({ name, isEmpty }: Element): string {
    if (isEmpty) return "";
    if (this.next() !== null) throw new SyntaxError(`<${name}> holds another element`);
    return this.#text.replace(/&(\w+);/g, (entity, word) => ENTITIES[word] ?? entity);
  }
}

function readValue(tokens: Tokens, element: Element): Plist {
  switch (element.name) {
    case "dict":
      return element.isEmpty ? {} : readDict(tokens);
    case "array":
      return element.isEmpty ? [] : readArray(tokens);
    case "true":
    case "false":
      if (!element.isEmpty) tokens.text(element);
      return element.name === "true";
    case "integer":
    case "real": {
      const number = Number(tokens.text(element).trim() || Number.NaN);
      return Number.isFinite(number) ? number : null;
    }
    default:
      return tokens.text(element);
  }
}

function readDict(tokens: Tokens): Plist {
  const dict: Record<string, Plist> = {};
  for (let element = tokens.next(); element; element = tokens.next()) {
    if (element.name !== "key") throw new SyntaxError(`<${element.name}> where a key is expected`);
    dict[tokens.text(element)] = readValue(tokens, tokens.open());
  }
  return dict;
}

function readArray(tokens: Tokens): Plist {
  const values: Plist[] = [];
  for (let element = tokens.next(); element; element = tokens.next()) {
    values.push(readValue(tokens, element));
  }
  return values;
}
