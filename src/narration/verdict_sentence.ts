import { clockText, dateText, durationText, localTime } from "../model/mod.ts";
import type { AnalysisReport, MetricReport } from "../analysis/mod.ts";

/** Why a machine is too small in one respect, and what would help; null where it is not. */
export function verdictSentence(
  { range }: AnalysisReport,
  { metric, sufficiency }: MetricReport,
): string | null {
  if (sufficiency?.verdict !== "tight" && sufficiency?.verdict !== "insufficient") return null;
  const { verdict, rule, advice, longestAbove90 } = sufficiency;
  const longest = longestAbove90
    ? `; longest stretch ${stretchText(longestAbove90, range.timeZone)}`
    : "";
  return `${metric.title} is called ${verdict} because of: ${rule}${longest}.` +
    (advice ? ` To change it: ${advice}.` : "");
}

function stretchText({ startMs, endMs }: { startMs: number; endMs: number }, zone: string): string {
  const start = localTime(startMs, zone);
  return `${durationText((endMs - startMs) / 1000)} from ${dateText(start)} ${clockText(start)}`;
}
