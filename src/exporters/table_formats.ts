/** Rows as Parquet, CSV and lines of JSON, written by the engine: no row passes through this program. */
import type { Metric } from "../model/mod.ts";
import { quoteText } from "../store/mod.ts";

/** RFC 3339 in UTC. Not `AT TIME ZONE`, which costs more than all the rest. */
const TS_TEXT = "strftime(make_timestamp(epoch_us(ts)), '%Y-%m-%dT%H:%M:%S.%gZ') AS ts";

const COPY_OPTIONS = {
  parquet: "FORMAT parquet, COMPRESSION zstd",
  csv: "FORMAT csv, HEADER",
  jsonlines: "FORMAT json",
} as const;

export type TableFormat = keyof typeof COPY_OPTIONS;

export function copyTableSql(
  format: TableFormat,
  { rowsSql, metrics, path }: {
    readonly rowsSql: string;
    readonly metrics: readonly Metric[];
    readonly path: string;
  },
): string {
  const columns = [
    "host",
    format === "parquet" ? "ts" : TS_TEXT,
    "utc_offset_min",
    "interval_s",
    ...metrics.map(({ id }) => id),
  ];
  // The order is by the stored columns: the text of a time has the same name.
  return `COPY (SELECT ${columns.join(", ")} FROM (SELECT * ${rowsSql} ORDER BY host, ts))
    TO ${quoteText(path)} (${COPY_OPTIONS[format]})`;
}
