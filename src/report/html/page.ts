import colorsCss from "../chart/colors.css" with { type: "text" };
import linesCss from "../chart/lines.css" with { type: "text" };
import { type Markup, markup, trusted } from "./markup.ts";
import pageCss from "./page.css" with { type: "text" };

/** A page that needs nothing else: no scripts, no fonts, no network. XML and HTML at once, light or dark as the reader's system is. */
export function htmlPage(
  { title, css = "", body }: {
    readonly title: string;
    /** Rules besides those of all pages. */
    readonly css?: string;
    readonly body: readonly (Markup | null)[];
  },
): string {
  const page = markup`<!DOCTYPE html>
<html lang="en" xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<meta name="generator" content="mtr"/>
<title>${title}</title>
<style>
${trusted(colorsCss)}${trusted(linesCss)}${trusted(pageCss)}${trusted(css)}</style>
</head>
<body>
<main>
${body}</main>
</body>
</html>
`;
  return page.toString();
}
