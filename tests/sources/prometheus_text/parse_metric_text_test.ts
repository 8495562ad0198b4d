import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import {
  type MetricText,
  MetricTextParser,
  parseMetricText,
} from "../../../src/sources/prometheus_text/parse_metric_text.ts";

/** Everything that a text says. */
function contentOf(metrics: MetricText): unknown {
  return {
    samples: [...metrics.samples],
    badLines: metrics.badLines,
    firstBadLine: metrics.firstBadLine,
    duplicates: metrics.duplicates,
    isComplete: metrics.isComplete,
  };
}

/** [labels, value] of each sample of a name. */
function samplesOf(metrics: MetricText, name: string): [Record<string, string>, number][] {
  return (metrics.samples.get(name) ?? []).map(({ labels, value }) => [
    Object.fromEntries(labels),
    value,
  ]);
}

function valueOf(line: string): number | undefined {
  const metrics = parseMetricText(`${line}\n`);
  return metrics.samples.get("m")?.[0]?.value;
}

Deno.test("samples, labels and HELP are read", () => {
  const metrics = parseMetricText(
    '# HELP m What it is.\n# TYPE m gauge\nm{a="1",b="two words"} 3\nm{a="2"} 4.5\nother 1\n',
  );
  deepEqual(samplesOf(metrics, "m"), [[{ a: "1", b: "two words" }, 3], [{ a: "2" }, 4.5]]);
  deepEqual(samplesOf(metrics, "other"), [[{}, 1]]);
  equal(metrics.helpOf("m"), "What it is.");
  equal(metrics.helpOf("other"), undefined);
  equal(metrics.badLines, 0);
  equal(metrics.isComplete, true);
});

const NUMBERS: readonly [string, number][] = [
  ["0", 0],
  ["23.81421568627451", 23.81421568627451],
  ["1e+06", 1e6],
  ["1.2345671839027484e+06", 1234567.1839027484],
  ["1.220703125e-05", 0.00001220703125],
  ["-1", -1],
  ["+5", 5],
  [".5", 0.5],
  ["NaN", NaN],
  ["+Inf", Infinity],
  ["Inf", Infinity],
  ["-Inf", -Infinity],
];
for (const [text, value] of NUMBERS) {
  Deno.test(`the number ${text} is read`, () => equal(valueOf(`m ${text}`), value));
}

const BAD_LINES = [
  "m",
  "m ",
  "m{} ",
  "m abc",
  "m 0x10",
  "m Infinity",
  "m 1e",
  "m 1,5",
  "m constructor",
  "m 1_000",
  "m 1 soon",
  "m 1 2 3",
  "m 1 1.5",
  "m 1\r",
  "m{a} 1",
  "m{a=b} 1",
  'm{a="b} 1',
  'm{a="b" 1',
  'm{a="b"c="d"} 1',
  'm{a="b",a="c"} 1',
  'm{a="\\x"} 1',
  'm{,a="b"} 1',
  'm{a="b"',
  "9m 1",
  "m-n 1",
  "<html>",
  '{"m": 1}',
];
for (const line of BAD_LINES) {
  Deno.test(`a bad line is skipped and counted: ${JSON.stringify(line)}`, () => {
    const metrics = parseMetricText(`before 1\n${line}\nafter 2\n`);
    equal(metrics.badLines, 1);
    equal(metrics.firstBadLine, line);
    deepEqual([...metrics.samples.keys()], ["before", "after"]);
  });
}

Deno.test("label values may hold blanks, braces, commas and the three escapes", () => {
  const metrics = parseMetricText('m{name="a {b}, \\"c\\" \\\\ \\n #",key="=}"} 1\n');
  deepEqual(samplesOf(metrics, "m"), [[{ name: 'a {b}, "c" \\ \n #', key: "=}" }, 1]]);
});

Deno.test("blanks around every part, a comma at the end and a timestamp are allowed", () => {
  const metrics = parseMetricText(
    ' m { a = "1" , } \t 2 1700000000000 \nm{a="2"}3\n\n   \n# a remark\n#\nm 4 -1\n',
  );
  deepEqual(samplesOf(metrics, "m"), [[{ a: "1" }, 2], [{ a: "2" }, 3], [{}, 4]]);
  equal(metrics.badLines, 0);
});

Deno.test("of a series that comes twice the first counts, in whatever order its labels are", () => {
  const metrics = parseMetricText('m{a="1",b="2"} 1\nm{b="2",a="1"} 9\nn 3\nn 4\nm{a="1"} 5\n');
  deepEqual(samplesOf(metrics, "m").map(([, value]) => value), [1, 5]);
  deepEqual(samplesOf(metrics, "n"), [[{}, 3]]);
  equal(metrics.duplicates, 2);
});

Deno.test("text that ends within a line is incomplete, and that line is not used", () => {
  const metrics = parseMetricText("m 12\nn 34");
  equal(metrics.isComplete, false);
  deepEqual([...metrics.samples.keys()], ["m"]);
  equal(parseMetricText("").isComplete, false);
});

Deno.test("label names that are members of every object are ordinary labels", () => {
  const metrics = parseMetricText('m{__proto__="a",constructor="b"} 1\n');
  const labels = metrics.samples.get("m")?.[0]?.labels;
  deepEqual([...labels ?? []], [["__proto__", "a"], ["constructor", "b"]]);
});

Deno.test("whatever comes, the parser does not throw and gives no sample from a bad line", () => {
  const pieces = fc.constantFrom("m", "{", "}", '"', "\\", "=", ",", " ", "\n", "#", "1", "e", "é");
  const soup = fc.oneof(fc.string(), fc.array(pieces, { maxLength: 60 }).map((p) => p.join("")));
  fc.assert(fc.property(soup, (text) => {
    const metrics = parseMetricText(text);
    const samples = [...metrics.samples.values()].flat().length;
    const lines = text.split("\n").slice(0, -1).filter((line) => /[^ \t]/.test(line));
    const comments = lines.filter((line) => /^[ \t]*#/.test(line)).length;
    equal(samples + metrics.badLines + metrics.duplicates + comments, lines.length);
  }));
});

Deno.test("a parser that has read other texts reads the same as a new one", () => {
  const line = fc.constantFrom(
    'm{a="1"}',
    'm{a="1",b="x y"}',
    'm{b="x y",a="1"}',
    "m",
    "n",
    'n{a="',
    "# HELP m",
  );
  const value = fc.constantFrom("1", "2.5", "NaN", "1e+06", "x", "1 1700000000000", "", "3 x");
  const blank = fc.constantFrom(" ", "  ", "\t");
  const text = fc.array(fc.tuple(line, blank, value).map((parts) => parts.join("") + "\n"), {
    maxLength: 12,
  }).map((lines) => lines.join(""));
  fc.assert(fc.property(fc.array(text, { maxLength: 6 }), (texts) => {
    const parser = new MetricTextParser();
    for (const text of texts) {
      deepEqual(contentOf(parser.parse(text)), contentOf(parseMetricText(text)));
    }
  }));
});

Deno.test("texts that differ in their values, or a little more, are read as they are", () => {
  const texts = [
    '# HELP m x\nm{a="1"} 1\nm{a="2"} 2\nn 3\n# end\n',
    '# HELP m x\nm{a="1"} 10.5\nm{a="2"} NaN\nn -3e+06\n# end\n',
    '# HELP m x\nm{a="1"} 1\nm{a="2"} two\nn 3\n# end\n',
    '# HELP m x\nm{a="1"} 1 1700000000000\nm{a="2"} 2\nn 3\n# end\n',
    '# HELP m x\nm{a="1"} 1\nm{a="3"} 2\nn 3\n# end\n',
    '# HELP m x\nm{a="1"} 1\nm{a="3"} 2\nn 3\n# end\nn 4\n',
    '# HELP m x\nm{a="1"} 1\nm{a="3"} 2\nn 3\n# end\no 4\n',
    '# HELP m x\nm{a="1"} 1\nm{a="3"} 2\nn 3\n# end',
    '# HELP m x\nm{a="1"} 1\nm{a="3"} 2\nn 3',
    "",
  ];
  const parser = new MetricTextParser();
  for (const text of [...texts, ...texts.toReversed()]) {
    deepEqual(contentOf(parser.parse(text)), contentOf(parseMetricText(text)));
  }
});

Deno.test("series that come and go for ever do not fill the memory of a parser", () => {
  const parser = new MetricTextParser();
  for (let text = 0; text < 50; text++) {
    let lines = "steady 1\n";
    for (let i = 0; i < 1000; i++) lines += `m{pod="${text}-${i}"} ${i}\n`;
    const metrics = parser.parse(lines);
    equal(metrics.samples.get("m")?.length, 1000);
    deepEqual(samplesOf(metrics, "steady"), [[{}, 1]]);
  }
});

Deno.test("series that are written out are read back the same", () => {
  const label = fc.tuple(fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,8}$/), fc.string());
  const series = fc.record({
    name: fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,12}$/),
    labels: fc.uniqueArray(label, { selector: ([name]) => name, maxLength: 4 }),
    value: fc.double(),
  });
  const all = fc.uniqueArray(series, { selector: ({ name }) => name, maxLength: 20 });
  fc.assert(fc.property(all, (written) => {
    const metrics = parseMetricText(written.map(toLine).join(""));
    equal(metrics.badLines, 0);
    for (const { name, labels, value } of written) {
      const read = metrics.samples.get(name)?.[0];
      deepEqual([...read?.labels ?? []], labels);
      equal(read?.value, value);
    }
  }));
});

function toLine(
  { name, labels, value }: { name: string; labels: [string, string][]; value: number },
): string {
  const escape = (text: string) =>
    text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  const inside = labels.map(([label, text]) => `${label}="${escape(text)}"`).join(",");
  const number = Object.is(value, -0) ? "-0" : String(value).replace("Infinity", "Inf");
  return `${name}{${inside}} ${number}\n`;
}

Deno.test("a line of a million braces or quotes takes no time to refuse", () => {
  for (const text of ["m{".repeat(500_000), 'm{a="' + '\\"'.repeat(500_000)]) {
    const startedAt = performance.now();
    equal(parseMetricText(`${text}\n`).badLines, 1);
    equal(performance.now() - startedAt < 1000, true);
  }
});
