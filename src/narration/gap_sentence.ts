import { clockText, durationText, isSameDay, type LocalTime, localTime } from "../model/mod.ts";
import type { AnalysisReport, Gap } from "../analysis/mod.ts";
import { dayText } from "./moment_text.ts";

/** So many are told one by one; of more, the sum and the longest. */
const FEW = 2;

/** What was not recorded, and why. Null when everything was. */
export function gapSentence(report: AnalysisReport): string | null {
  const { gaps } = report;
  const longest = gaps.reduce<Gap | null>(
    (longest, gap) => (longest && lengthOf(longest) >= lengthOf(gap) ? longest : gap),
    null,
  );
  if (!longest) return null;
  if (gaps.length <= FEW) {
    return `Not recorded: ${gaps.map((gap) => gapText(report, gap)).join(", ")}.`;
  }
  const total = gaps.reduce((sum, gap) => sum + lengthOf(gap), 0) / 1000;
  return `Not recorded: ${durationText(total)} in ${gaps.length} stretches, ` +
    `the longest ${gapText(report, longest)}.`;
}

/** `Sun 15–24 h (asleep)`, `Wed 12:10–16:12 (source failed)`, `Fri 22:00 – Mon 08:00 (machine off)`. */
function gapText(report: AnalysisReport, gap: Gap): string {
  const { timeZone } = report.range;
  const start = localTime(gap.startMs, timeZone);
  const end = localTime(gap.endMs, timeZone);
  const span = spanText(report, { gap, start, end });
  // "Not recorded, because not recording" explains nothing.
  return gap.reason === "not recording" ? span : `${span} (${gap.reason})`;
}

function spanText(
  report: AnalysisReport,
  { gap, start, end }: { gap: Gap; start: LocalTime; end: LocalTime },
): string {
  const day = dayText(report, start);
  // The midnight at which a day ends is 24 h of that day.
  const endsWithDay = isSameDay(start, localTime(gap.endMs - 1, report.range.timeZone));
  if (!isSameDay(start, end) && !endsWithDay) {
    return `${day} ${clockText(start)} – ${dayText(report, end)} ${clockText(end)}`;
  }
  const endHour = isSameDay(start, end) ? end.hour : 24;
  const wholeHours = start.minute === 0 && end.minute === 0 && endHour > start.hour;
  if (wholeHours) return `${day} ${start.hour}–${endHour} h`;
  return `${day} ${clockText(start)}–${endHour === 24 ? "24:00" : clockText(end)}`;
}

function lengthOf({ startMs, endMs }: Gap): number {
  return endMs - startMs;
}
