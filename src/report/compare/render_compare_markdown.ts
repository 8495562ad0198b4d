import { countText, plainText } from "../../model/mod.ts";
import type { CompareReport } from "../../analysis/mod.ts";
import { markdownLine, markdownText } from "../table/delimited.ts";
import { makeTheme } from "../terminal/theme.ts";
import {
  askedText,
  matchText,
  pairOf,
  rangesText,
  STATISTICS,
  unitOf,
} from "./compared_numbers.ts";
import { differenceHeatmaps } from "./difference_heatmap.ts";
import type { CompareWords } from "./render_compare_terminal.ts";

/** Two heatmaps side by side, and their legend. */
const HEATMAP_COLUMNS = 72;

/** A comparison as a Markdown document: for issues, wikis and mail. */
export function renderCompareMarkdown(
  report: CompareReport,
  { clauses, remarks }: CompareWords,
): string {
  const sections = [
    title(report),
    shiftTable(report, clauses),
    heatmaps(report),
    bullets([
      ...report.absent.map(({ metric, reason }) => `${metric.title} is not compared: ${reason}.`),
      ...report.notes,
      ...remarks,
    ]),
  ];
  return sections.filter((section) => section !== "").join("\n");
}

function title(report: CompareReport): string {
  const samples = `${countText(report.a.samples)} and ${countText(report.b.samples)} samples`;
  const facts = [rangesText(report), matchText(report), `${samples}, ${report.method}`];
  const demoMark = report.demo
    ? "**Demo data**: invented by `mtr demo`, not recorded on any machine.\n\n"
    : "";
  return `# ${text(report.host)}: ${text(askedText(report))}\n\n${demoMark}${
    facts.map(text).join(" · ")
  }\n`;
}

function shiftTable({ metrics }: CompareReport, clauses: readonly string[]): string {
  if (metrics.length === 0) return "";
  const rows = metrics.map((compared, i) => [
    compared.metric.title,
    unitOf(compared).label,
    ...STATISTICS.map((name) => {
      const { a, b } = pairOf(compared, name);
      return `${a} → ${b}`;
    }),
    clauses[i] ?? "",
  ]);
  const rule = [":---", ":---", ...STATISTICS.map(() => "---:"), ":---"];
  return [
    "## What changed\n\n",
    markdownLine(["", "unit", ...STATISTICS, "changed?"]),
    `| ${rule.join(" | ")} |\n`,
    ...rows.map((row) => markdownLine(row.map(plainText))),
  ].join("");
}

function heatmaps({ metrics }: CompareReport): string {
  const theme = makeTheme({ color: "none", ascii: false });
  const lines = differenceHeatmaps(metrics, theme, { width: HEATMAP_COLUMNS, isAscii: false });
  return lines.length === 0 ? "" : `## Week by hour\n\n\`\`\`text\n${lines.join("\n")}\n\`\`\`\n`;
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${text(line)}\n`).join("");
}

function text(line: string): string {
  return markdownText(plainText(line));
}
