import { dirname, join } from "node:path";

const LINK = /\]\(([^)\s]+)\)/g;
const FENCED = /^```[\s\S]*?^```/gm;
const IN_CODE = /`[^`\n]*`/g;

/** Targets of a Markdown text's relative links, without their anchors. */
export function relativeLinks(markdown: string): readonly string[] {
  const text = markdown.replaceAll(FENCED, "").replaceAll(IN_CODE, "");
  return [...text.matchAll(LINK)]
    .map(([, target = ""]) => target.replace(/#.*$/, ""))
    .filter((target) => target !== "" && !/^[a-z]+:/i.test(target));
}

/** Links of a page to files that are not there, a line each. */
export function brokenLinks(top: string, page: string): readonly string[] {
  return relativeLinks(Deno.readTextFileSync(join(top, page)))
    .filter((target) => !exists(join(top, dirname(page), target)))
    .map((target) => `${page}: links to ${target}, which is not there`);
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
