import { deepEqual } from "node:assert/strict";
import { JsonObjects } from "../../../src/importers/json/json_objects.ts";

/** The objects of a text as `line: json`, and what was wrong. */
function read(text: string): string[] {
  const found: string[] = [];
  const objects = new JsonObjects({
    object: (object, line) => found.push(`${line}: ${JSON.stringify(object)}`),
    problem: (line, reason) => found.push(`${line}! ${reason}`),
  });
  text.split("\n").forEach((line, i) => objects.line(line, i + 1));
  objects.end();
  return found;
}

Deno.test("NDJSON, an array in one line, and mactop's array with leading commas are the same objects", () => {
  deepEqual(read('{"a":1}\n\n{"a":2}\n'), ['1: {"a":1}', '3: {"a":2}']);
  deepEqual(read('[{"a":1},{"a":2}]'), ['1: {"a":1}', '1: {"a":2}']);
  deepEqual(read('[{"a":1}\n,{"a":2}\n]\n'), ['1: {"a":1}', '2: {"a":2}']);
  deepEqual(read('[\n{"a":1},\n{"a":2}\n]\n'), ['2: {"a":1}', '3: {"a":2}']);
});

Deno.test("indented objects are found with all that is inside of them", () => {
  const objects = [{ a: { b: [{ c: 1 }] } }, { a: { b: [] } }];
  const found = ['{"a":{"b":[{"c":1}]}}', '{"a":{"b":[]}}'];
  deepEqual(read(JSON.stringify(objects, null, 2)), [`2: ${found[0]}`, `11: ${found[1]}`]);
  const pretty = objects.map((object) => JSON.stringify(object, null, 2));
  deepEqual(read(pretty.join("\n")), [`1: ${found[0]}`, `10: ${found[1]}`]);
  deepEqual(read(`[${pretty.join("\n,")}\n]\n`), [`1: ${found[0]}`, `10: ${found[1]}`]);
});

Deno.test("a broken object costs itself only", () => {
  deepEqual(read('{"a":1}\n{"a":\n{"a":3}\nnonsense\n7\n{"a":4}'), [
    '1: {"a":1}',
    '2! not a JSON object: {"a":',
    '3: {"a":3}',
    "4! not a JSON object: nonsense",
    "5! not a JSON object: 7",
    '6: {"a":4}',
  ]);
  deepEqual(read('{\n  "a": 1\n{\n  "a": 2\n}\n{\n  "a": oops\n}\n{\n  "a": 3\n}'), [
    "1! this object has no end",
    '3: {"a":2}',
    '6! not a JSON object: { "a": oops }',
    '9: {"a":3}',
  ]);
});

Deno.test("a file that was cut off has all objects before the end", () => {
  deepEqual(read('[{"a":1}\n,{"a":2}\n,{"a"'), [
    '1: {"a":1}',
    '2: {"a":2}',
    '3! not a JSON object: ,{"a"',
  ]);
  deepEqual(read('[\n  {\n    "a": 1\n  },\n  {\n    "a"'), [
    '2: {"a":1}',
    "5! the file ends inside this object",
  ]);
});
