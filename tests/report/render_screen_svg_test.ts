import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Chalk } from "chalk";
import { renderScreenSvg } from "../../src/report/mod.ts";
import { elementsOf, parseXml, textOf } from "./xml.ts";

const chalk = new Chalk({ level: 3 });

function elements(text: string, name: string) {
  const svg = renderScreenSvg(text, { command: "mtr <x>", columns: 20, description: "a & b" });
  return elementsOf(parseXml(svg)).filter((element) => element.name === name);
}

/** Texts on the screen, without the window's title. */
const texts = (text: string) => elements(text, "text").slice(1);

Deno.test("words keep colours and weight, and stand in their columns", () => {
  const [plain, red, more] = texts(`ab   ${chalk.rgb(255, 0, 16).bold("cd 漢字")}  e\n`);
  deepEqual([plain?.attributes.x, plain && textOf(plain)], ["0", "ab"]);
  deepEqual([red?.attributes.x, red?.attributes.fill], ["42", "#ff0010"]);
  equal(red?.attributes["font-weight"], "700");
  equal(red?.attributes.textLength, "58.8");
  equal(more?.attributes.x, "117.6");
});

Deno.test("256 and 16 colours are those of xterm's cube, and a reset ends them", () => {
  const fills = texts("\u001b[38;5;208ma\u001b[0m b \u001b[31mc\u001b[39md\n")
    .map(({ attributes }) => attributes.fill);
  deepEqual(fills, ["#ff8700", undefined, "#f47067", undefined]);
});

Deno.test("neighbours of one background are one rectangle", () => {
  const cell = chalk.bgHex("#104020")("  ");
  const rects = elements(`${cell}${cell} ${cell}${chalk.bgHex("#ffffff")(" ")}\n`, "rect").slice(1);
  deepEqual(
    rects.map(({ attributes: { x, width, fill } }) => [x, width, fill]),
    [["0", "33.6", "#104020"], ["42", "16.8", "#104020"], ["58.8", "8.4", "#ffffff"]],
  );
});

Deno.test("a picture is never narrower than its lines, and its words are escaped", () => {
  const svg = renderScreenSvg(`${"x".repeat(40)}\n<b>&</b>\u001b]0;title\u0007\n`, {
    command: "a",
    columns: 20,
    description: "",
  });
  const root = parseXml(svg);
  ok(Number(root.attributes.width) >= 40 * 8.4);
  match(textOf(root), /<b>&<\/b>\s*$/);
});
