/** Any CSV whose columns are named by `--map`, and those of `mtr export` and `mtr query`, which name themselves. */
import { findMetric, type MetricId, nearestWord } from "../../model/mod.ts";
import { ReadingDraft } from "../../sources/mod.ts";
import type { ImportedSample, ImportFormat, ReaderContext } from "../import_format.ts";
import { parseTimestamp } from "../timestamp.ts";
import { type ColumnMap, FACT_TARGETS, type MappedColumn, TIME } from "./column_map.ts";
import { columnsOf, csvReader, type CsvRow, headerIn } from "./csv_reader.ts";

/** The column of times in mtr's own files. */
const OWN_TIME = "ts";

export const mappedCsv: ImportFormat = {
  name: "csv",
  title: "CSV",
  recognises: (head) => ownMap(columnsOf(headerIn(head))) !== null,
  createReader(context) {
    let columns: Columns = new Map();
    return csvReader(context.sink, {
      begins(row, line) {
        const map = context.map ?? ownMap(row.columns) ?? [];
        const missing = map.find(({ column }) => !row.columns.has(column));
        if (missing) context.sink.problem(line, noSuchColumn(missing.column, row));
        else if (map.length === 0) context.sink.problem(line, `unknown columns: ${namesOf(row)}`);
        columns = new Map(map.map((mapped) => [mapped.target, mapped]));
        return map.length > 0 && !missing;
      },
      row: (row) => context.sink.sample(row.line, readRow(row, columns, context)),
    });
  },
};

/** The columns of `mtr export`, under their own names; null where it is another file. */
function ownMap(columns: ReadonlyMap<string, number>): ColumnMap | null {
  const metrics = [...columns.keys()].filter((name) => findMetric(name));
  if (!columns.has(OWN_TIME) || metrics.length === 0) return null;
  const facts = FACT_TARGETS.filter((target) => columns.has(target) && target !== TIME);
  return [
    { target: TIME, column: OWN_TIME, factor: 1 },
    ...[...facts, ...metrics].map((name) => ({ target: name, column: name, factor: 1 })),
  ];
}

type Columns = ReadonlyMap<string, MappedColumn>;

function readRow(row: CsvRow, columns: Columns, { clock }: ReaderContext): ImportedSample {
  const text = row.text(columns.get(TIME)?.column ?? "");
  const time = parseTimestamp(text);
  if (time === null) throw new SyntaxError(`${text || "an empty cell"} is not a time`);
  const number = (target: string) => {
    const mapped = columns.get(target);
    const value = mapped && row.number(mapped.column);
    return value === undefined ? undefined : value * (mapped?.factor ?? 1);
  };
  const draft = new ReadingDraft();
  for (const target of columns.keys()) {
    if (findMetric(target)) draft.put(target as MetricId, number(target));
  }
  const offset = number("utc_offset_min");
  const moment = offset === undefined || "wallMs" in time
    ? clock.momentOf(time)
    : clock.at(time.ms, offset);
  return {
    ...moment,
    reading: draft.finish(),
    intervalS: number("interval_s"),
    host: row.text(columns.get("host")?.column ?? "") || undefined,
  };
}

function noSuchColumn(column: string, row: CsvRow): string {
  const nearest = nearestWord(column, [...row.columns.keys()]);
  return nearest
    ? `no column called ${column}; did you mean ${nearest}?`
    : `no column called ${column}; there are ${namesOf(row)}`;
}

function namesOf({ columns }: CsvRow): string {
  return [...columns.keys()].join(", ");
}
