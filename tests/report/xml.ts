/** A strict reader of XML, as much as pages and pictures need: it takes nothing that a browser would have to guess. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

const TOKEN_REGEXP = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<>]+)/gy;
const ATTRIBUTE_REGEXP = /([\w:-]+)="([^"]*)"/g;
const ENTITY_REGEXP = /&(?:#(\d+)|amp|lt|gt|quot);|&/g;
// deno-lint-ignore no-control-regex
const NOT_XML_REGEXP = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;

/** The root element. @throws {SyntaxError} for anything that is not well-formed */
export function parseXml(document: string): Element {
  const text = document.replace(/^<!DOCTYPE html>\n/, "").trimEnd();
  if (NOT_XML_REGEXP.test(text)) throw new SyntaxError("a character that XML does not have");
  const root = { name: "", attributes: {}, children: [] as (Element | string)[] };
  const open: { name: string; children: (Element | string)[] }[] = [root];
  let end = 0;
  for (const match of text.matchAll(TOKEN_REGEXP)) {
    const [token, closing, name = "", attributes = "", selfClosing, words] = match;
    end = match.index + token.length;
    const parent = open.at(-1) ?? root;
    if (words !== undefined) parent.children.push(withoutEntities(words));
    else if (closing) {
      if (open.pop()?.name !== name) throw new SyntaxError(`</${name}> closes another element`);
    } else {
      const element = { name, attributes: attributesOf(attributes), children: [] };
      parent.children.push(element);
      if (!selfClosing) open.push(element);
    }
  }
  if (end !== text.length) throw new SyntaxError(`not XML: ${text.slice(end, end + 60)}`);
  const [element, ...more] = root.children;
  if (open.length !== 1 || more.length > 0 || typeof element !== "object") {
    throw new SyntaxError("not one whole element");
  }
  return element;
}

/** All elements of a tree, the root first. */
export function elementsOf(element: Element): Element[] {
  return [
    element,
    ...element.children.flatMap((of) => typeof of === "string" ? [] : elementsOf(of)),
  ];
}

export function textOf(element: Element): string {
  return element.children.map((of) => (typeof of === "string" ? of : textOf(of))).join("");
}

function attributesOf(text: string): Record<string, string> {
  const pairs = Array.from(
    text.matchAll(ATTRIBUTE_REGEXP),
    ([, name = "", value = ""]) => [name, withoutEntities(value)] as const,
  );
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) {
    throw new SyntaxError(`an attribute twice: ${text}`);
  }
  return Object.fromEntries(pairs);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
};

function withoutEntities(text: string): string {
  return text.replace(ENTITY_REGEXP, (entity, code) => {
    if (entity === "&") throw new SyntaxError(`a bare & in: ${text.slice(0, 60)}`);
    return code === undefined ? ENTITIES[entity] ?? "" : String.fromCodePoint(Number(code));
  });
}
