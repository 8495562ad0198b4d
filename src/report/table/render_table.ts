import { stringWidth } from "../string_width.ts";
import type { TableFormat } from "../../model/mod.ts";
import { boxTable } from "./box_table.ts";
import { cellText } from "./cell_text.ts";
import { csvLine, htmlText, listLine, markdownLine, tabsLine } from "./delimited.ts";
import { jsonValue } from "./json_value.ts";
import { isNumeric, type TableData, type TableOptions } from "./table_data.ts";

type Renderer = (data: TableData, options: TableOptions) => string;

const RENDERERS: Readonly<Record<TableFormat, Renderer>> = {
  table: boxTable,
  markdown: markdownTable,
  csv: (data) => textLines(data).map(csvLine).join(""),
  tabs: tabsTable,
  tsv: tabsTable,
  json: jsonArray,
  jsonlines: (data) => records(data).map((record) => `${record}\n`).join(""),
  line: lineByLine,
  list: (data) => withoutNulls(textLines(data)).map(listLine).join(""),
  html: htmlTable,
};

/** A result set as text, ending in a newline unless empty. Only `table` shortens anything, and only to fit a terminal. */
export function renderTable(data: TableData, format: TableFormat, options: TableOptions): string {
  return RENDERERS[format](data, options);
}

/** The head and every row, as texts for other programs. */
function textLines({ columns, rows }: TableData): (string | null)[][] {
  return [
    columns.map(({ name }) => name),
    ...rows.map((row) => columns.map(({ type }, i) => cellText(row[i], type))),
  ];
}

function withoutNulls(lines: readonly (string | null)[][]): string[][] {
  return lines.map((line) => line.map((cell) => cell ?? ""));
}

function tabsTable(data: TableData): string {
  return withoutNulls(textLines(data)).map(tabsLine).join("");
}

function markdownTable(data: TableData): string {
  const [head = [], ...rows] = withoutNulls(textLines(data));
  const rule = data.columns.map((column) => (isNumeric(column) ? "---:" : ":---"));
  return [
    markdownLine(head),
    `| ${rule.join(" | ")} |\n`,
    ...rows.map(markdownLine),
  ].join("");
}

/** One array, one record a line: still readable, and small. */
function jsonArray(data: TableData): string {
  const lines = records(data);
  return lines.length === 0 ? "[]\n" : `[${lines.join(",\n ")}]\n`;
}

function records({ columns, rows }: TableData): string[] {
  const names = distinctNames(columns.map(({ name }) => name));
  return rows.map((row) =>
    JSON.stringify(
      Object.fromEntries(columns.map(({ type }, i) => [names[i], jsonValue(row[i], type)])),
    )
  );
}

/** A record cannot hold two values under one name: later ones get a number, as in DuckDB's subqueries. */
function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let distinct = name;
    for (let i = 1; taken.has(distinct) || (distinct !== name && names.includes(distinct)); i++) {
      distinct = `${name}_${i}`;
    }
    taken.add(distinct);
    return distinct;
  });
}

function lineByLine(data: TableData, { nullText = "NULL" }: TableOptions): string {
  const [head = [], ...rows] = textLines(data);
  const width = Math.max(0, ...head.map((name) => stringWidth(name ?? "")));
  return rows.map((row) =>
    row.map((cell, i) => {
      const name = head[i] ?? "";
      return `${" ".repeat(width - stringWidth(name))}${name} = ${cell ?? nullText}\n`;
    }).join("")
  ).join("\n");
}

function htmlTable(data: TableData): string {
  const [head = [], ...rows] = withoutNulls(textLines(data));
  const line = (cells: readonly string[], tag: "th" | "td") =>
    `<tr>${cells.map((cell) => `<${tag}>${htmlText(cell)}</${tag}>`).join("")}</tr>\n`;
  return [
    `<table>\n<thead>\n${line(head, "th")}</thead>\n<tbody>\n`,
    ...rows.map((row) => line(row, "td")),
    "</tbody>\n</table>\n",
  ].join("");
}
