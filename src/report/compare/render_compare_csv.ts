import type { ComparedMetric, CompareReport } from "../../analysis/mod.ts";
import { csvCell } from "../csv_cell.ts";
import { isoTime } from "../json_text.ts";
import { csvLine } from "../table/delimited.ts";
import { STATISTICS } from "./compared_numbers.ts";

type Value = string | number | boolean | null;
type Column = readonly [
  name: string,
  value: (metric: ComparedMetric, report: CompareReport) => Value,
];

const COLUMNS: readonly Column[] = [
  ["metric", ({ metric }) => metric.id],
  ["unit", ({ metric }) => metric.unit],
  ["verdict", ({ verdict }) => verdict],
  ["direction", ({ direction }) => direction],
  ["reason", ({ reason }) => reason],
  ["p", ({ p }) => p],
  ...STATISTICS.flatMap((name): Column[] => [
    [`${name}_a`, ({ a }) => a[name]],
    [`${name}_b`, ({ b }) => b[name]],
    [`${name}_shift`, ({ a, b }) => b[name] - a[name]],
  ]),
  ["cliffs_delta", ({ effect }) => effect && effect.delta],
  ["cliffs_delta_low", ({ effect }) => effect && effect.low],
  ["cliffs_delta_high", ({ effect }) => effect && effect.high],
  ["where_weekdays", ({ where }) => where && where.weekdays.join(" ")],
  ["where_from_hour", ({ where }) => where && where.fromHour],
  ["where_to_hour", ({ where }) => where && where.toHour],
  ["where_shift", ({ where }) => where && where.shift],
  ["since", ({ sinceMs }) => sinceMs === null ? null : isoTime(sinceMs)],
  ["a_start", (_, { a }) => isoTime(a.range.startMs)],
  ["a_end", (_, { a }) => isoTime(a.range.endMs)],
  ["b_start", (_, { b }) => isoTime(b.range.startMs)],
  ["b_end", (_, { b }) => isoTime(b.range.endMs)],
  ["time_zone", (_, { b }) => b.range.timeZone],
  ["match", (_, { match }) => match],
  ["common_hours", (_, { commonCells }) => commonCells],
  ["host", (_, { host }) => host],
  ["demo", (_, { demo }) => demo],
];

/** A comparison for spreadsheets: one row a metric, base units, ISO 8601 UTC; what was compared stands in every row. */
export function renderCompareCsv(report: CompareReport): string {
  const rows = report.metrics.map((metric) =>
    COLUMNS.map(([, value]) => csvCell(value(metric, report)))
  );
  return [COLUMNS.map(([name]) => name), ...rows].map(csvLine).join("");
}
