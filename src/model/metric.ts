/** What one recorded quantity is: the shape of every record of the catalogue. */

/** The programs and interfaces that metrics come from. */
export const SOURCE_NAMES = ["mactop", "prometheus", "native"] as const;
export type SourceName = (typeof SOURCE_NAMES)[number];

/** Base units: what is stored. Pretty units (GiB, kB/s) exist only on screens. */
export type Unit =
  | "%"
  | "W"
  | "°C"
  | "MHz"
  | "rpm"
  | "bytes"
  | "bytes/s"
  | "ops/s"
  | "count"
  | "load"
  | "level"
  | "flag";

/** How a value is rounded when it is recorded: to a step, and to at most so many significant digits. */
export interface Resolution {
  readonly step: number;
  readonly digits?: number;
}

export interface Metric {
  /** Ends in its unit: `cpu_pct`, `ram_used_bytes`. Also the column's name. */
  readonly id: string;
  readonly unit: Unit;
  readonly kind: "gauge" | "rate" | "state";
  /** Smallest and largest value that can be true, inclusive. Anything else is stored as NULL and counted. */
  readonly range: readonly [lowest: number, highest: number];
  readonly resolution: Resolution;
  /** The direction that means more trouble; `neither` for plain facts such as a total. */
  readonly worse: "higher" | "lower" | "neither";
  /** Column head: at most 10 characters. */
  readonly title: string;
  /** One line: of what it is the value, and where its traps are. */
  readonly help: string;
  readonly sources: readonly SourceName[];
}

/** The Parquet and DuckDB type that holds values of a unit (design §5: chosen for size and for plain readers). */
export function sqlTypeOf(unit: Unit): "FLOAT" | "BIGINT" | "INTEGER" | "SMALLINT" {
  switch (unit) {
    case "bytes":
    case "bytes/s":
      return "BIGINT";
    case "count":
      return "INTEGER";
    case "MHz":
    case "rpm":
    case "level":
    case "flag":
      return "SMALLINT";
    default:
      return "FLOAT";
  }
}
