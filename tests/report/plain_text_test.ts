import { equal } from "node:assert/strict";
import { plainText } from "../../src/model/mod.ts";
import { asciiText } from "../../src/report/mod.ts";

Deno.test("plain text has no escapes, no controls, one line, and every visible word", () => {
  const cases: [string, string][] = [
    ["\u001b[31mred\u001b[0m", "red"],
    ["\u001b[31mred\u0007", "red"],
    ["\u001b]0;title\u0007name", "name"],
    ["\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link"],
    ["\u009b2Jgone", "gone"],
    ["a\r\nb\tc", "a b c"],
    ["abc\u202edef\u2066", "abcdef"],
    ["日本語 büro 🚀", "日本語 büro 🚀"],
  ];
  for (const [text, plain] of cases) equal(plainText(text), plain);
});

Deno.test("ASCII text is what comes nearest", () => {
  const cases: [string, string][] = [
    ["p95–p75 · 21.5 °C … µ → ²", "p95-p75 | 21.5 C ... u -> 2"],
    ["büro Ångström ﬁ", "buro Angstrom fi"],
    ["日本", "??"],
  ];
  for (const [text, ascii] of cases) equal(asciiText(text), ascii);
});
