import type { AnalysisReport, MetricReport } from "../analysis/mod.ts";
import { csvCell } from "./csv_cell.ts";
import { isoTime } from "./json_text.ts";
import { csvLine } from "./table/delimited.ts";

type Value = string | number | boolean | null;

const COLUMNS: readonly {
  name: string;
  value: (report: AnalysisReport, metric: MetricReport) => Value;
}[] = [
  { name: "metric", value: (_, { metric }) => metric.id },
  { name: "unit", value: (_, { metric }) => metric.unit },
  ...(["count", "min", "max", "mean", "p50", "p75", "p95", "p99", "stddev", "variance"] as const)
    .map((name) => ({
      name,
      value: (_: AnalysisReport, { statistics }: MetricReport) => statistics[name],
    })),
  { name: "last", value: (_, { last }) => last },
  { name: "peak_start", value: (_, { peak }) => peak && isoTime(peak.startMs) },
  { name: "peak_end", value: (_, { peak }) => peak && isoTime(peak.endMs) },
  { name: "peak_mean", value: (_, { peak }) => peak && peak.mean },
  { name: "gap_p95_p75", value: (_, { sufficiency }) => sufficiency && sufficiency.gapP95P75 },
  { name: "headroom", value: (_, { sufficiency }) => sufficiency && sufficiency.headroom },
  { name: "above_90_pct", value: (_, { sufficiency }) => sufficiency && sufficiency.above90Pct },
  { name: "verdict", value: (_, { sufficiency }) => sufficiency && sufficiency.verdict },
  { name: "range_start", value: ({ range }) => isoTime(range.startMs) },
  { name: "range_end", value: ({ range }) => isoTime(range.endMs) },
  { name: "time_zone", value: ({ range }) => range.timeZone },
  { name: "host", value: ({ host }) => host },
  { name: "source", value: ({ source }) => source },
  { name: "samples", value: ({ samples }) => samples },
  { name: "coverage_pct", value: ({ coveragePct }) => coveragePct },
  { name: "demo", value: ({ demo }) => demo },
];

/**
 * A report for spreadsheets: one row a metric with all its figures in base units, times in ISO 8601 UTC; what was asked and how
 * complete the data is stands in every row, so that rows of several reports can be put together. Empty = does not exist.
 */
export function renderCsv(report: AnalysisReport): string {
  const rows = report.metrics.map((metric) =>
    COLUMNS.map(({ value }) => csvCell(value(report, metric)))
  );
  return [COLUMNS.map(({ name }) => name), ...rows].map(csvLine).join("");
}
