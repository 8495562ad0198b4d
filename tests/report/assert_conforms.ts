/** What every page and picture has to be, whatever it shows. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type Element, elementsOf, parseXml, textOf } from "./xml.ts";

const titleOf = ({ children }: Element) =>
  children.find((child): child is Element => typeof child === "object" && child.name === "title");

/** Well-formed, ids given once and pointed to, pictures named and described, nothing loaded from anywhere. */
export function assertConforms(document: string): Element {
  const root = parseXml(document);
  const elements = elementsOf(root);
  const ids = elements.flatMap(({ attributes: { id } }) => id ?? []);
  deepEqual(ids.length, new Set(ids).size, "ids are unique");
  for (const element of elements) {
    const { name, attributes } = element;
    const labels = attributes["aria-labelledby"]?.split(" ") ?? [];
    for (const label of labels) ok(ids.includes(label), `${label} is somewhere`);
    if (name === "svg") {
      equal(attributes.role, "img");
      ok(textOf(titleOf(element) ?? { name, attributes, children: [] }).length > 3);
      equal(labels.length, 2, "a title and a description");
    }
    if (name === "th") ok(["row", "col"].includes(attributes.scope ?? ""));
    ok(
      !["script", "link", "img", "iframe", "object", "image", "foreignObject"].includes(name),
      name,
    );
    for (const attribute of Object.keys(attributes)) ok(!/^(on|src|href)/.test(attribute));
    for (const d of name === "path" ? [attributes.d ?? ""] : []) match(d, /^[MLHVZ\d. -]*$/);
  }
  ok(!/NaN|Infinity|undefined|url\(|@import/.test(document.replace(/<(desc|li|p)\b.*/g, "")));
  return root;
}
