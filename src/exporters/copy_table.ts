/** Rows as Parquet, CSV and lines of JSON, written by the engine: no row passes through this program. */
import { quoteText } from "../store/mod.ts";
import type { Selection } from "./select_rows.ts";

/** RFC 3339 in UTC. Not `AT TIME ZONE`, which costs more than all the rest. */
const TS_TEXT = "strftime(make_timestamp(epoch_us(ts)), '%Y-%m-%dT%H:%M:%S.%gZ') AS ts";

const COPY_OPTIONS = {
  parquet: "FORMAT parquet, COMPRESSION zstd",
  csv: "FORMAT csv, HEADER",
  jsonlines: "FORMAT json",
} as const;

export type CopyFormat = keyof typeof COPY_OPTIONS;

export function copyTableSql(
  format: CopyFormat,
  { rowsSql, columns, order }: Selection,
  path: string,
): string {
  const all = ["host", format === "parquet" ? "ts" : TS_TEXT, "utc_offset_min", ...columns];
  // The order is by the stored columns: the text of a time has the same name.
  return `COPY (SELECT ${all.join(", ")} FROM (SELECT * ${rowsSql} ORDER BY ${order}))
    TO ${quoteText(path)} (${COPY_OPTIONS[format]})`;
}
