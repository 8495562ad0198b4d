import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import stringWidth from "fast-string-width";
import { propertyRuns } from "../../property_runs.ts";
import { grapheme } from "../any_text.ts";
import { joinWrapped, wrapText } from "../../../src/report/terminal/wrap_text.ts";

Deno.test("a unit stays with its number", () => {
  deepEqual(wrapText("never above 96.8 %, 2 h 50 min", 15), [
    "never above",
    "96.8 %, 2 h",
    "50 min",
  ]);
});

Deno.test("a word that is too wide is split, wide characters whole", () => {
  deepEqual(wrapText("ab 漢字漢字", 5), ["ab", "漢字", "漢字"]);
});

Deno.test("pieces are separated only within a line", () => {
  deepEqual(joinWrapped(["host", "today", "source"], { separator: " · ", width: 14 }), [
    "host · today",
    "source",
  ]);
});

Deno.test("nothing is lost and nothing is too wide", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: grapheme }),
      fc.integer({ min: 2, max: 40 }),
      (text, width) => {
        const lines = wrapText(text, width);
        equal(lines.join("").replace(/\s/g, ""), text.replace(/\s/g, ""));
        equal(lines.every((line) => stringWidth(line) <= width), true);
      },
    ),
    { numRuns: propertyRuns(60, 200), seed: 5 },
  );
});
