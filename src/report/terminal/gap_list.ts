import { stringWidth } from "../string_width.ts";
import { durationText } from "../../model/mod.ts";
import type { AnalysisReport } from "../../analysis/mod.ts";
import { type GapLine, longestGaps } from "../longest_gaps.ts";
import { padStart, widthOf } from "./block.ts";
import type { Theme } from "./theme.ts";

const SHOWN = 4;

/** The longest stretches without data, each with its reason; nothing when there are none. */
export function gapList(report: AnalysisReport, theme: Theme): string[] {
  const { longest, totalS, others, othersS } = longestGaps(report, SHOWN);
  if (longest.length === 0) return [];
  const heading = `${theme.chalk.bold("not recorded")}  ${durationText(totalS)}`;
  const rest = others > 0 ? [`and ${others} shorter, ${durationText(othersS)}`] : [];
  return [heading, ...alignedLines(longest, theme), ...rest];
}

function alignedLines(gaps: readonly GapLine[], { text, chalk }: Theme): string[] {
  const from = gaps.map((gap) => text(gap.from));
  const fromWidth = widthOf(from);
  const durationWidth = Math.max(...gaps.map((gap) => stringWidth(gap.duration)));
  return gaps.map((gap, i) => {
    const start = (from[i] ?? "").padStart(fromWidth);
    return `${start}  ${padStart(gap.duration, durationWidth)}  ${chalk.dim(text(gap.reason))}`;
  });
}
