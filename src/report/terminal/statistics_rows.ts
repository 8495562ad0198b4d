/** What the statistics table says, line by line. */
import {
  clockText,
  type LocalTime,
  localTime,
  MONTH_NAMES,
  shareText,
  weekdayName,
} from "../../model/mod.ts";
import type { AnalysisReport, MetricReport, Statistics, Verdict } from "../../analysis/mod.ts";
import { type MetricScale, varianceText } from "../metric_scale.ts";
import { baseColor, loadColor, valueColor } from "./load_color.ts";
import type { Theme } from "./theme.ts";

const WEEK_MS = 7 * 86_400_000;

/** A metric with what is needed to write its cells. */
export interface Column {
  readonly report: MetricReport;
  readonly scale: MetricScale;
}

/** A line of the table: a label and a cell a metric (null = does not exist), or a heading without cells. */
export interface Row {
  readonly label: string;
  readonly cell?: (column: Column) => string | null;
  readonly isWord?: boolean;
  /** The line is left out of a table that has no such metric. */
  readonly isFor?: (report: MetricReport) => boolean;
}

const STATISTICS: readonly { label: string; key: keyof Statistics }[] = [
  { label: "mean", key: "mean" },
  { label: "min", key: "min" },
  { label: "p50", key: "p50" },
  { label: "p75", key: "p75" },
  { label: "p95", key: "p95" },
  { label: "p99", key: "p99" },
  { label: "max", key: "max" },
];

export function statisticsRows(report: AnalysisReport, theme: Theme): Row[] {
  return [
    ...headRows(theme),
    ...numberRows(theme),
    ...peakRows(report, theme),
    ...sufficiencyRows(theme),
  ];
}

function headRows(theme: Theme): Row[] {
  return [
    {
      label: "",
      cell: ({ report }) => baseColor(theme, report.metric).bold(theme.text(report.metric.title)),
    },
    { label: "", cell: ({ scale }) => theme.chalk.dim(theme.text(scale.unit.label)) },
  ];
}

function numberRows(theme: Theme): Row[] {
  return [
    ...STATISTICS.map(({ label, key }) => ({
      label,
      cell: (column: Column) => coloredNumber(column, column.report.statistics[key], theme),
    })),
    {
      label: "std dev",
      cell: ({ report, scale }) => scale.format(report.statistics.stddev),
    },
    {
      label: "variance",
      cell: ({ report, scale }) => varianceText(report.statistics.variance, scale.unit),
    },
  ];
}

function peakRows(report: AnalysisReport, theme: Theme): Row[] {
  const { timeZone } = report.range;
  const timeRow = (text: (time: LocalTime) => string): Row => ({
    label: "",
    cell: ({ report: { peak } }) => peak && text(localTime(peak.startMs, timeZone)),
  });
  // Within a week the weekday says when; over a longer range it could be any of several.
  const isLong = report.window.endMs - report.window.startMs > WEEK_MS;
  const dayText = ({ day, month }: LocalTime) => `${day} ${MONTH_NAMES[month - 1]}`;
  const rows: Row[] = [
    { label: "" },
    { label: "busiest 15 minutes" },
    {
      label: "",
      cell: (column) => coloredNumber(column, column.report.peak?.mean ?? null, theme),
    },
    timeRow(({ weekday }) => weekdayName(weekday)),
    ...(isLong ? [timeRow(dayText)] : []),
    timeRow(clockText),
  ];
  return rows.map((row) => ({ ...row, isFor: ({ peak }) => peak !== null }));
}

/** The load whose colour a verdict has; null for none. */
const VERDICT_LOAD: Readonly<Record<Verdict, number | null>> = {
  "roomy": 0,
  "adequate": 0.2,
  "tight": 0.65,
  "insufficient": 1,
  "not enough data": null,
};

/** The verdict's word as it stands in a table, in its colour. */
export function verdictText(verdict: Verdict, theme: Theme): string {
  const load = VERDICT_LOAD[verdict];
  return load === null ? theme.chalk.dim("not yet") : loadColor(theme, load)(verdict);
}

function sufficiencyRows(theme: Theme): Row[] {
  const rows: Row[] = [
    { label: "" },
    { label: "sufficient?" },
    {
      label: theme.text("p95–p75"),
      cell: ({ report: { sufficiency }, scale }) =>
        sufficiency && scale.format(sufficiency.gapP95P75),
    },
    {
      label: "above 90 %",
      // The share has no unit here: its row is named after a percentage, like its column.
      cell: ({ report: { sufficiency } }) =>
        sufficiency && theme.text(tenths(sufficiency.above90Pct)),
    },
    {
      label: "verdict",
      isWord: true,
      cell: ({ report: { sufficiency } }) => sufficiency && verdictText(sufficiency.verdict, theme),
    },
  ];
  return rows.map((row) => ({ ...row, isFor: ({ sufficiency }) => sufficiency !== null }));
}

/** With one decimal like the other numbers, but never `0.0` for something nor `100.0` for not all. */
function tenths(pct: number): string {
  if (!Number.isFinite(pct)) return "–";
  const short = shareText(pct).replace(" %", "");
  return short.startsWith("<") ? short : Number(short).toFixed(1);
}

function coloredNumber({ report, scale }: Column, value: number | null, theme: Theme) {
  const text = scale.format(value);
  if (text === null || value === null) return null;
  return valueColor(theme, report.metric, scale.share(value))(text);
}
