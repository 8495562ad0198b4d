import { dateText, type LocalTime, weekdayName } from "../model/mod.ts";
import type { AnalysisReport } from "../analysis/mod.ts";

const WEEK_MS = 7 * 86_400_000;

/** `Thu` within a week; `Thu 19 Nov` over a longer time, where a weekday could be any of several. */
export function dayText({ window }: AnalysisReport, time: LocalTime): string {
  return window.endMs - window.startMs > WEEK_MS ? dateText(time) : weekdayName(time.weekday);
}
