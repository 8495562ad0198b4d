/** Formats that rows can be written in, by DuckDB's names. */
export const TABLE_FORMATS = [
  "table",
  "markdown",
  "csv",
  "tabs",
  "json",
  "jsonlines",
  "line",
  "list",
  "html",
] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];
