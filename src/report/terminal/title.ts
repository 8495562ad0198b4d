import { durationText, shareText } from "../../model/mod.ts";
import type { AnalysisReport } from "../../analysis/mod.ts";
import { reportRangeText } from "../range_text.ts";
import { sourceText } from "../source_text.ts";
import type { Theme } from "./theme.ts";
import { joinWrapped, wrapText } from "./wrap_text.ts";

/** An explicit range is its own name. */
const ISO_DATE_REGEXP = /^\d{4}-\d{2}/;

interface Piece {
  readonly text: string;
  readonly style: (text: string) => string;
}

/** Who, what, when, where from, how complete: one line where it fits, else several, broken between its parts. */
export function titleLines(
  report: AnalysisReport,
  theme: Theme,
  { width, part }: { width: number; part: "range" | "window" },
): string[] {
  const pieces = titlePieces(report, theme, part).flatMap(({ text, style }) =>
    wrapText(theme.text(text), width).map((line) => style(line))
  );
  const separator = theme.chalk.dim(` ${theme.glyphs.separator} `);
  return joinWrapped(pieces, { separator, width });
}

function titlePieces(report: AnalysisReport, { chalk }: Theme, part: "range" | "window"): Piece[] {
  const { range, host, coveragePct, recordedS } = report;
  const plain = (text: string) => text;
  const recorded = part === "window" ? `${durationText(recordedS)}, ` : "";
  const pieces: Piece[] = [
    { text: host, style: chalk.bold },
    { text: `${reportRangeText(report, part)} (${range.timeZone})`, style: plain },
    { text: sourceText(report), style: plain },
    { text: `${recorded}${shareText(coveragePct)} recorded`, style: plain },
  ];
  if (!ISO_DATE_REGEXP.test(range.resolvedFrom)) {
    pieces.splice(1, 0, { text: range.resolvedFrom, style: plain });
  }
  if (report.demo) pieces.unshift({ text: "[demo data]", style: chalk.bold.yellow.inverse });
  return pieces;
}
