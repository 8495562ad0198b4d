import {
  clockText,
  dateText,
  durationText,
  localTime,
  plainText,
  quantityText,
  shareText,
} from "../model/mod.ts";
import type { AnalysisReport, MetricReport } from "../analysis/mod.ts";
import { longestGaps } from "./longest_gaps.ts";
import { metricScale, varianceText } from "./metric_scale.ts";
import { outlook } from "./outlook.ts";
import { reportRangeText } from "./range_text.ts";
import { sourceText } from "./source_text.ts";
import { markdownLine, markdownText } from "./table/delimited.ts";
import { heatmapGrid } from "./terminal/heatmap_grid.ts";
import { makeTheme } from "./terminal/theme.ts";

const GAPS_SHOWN = 10;
/** Two heatmaps side by side, and their legend. */
const HEATMAP_COLUMNS = 72;

/** A report as a Markdown document: for issues, wikis and mail. */
export function renderMarkdown(report: AnalysisReport, sentences: readonly string[]): string {
  const sections = [
    title(report),
    bullets([...sentences, ...outlook(report)]),
    statisticsTable(report),
    peakTable(report),
    sufficiencyTable(report),
    heatmaps(report),
    gapTable(report),
    bullets([
      ...report.absent.map(({ metric, reason }) => `${metric.title} is not shown: ${reason}.`),
      ...report.notes,
    ]),
  ];
  return sections.filter((section) => section !== "").join("\n");
}

function title(report: AnalysisReport): string {
  const { host, range, recordedS, coveragePct, samples, method, demo } = report;
  const part = report.missingForPatternS > 0 ? "window" : "range";
  const facts = [
    `${reportRangeText(report, part)} (${range.timeZone})`,
    sourceText(report),
    `${durationText(recordedS)} = ${shareText(coveragePct)} recorded`,
    `${samples} samples, ${method}`,
  ];
  const demoMark = demo
    ? "**Demo data**: invented by `mtr demo`, not recorded on any machine.\n\n"
    : "";
  return `# ${text(host)}: ${text(range.resolvedFrom)}\n\n${demoMark}${
    facts.map(text).join(" · ")
  }\n`;
}

function statisticsTable({ metrics }: AnalysisReport): string {
  const heads = [
    "",
    "unit",
    "mean",
    "min",
    "p50",
    "p75",
    "p95",
    "p99",
    "max",
    "std dev",
    "variance",
  ];
  const rows = metrics.map((report) => {
    const { statistics: { mean, min, p50, p75, p95, p99, max, stddev, variance } } = report;
    const { format, unit } = metricScale(report);
    const numbers = [mean, min, p50, p75, p95, p99, max, stddev].map(format);
    return [report.metric.title, unit.label, ...numbers, varianceText(variance, unit)];
  });
  return table("Statistics", heads, rows);
}

function peakTable({ metrics, range }: AnalysisReport): string {
  const rows = metrics.flatMap(({ metric, peak }) => {
    if (!peak) return [];
    const time = localTime(peak.startMs, range.timeZone);
    return [[metric.title, quantityText(metric.unit, peak.mean), dateText(time), clockText(time)]];
  });
  return table("Busiest 15 minutes", ["", "mean", "day", "from"], rows);
}

function sufficiencyTable({ metrics }: AnalysisReport): string {
  const rows = metrics.flatMap((report: MetricReport) => {
    const { metric, sufficiency } = report;
    if (!sufficiency) return [];
    const { gapP95P75, above90Pct, verdict, rule } = sufficiency;
    return [[
      metric.title,
      metricScale(report).format(gapP95P75),
      shareText(above90Pct),
      verdict,
      rule,
    ]];
  });
  return table("Sufficient?", ["", "p95–p75", "above 90 %", "verdict", "rule"], rows);
}

function heatmaps(report: AnalysisReport): string {
  if (report.missingForPatternS > 0 || report.metrics.length === 0) return "";
  const theme = makeTheme({ color: "none", ascii: false });
  const lines = heatmapGrid(report, theme, { across: 2, cellWidth: 1, width: HEATMAP_COLUMNS });
  return `## Week by hour\n\n\`\`\`text\n${lines.join("\n")}\n\`\`\`\n`;
}

function gapTable(report: AnalysisReport): string {
  const { longest, others, othersS } = longestGaps(report, GAPS_SHOWN);
  const rows = longest.map(({ from, duration, reason }) => [from, duration, reason]);
  if (others > 0) rows.push([`${others} shorter`, durationText(othersS), ""]);
  return table("Not recorded", ["from", "for", "reason"], rows);
}

/** Text to the left, numbers to the right; a value that does not exist is a dash. */
function table(
  heading: string,
  heads: readonly string[],
  rows: readonly (string | null)[][],
): string {
  if (rows.length === 0) return "";
  const rule = heads.map((_, column) => (isNumeric(rows, column) ? "---:" : ":---"));
  return [
    `## ${heading}\n\n`,
    markdownLine(heads),
    `| ${rule.join(" | ")} |\n`,
    ...rows.map((row) => markdownLine(row.map((cell) => plainText(cell ?? "–")))),
  ].join("");
}

function isNumeric(rows: readonly (string | null)[][], column: number): boolean {
  return rows.some((row) => /^\d/.test(row[column] ?? "")) && column > 0;
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${text(line)}\n`).join("");
}

function text(line: string): string {
  return markdownText(plainText(line));
}
