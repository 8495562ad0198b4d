/** Views that only `mtr query` has, and what all its views' columns mean. */
import { DATASETS, METRICS, REPORTABLE_METRICS, SERIES_METRICS } from "../model/mod.ts";

const HOUR_MEANS = REPORTABLE_METRICS.map(({ id }) =>
  `round(sum(${id} * interval_s) / sum(interval_s) FILTER (${id} IS NOT NULL), 2) AS ${id}`
);

/** Statements that make the views on top of `samples`. */
export const QUERY_VIEWS_SQL: readonly string[] = [
  `CREATE OR REPLACE TEMP VIEW hourly AS
   SELECT host, date_trunc('hour', local) AS hour, count(*) AS samples,
     round(sum(interval_s), 3) AS recorded_s, ${HOUR_MEANS.join(", ")}
   FROM samples GROUP BY ALL`,
  `CREATE OR REPLACE TEMP VIEW gaps AS
   SELECT host, previous AS gap_start, ts - to_milliseconds(interval_s * 1000) AS gap_end,
     previous_local AS local_start,
     round((epoch_ms(ts) - epoch_ms(previous)) / 1000 - interval_s, 3) AS seconds, flags, boot_id
   FROM (SELECT host, ts, local, interval_s, flags, boot_id,
     lag(ts) OVER (PARTITION BY host ORDER BY ts) AS previous,
     lag(local) OVER (PARTITION BY host ORDER BY ts) AS previous_local FROM samples)
   WHERE epoch_ms(ts) - epoch_ms(previous) > interval_s * 1500`,
];

export interface ViewColumn {
  readonly view: string;
  readonly column: string;
  readonly type: string;
  readonly comment: string;
}

const DERIVED_COMMENTS: Readonly<Record<string, string>> = {
  host: "id of the machine",
  local: "local wall-clock time, as it was there and then",
  hour: "local hour",
  samples: "rows in the hour",
  recorded_s: "seconds that they stand for",
  gap_start: "the last row before nothing was recorded",
  gap_end: "where the time of the next row begins",
  local_start: "gap_start in local time",
  seconds: "length of the gap",
};

/** What a column of a view means; for the means of `hourly`, what they are of. */
export function columnComment(view: string, column: string): string {
  const stored = Object.values(DATASETS).find(({ name }) => name === view)
    ?.columns.find(({ name }) => name === column);
  if (stored) return stored.comment;
  const metric = REPORTABLE_METRICS.find(({ id }) => id === column);
  if (!metric) {
    return DERIVED_COMMENTS[column] ?? DATASETS.samples.columns.find((c) =>
      c.name === column
    )?.comment ?? "";
  }
  return view === "hourly"
    ? `mean over the hour, ${metric.unit}`
    : `${metric.unit}: ${metric.help}`;
}

/** One line a view. */
export const VIEW_COMMENTS: Readonly<Record<string, string>> = {
  samples: DATASETS.samples.comment,
  series: `${DATASETS.series.comment}: ${SERIES_METRICS.map(({ id }) => id).join(", ")}`,
  sources: DATASETS.sources.comment,
  hourly: `means of all ${METRICS.length} metrics a local hour`,
  gaps: "stretches in which nothing was recorded, one row each",
};
