import type { ColorDepth } from "../terminal/theme.ts";

/** A result set: what `mtr query` and `mtr metrics` show. */
export interface TableData {
  readonly columns: readonly TableColumn[];
  /** Values in the columns' order: null, boolean, number, bigint, string, Date, bytes, or lists and records of these. */
  readonly rows: readonly (readonly unknown[])[];
}

export interface TableColumn {
  readonly name: string;
  /**
   * DuckDB's name of the type. It decides what a Date means: a DATE or TIMESTAMP is a calendar's text without a zone, held as
   * if it were UTC; anything else is a moment.
   */
  readonly type: string;
}

const NUMERIC_REGEXP =
  /^(u?(tiny|small|big|huge)int|u?integer|u?int\d*|float|double|real|decimal.*|bignum)$/i;

/** Whether a column's values are read from the right. */
export function isNumeric({ type }: TableColumn): boolean {
  return NUMERIC_REGEXP.test(type);
}

/** How the Dates of a column are to be read. */
export function dateKind(type: string): "date" | "local" | "moment" {
  if (/^date$/i.test(type)) return "date";
  if (/^(timestamptz|.*with time zone)$/i.test(type)) return "moment";
  return /^(timestamp|datetime)/i.test(type) ? "local" : "moment";
}

export interface TableOptions {
  /** IANA zone of the local times in `table`; other formats give UTC. */
  readonly timeZone: string;
  /** Columns of the terminal, to which `table` is fitted. Without it (a pipe) nothing is shortened or left out. */
  readonly width?: number;
  /** Of more rows, `table` shows the first and the last. @default all */
  readonly maxRows?: number;
  /** @default "none" */
  readonly color?: ColorDepth;
  /** Plain letters for boxes and dots, in `table`. @default false */
  readonly ascii?: boolean;
  /** What `table` and `line` show for a missing value. @default "NULL" */
  readonly nullText?: string;
  /** The line below a `table` that counts its rows. @default true when a width is given */
  readonly hasFooter?: boolean;
  /** How long it took, for the footer. */
  readonly elapsedMs?: number;
}
