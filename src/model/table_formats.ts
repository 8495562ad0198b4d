/** Formats that rows can be written in. Names as DuckDB's `.mode` has them; `tsv` is another word for `tabs`. */
export const TABLE_FORMATS = [
  "table",
  "markdown",
  "csv",
  "tabs",
  "tsv",
  "json",
  "jsonlines",
  "line",
  "list",
  "html",
] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];
