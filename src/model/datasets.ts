/** The datasets of a store: which columns, of which type, in which order. A dataset = a schema here + a folder + a view. */
import { sqlTypeOf } from "./metric.ts";
import { METRICS } from "./metrics.ts";

export interface Column {
  readonly name: string;
  /** DuckDB type in the Parquet file. */
  readonly type: "TIMESTAMPTZ" | "FLOAT" | "BIGINT" | "INTEGER" | "SMALLINT" | "VARCHAR";
  readonly comment: string;
}

export type DatasetName = "samples" | "series" | "sources";

export interface Dataset {
  readonly name: DatasetName;
  readonly comment: string;
  readonly columns: readonly Column[];
  /** Columns by which a day's file is sorted. */
  readonly order: readonly string[];
}

const TS: Column = { name: "ts", type: "TIMESTAMPTZ", comment: "the tick, UTC" };
const OFFSET: Column = {
  name: "utc_offset_min",
  type: "SMALLINT",
  comment: "minutes that local time was ahead of UTC, there and then",
};

const SAMPLES: Dataset = {
  name: "samples",
  comment: "one row a tick: the machine's metrics, wide",
  columns: [
    TS,
    { name: "interval_s", type: "FLOAT", comment: "seconds that the row stands for" },
    { name: "late_ms", type: "INTEGER", comment: "how long after the tick it was read" },
    OFFSET,
    { name: "boot_id", type: "VARCHAR", comment: "changes with every start of the machine" },
    {
      name: "flags",
      type: "VARCHAR",
      comment: "boot, wake, clock_step, source_error; NULL = nothing special",
    },
    ...METRICS.map(({ id, unit, help }): Column => ({
      name: id,
      type: sqlTypeOf(unit),
      comment: `${unit}: ${help}`,
    })),
  ],
  order: ["ts"],
};

const SERIES: Dataset = {
  name: "series",
  comment:
    "labelled metrics (per core, fan, sensor, file system, interface), long, every 10 s by default",
  columns: [
    { name: "metric", type: "VARCHAR", comment: "id of the labelled metric" },
    { name: "label", type: "VARCHAR", comment: "which core, fan, sensor, …" },
    TS,
    OFFSET,
    { name: "value", type: "FLOAT", comment: "in the metric's unit" },
  ],
  order: ["metric", "label", "ts"],
};

const SOURCES: Dataset = {
  name: "sources",
  comment: "how each source did, one row a source and minute",
  columns: [
    TS,
    OFFSET,
    { name: "source", type: "VARCHAR", comment: "mactop, prometheus or native" },
    { name: "description", type: "VARCHAR", comment: "with its version or address" },
    { name: "interval_s", type: "FLOAT", comment: "nominal seconds between reads" },
    { name: "reads", type: "INTEGER", comment: "reads tried" },
    { name: "failures", type: "INTEGER", comment: "reads that failed" },
    { name: "not_ready", type: "INTEGER", comment: "reads answered with no data yet" },
    { name: "dropped_values", type: "INTEGER", comment: "values outside of the possible range" },
    { name: "read_ms", type: "FLOAT", comment: "mean duration of a read" },
    { name: "message", type: "VARCHAR", comment: "the last failure, or what the source noted" },
  ],
  order: ["ts", "source"],
};

export const DATASETS: Readonly<Record<DatasetName, Dataset>> = {
  samples: SAMPLES,
  series: SERIES,
  sources: SOURCES,
};
