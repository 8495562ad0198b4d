import { durationText } from "../model/mod.ts";
import type { AnalysisReport } from "../analysis/mod.ts";

/** What cannot be said yet, what it takes, and whether it is on its way. Empty when there is data enough. */
export function outlook(report: AnalysisReport): string[] {
  const { missingForPatternS, missingForVerdictS } = report;
  if (missingForPatternS <= 0 && missingForVerdictS <= 0) return undecided(report);
  const verdictIsNear = missingForVerdictS > 0;
  const toGo = (missingS: number) => isOver(report) ? 0 : missingS;
  const wanted = [
    ...(missingForPatternS > 0
      ? [need("a weekly pattern", "24 h", verdictIsNear ? 0 : toGo(missingForPatternS))]
      : []),
    ...(verdictIsNear ? [need("a verdict", "3 h", toGo(missingForVerdictS))] : []),
  ].join(" or ");
  if (isOver(report)) {
    const recorded = durationText(report.recordedS);
    return [`Too little data for ${wanted}: ${recorded} were recorded.`];
  }
  return [`Too early for ${wanted}. ${recordingText(report)}`];
}

/** The nearest goal says how far it is; a second distance beside it would only be noise. */
function need(what: string, needed: string, missingS: number): string {
  return `${what} (${needed} needed${missingS > 0 ? `, ${durationText(missingS)} to go` : ""})`;
}

function recordingText({ recorderPid }: AnalysisReport): string {
  return recorderPid === null
    ? "Nothing is being recorded now: start with `mtr record`."
    : `Recording goes on: pid ${recorderPid}.`;
}

/** No waiting adds to a range that has passed. */
function isOver({ range, generatedAtMs }: AnalysisReport): boolean {
  return range.endMs < generatedAtMs - 60_000;
}

/** Metrics that have no verdict although the recording is long enough, each with the rule that withholds it. */
function undecided({ metrics }: AnalysisReport): string[] {
  return metrics.flatMap(({ metric, sufficiency }) =>
    sufficiency?.verdict === "not enough data"
      ? [`No verdict on ${metric.title}: ${sufficiency.rule}.`]
      : []
  );
}
