/** Formats that reports can be written in, by DuckDB's names where it has them. */

export const ANALYSIS_FORMATS = [
  "table",
  "markdown",
  "html",
  "svg",
  "csv",
  "json",
  "jsonlines",
] as const;
export type AnalysisFormat = (typeof ANALYSIS_FORMATS)[number];

export const COMPARISON_FORMATS = [
  "table",
  "markdown",
  "html",
  "csv",
  "json",
  "jsonlines",
] as const satisfies readonly AnalysisFormat[];
export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number];
