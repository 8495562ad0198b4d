import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import stringWidth from "fast-string-width";
import { TABLE_FORMATS, type TableFormat } from "../../../src/model/mod.ts";
import { propertyRuns } from "../../property_runs.ts";
import { grapheme } from "../any_text.ts";
import { renderTable, type TableData, type TableOptions } from "../../../src/report/tables.ts";

const BERLIN: TableOptions = { timeZone: "Europe/Berlin" };

const HOURS: TableData = {
  columns: [
    { name: "hour", type: "TIMESTAMP WITH TIME ZONE" },
    { name: "cpu", type: "DOUBLE" },
    { name: "watts", type: "DECIMAL(6,2)" },
  ],
  rows: [
    [new Date("2026-11-21T23:00:00Z"), 2.1, 6.2],
    [new Date("2026-11-22T00:00:00Z"), 12, null],
  ],
};

/** One of each kind of value. */
const KINDS: TableData = {
  columns: [
    { name: "text", type: "VARCHAR" },
    { name: "big", type: "BIGINT" },
    { name: "flag", type: "BOOLEAN" },
    { name: "day", type: "DATE" },
    { name: "local", type: "TIMESTAMP" },
    { name: "list", type: "INTEGER[]" },
    { name: "record", type: "STRUCT(a BIGINT)" },
    { name: "float", type: "DOUBLE" },
  ],
  rows: [
    [
      'a "b", c|d\n<e>',
      12n,
      true,
      new Date("2026-11-22T00:00:00Z"),
      new Date("2026-11-22T13:14:15.250Z"),
      [1, 2],
      { a: 2n ** 60n },
      Number.NaN,
    ],
    [null, 2n ** 60n, null, null, null, null, null, null],
  ],
};

const render = (data: TableData, format: TableFormat, options: Partial<TableOptions> = {}) =>
  renderTable(data, format, { ...BERLIN, ...options });

Deno.test("a table on the screen has local times, equal decimals and a footer", () => {
  equal(
    render(HOURS, "table", { width: 80, elapsedMs: 9 }),
    [
      "┌──────────────────┬──────┬───────┐",
      "│ hour             │  cpu │ watts │",
      "├──────────────────┼──────┼───────┤",
      "│ 2026-11-22 00:00 │  2.1 │   6.2 │",
      "│ 2026-11-22 01:00 │ 12.0 │  NULL │",
      "└──────────────────┴──────┴───────┘",
      "  2 rows, 9 ms",
      "",
    ].join("\n"),
  );
});

Deno.test("a table without a terminal is whole and has no footer", () => {
  const long = "x".repeat(500);
  const text = render({ columns: [{ name: "a", type: "VARCHAR" }], rows: [[long]] }, "table");
  ok(text.includes(long));
  match(text, /┘\n$/);
});

Deno.test("seconds are shown when a value of the column has them", () => {
  const rows = [[new Date("2026-11-22T00:00:00Z")], [new Date("2026-11-22T00:00:01Z")]];
  const text = render({ columns: [{ name: "ts", type: "TIMESTAMPTZ" }], rows }, "table");
  match(text, /│ 2026-11-22 01:00:00 │/);
});

Deno.test("markdown", () => {
  equal(
    render(KINDS, "markdown"),
    [
      "| text | big | flag | day | local | list | record | float |",
      "| :--- | ---: | :--- | :--- | :--- | :--- | :--- | ---: |",
      '| a "b", c\\|d \\<e\\> | 12 | true | 2026-11-22 | 2026-11-22T13:14:15.250 | \\[1,2\\] | {"a":"1152921504606846976"} | NaN |',
      "|  | 1152921504606846976 |  |  |  |  |  |  |",
      "",
    ].join("\n"),
  );
});

Deno.test("csv is RFC 4180: quotes doubled, lines of Unix, null empty and an empty text quoted", () => {
  equal(
    render(KINDS, "csv"),
    'text,big,flag,day,local,list,record,float\n"a ""b"", c|d\n<e>",12,true,2026-11-22,' +
      '2026-11-22T13:14:15.250,"[1,2]","{""a"":""1152921504606846976""}",NaN\n' +
      ",1152921504606846976,,,,,,\n",
  );
  const empty: TableData = { columns: [{ name: "a", type: "VARCHAR" }], rows: [[""], [null]] };
  equal(render(empty, "csv"), 'a\n""\n\n');
});

Deno.test("tabs escape what would break a line; tsv is the same", () => {
  const data: TableData = {
    columns: [{ name: "a", type: "VARCHAR" }, { name: "b", type: "INTEGER" }],
    rows: [["x\ty\nz\\", 1], [null, 2]],
  };
  equal(render(data, "tabs"), "a\tb\nx\\ty\\nz\\\\\t1\n\t2\n");
  equal(render(data, "tsv"), render(data, "tabs"));
});

Deno.test("json is one array of records: safe integers as numbers, others as texts, NaN null", () => {
  deepEqual(JSON.parse(render(KINDS, "json")), [
    {
      text: 'a "b", c|d\n<e>',
      big: 12,
      flag: true,
      day: "2026-11-22",
      local: "2026-11-22T13:14:15.250",
      list: [1, 2],
      record: { a: "1152921504606846976" },
      float: null,
    },
    {
      text: null,
      big: "1152921504606846976",
      flag: null,
      day: null,
      local: null,
      list: null,
      record: null,
      float: null,
    },
  ]);
  equal(render({ ...KINDS, rows: [] }, "json"), "[]\n");
});

Deno.test("json lines are the same records, one a line", () => {
  const records = render(HOURS, "jsonlines").trimEnd().split("\n").map((line) => JSON.parse(line));
  deepEqual(records, JSON.parse(render(HOURS, "json")));
  equal(records[0]?.hour, "2026-11-21T23:00:00.000Z");
});

Deno.test("columns of one name get names of their own in records", () => {
  const columns = ["a", "a", "a_1", "a"].map((name) => ({ name, type: "INTEGER" }));
  deepEqual(JSON.parse(render({ columns, rows: [[1, 2, 3, 4]] }, "json")), [
    { a: 1, a_2: 2, a_1: 3, a_3: 4 },
  ]);
});

Deno.test("line has a value a line, list a row a line", () => {
  equal(
    render(HOURS, "line"),
    " hour = 2026-11-21T23:00:00.000Z\n  cpu = 2.1\nwatts = 6.2\n\n" +
      " hour = 2026-11-22T00:00:00.000Z\n  cpu = 12\nwatts = NULL\n",
  );
  equal(
    render(HOURS, "list"),
    "hour|cpu|watts\n2026-11-21T23:00:00.000Z|2.1|6.2\n2026-11-22T00:00:00.000Z|12|\n",
  );
});

Deno.test("html is escaped", () => {
  const html = render(KINDS, "html");
  ok(!html.includes("<e>"));
  match(html, /<td>a &#34;b&#34;, c\|d\n&#60;e&#62;<\/td>/);
});

const WIDE: TableData = {
  columns: Array.from({ length: 14 }, (_, i) => ({
    name: `column_${i}`,
    type: i % 2 ? "DOUBLE" : "VARCHAR",
  })),
  rows: Array.from(
    { length: 50 },
    (_, row) => Array.from({ length: 14 }, (_, i) => (i % 2 ? row * i / 4 : `text ${row} ${i}`)),
  ),
};

Deno.test("what does not fit is left out in the middle and counted", () => {
  const text = render(WIDE, "table", { width: 80, maxRows: 6 });
  match(text, /│ column_0 +│.*│ … │.*│ column_13 │/);
  match(text, /\n {2}50 rows \(6 shown\), 14 columns \(6 shown\)\n$/);
  equal(text.split("\n").filter((line) => line.startsWith("│ text")).length, 6);
});

Deno.test("texts are shortened, numbers and times are not", () => {
  const data: TableData = {
    columns: [
      { name: "words", type: "VARCHAR" },
      { name: "number", type: "BIGINT" },
      { name: "ts", type: "TIMESTAMPTZ" },
    ],
    rows: [["many words ".repeat(9), 2n ** 62n, new Date("2026-11-22T00:00:00Z")]],
  };
  const text = render(data, "table", { width: 60 });
  match(text, /│ many w.*… │ 4611686018427387904 │ 2026-11-22 01:00 │/);
});

Deno.test("no rows is a head and a zero", () => {
  match(render({ ...HOURS, rows: [] }, "table", { width: 80 }), /hour.*\n.*\n {2}0 rows\n$/s);
});

Deno.test("cell texts cannot control the terminal nor break the box", () => {
  const rows = [["\u001b[31mred\u0007\nnext\u202e"]];
  const text = render({ columns: [{ name: "a", type: "VARCHAR" }], rows }, "table", { width: 40 });
  match(text, /│ red\\nnext │/);
});

const someValue = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.bigInt(),
  fc.string({ unit: grapheme }),
  fc.date({ noInvalidDate: false }),
  fc.array(fc.double(), { maxLength: 3 }),
  fc.dictionary(fc.string(), fc.bigInt(), { maxKeys: 2 }),
);
const someType = fc.constantFrom("VARCHAR", "DOUBLE", "BIGINT", "TIMESTAMPTZ", "DATE", "TIMESTAMP");
const someTable: fc.Arbitrary<TableData> = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc.record({
    columns: fc.array(fc.record({ name: fc.string({ unit: grapheme }), type: someType }), {
      minLength: count,
      maxLength: count,
    }),
    rows: fc.array(fc.array(someValue, { minLength: count, maxLength: count }), { maxLength: 12 }),
  })
);

Deno.test("any table fits any terminal from 40 columns on, in straight lines", () => {
  const screens = fc.record({
    width: fc.integer({ min: 40, max: 160 }),
    ascii: fc.boolean(),
    color: fc.constantFrom("none" as const, "256" as const),
    maxRows: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(someTable, screens, (data, screen) => {
      const lines = render(data, "table", { ...screen, hasFooter: false }).trimEnd().split("\n");
      const widths = new Set(lines.map((line) => stringWidth(line)));
      equal(widths.size, 1, lines.join("\n"));
      ok(Math.max(...widths) <= screen.width, lines.join("\n"));
    }),
    { numRuns: propertyRuns(40, 120), seed: 3 },
  );
});

Deno.test("any table can be written in any format", () => {
  fc.assert(
    fc.property(someTable, (data) => {
      for (const format of TABLE_FORMATS) {
        ok(render(data, format).endsWith("\n") || data.rows.length === 0);
      }
      equal(JSON.parse(render(data, "json")).length, data.rows.length);
    }),
    { numRuns: propertyRuns(15, 40), seed: 4 },
  );
});
