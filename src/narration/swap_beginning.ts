import { clockText, localTime } from "../model/mod.ts";
import type { AnalysisReport, MetricReport } from "../analysis/mod.ts";
import { dayText } from "./moment_text.ts";

/** Bins up to this long give a moment; longer ones only a span. */
const MOMENT_MS = 5 * 60_000;

/**
 * When swap was first used after a time without: `Thu 16:05`, or `Thu between 15:10 and 16:50` where the timeline is no finer.
 * Null when it was in use from the start, or never.
 */
export function swapBeginning(report: AnalysisReport, { timeline }: MetricReport): string | null {
  const first = timeline.findIndex(({ max }) => max !== null && max > 0);
  const lastZero = timeline.slice(0, Math.max(0, first)).findLastIndex(({ max }) => max === 0);
  const [zeroBin, firstBin] = [timeline[lastZero], timeline[first]];
  if (!zeroBin || !firstBin) return null;
  const binMs = (timeline[1]?.startMs ?? 0) - (timeline[0]?.startMs ?? 0);
  // After bins without data it may have begun in any of them.
  const [from, to] = [zeroBin.startMs + binMs, firstBin.startMs + binMs];
  return spanText(report, from, to);
}

function spanText(report: AnalysisReport, fromMs: number, toMs: number): string {
  const { timeZone } = report.range;
  const [from, to] = [localTime(fromMs, timeZone), localTime(toMs, timeZone)];
  const [fromDay, toDay] = [dayText(report, from), dayText(report, to)];
  if (toMs - fromMs <= MOMENT_MS) return `${fromDay} ${clockText(from)}`;
  return fromDay === toDay
    ? `${fromDay} between ${clockText(from)} and ${clockText(to)}`
    : `between ${fromDay} ${clockText(from)} and ${toDay} ${clockText(to)}`;
}
