import { equal } from "node:assert/strict";
import {
  describeFamilies,
  describeOtherText,
} from "../../../src/sources/prometheus_text/describe_answer.ts";
import { parseMetricText } from "../../../src/sources/prometheus_text/parse_metric_text.ts";

const TEXTS: readonly [string, string][] = [
  ["", "an empty answer"],
  [" \n\n", "an empty answer"],
  ["<!DOCTYPE html><html></html>", "an HTML page"],
  ["\n<html lang=en>", "an HTML page"],
  ['{"error":"no"}', "JSON"],
  ["[1,2]\n", "JSON"],
  ["Not Found\n", 'text that is not in the Prometheus format: "Not Found"'],
  ["no line feed", 'text that is not in the Prometheus format: "no line feed"'],
  ["\x1b[31mred\x07\n", 'text that is not in the Prometheus format: "?[31mred?"'],
];
for (const [text, expected] of TEXTS) {
  Deno.test(`${JSON.stringify(text)} is called ${expected}`, () => {
    equal(describeOtherText(text, parseMetricText(text)), expected);
  });
}

const FAMILIES: readonly [string, string][] = [
  ["up 1\n", "a Prometheus endpoint with up* families only"],
  [
    "go_a 1\ngo_b 2\npromhttp_c 3\n",
    "a Prometheus endpoint with go_* and promhttp_* families only",
  ],
  [
    "a_x 1\nb_x 1\nc_x 1\nd_x 1\ne_x 1\nf_x 1\ng_x 1\n",
    "a Prometheus endpoint with a_*, b_*, c_*, d_*, e_* and 2 other families only",
  ],
];
for (const [text, expected] of FAMILIES) {
  Deno.test(`families are told by their first word: ${expected}`, () => {
    equal(describeFamilies(parseMetricText(text)), expected);
  });
}
