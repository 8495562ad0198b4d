import { clockText, localTime } from "../model/mod.ts";
import type { AnalysisReport, MetricReport } from "../analysis/mod.ts";
import { dayText } from "./moment_text.ts";

const MINUTE_MS = 60_000;
/** Known so narrowly, the minute is named. */
const MOMENT_MS = 2 * MINUTE_MS;

/**
 * When swap was first used after a time without: `Thu 16:05`, or `Thu between 15:10 and 16:50` where that is all that is known.
 * Null when it was in use from the start, or never.
 */
export function swapBeginning(report: AnalysisReport, { useBegan }: MetricReport): string | null {
  if (!useBegan) return null;
  const { afterMs, byMs } = useBegan;
  if (byMs - afterMs <= MOMENT_MS) {
    const minute = localTime(byMs - 1, report.range.timeZone);
    return `${dayText(report, minute)} ${clockText(minute)}`;
  }
  return spanText(report, nearestMinute(afterMs), nearestMinute(byMs));
}

function spanText(report: AnalysisReport, fromMs: number, toMs: number): string {
  const { timeZone } = report.range;
  const [from, to] = [localTime(fromMs, timeZone), localTime(toMs, timeZone)];
  const [fromDay, toDay] = [dayText(report, from), dayText(report, to)];
  return fromDay === toDay
    ? `${fromDay} between ${clockText(from)} and ${clockText(to)}`
    : `between ${fromDay} ${clockText(from)} and ${toDay} ${clockText(to)}`;
}

/** The last row of an hour is a second before its end. */
function nearestMinute(ms: number): number {
  return Math.round(ms / MINUTE_MS) * MINUTE_MS;
}
