import { type AnalysisReport, analyze } from "../../src/analysis/mod.ts";
import { reportableMetric } from "../../src/model/mod.ts";
import type { DataFolder } from "../../src/store/mod.ts";

interface Asked {
  readonly startMs: number;
  readonly endMs: number;
  readonly timeZone?: string;
  readonly metric?: string;
  readonly exact?: boolean;
  readonly heatStatistic?: "mean" | "p95";
  readonly columns?: number;
}

/** A report on one metric of a range, as the command would ask for it just after the range. */
export function plainReport(folder: DataFolder, asked: Asked): Promise<AnalysisReport> {
  const { startMs, endMs, timeZone = "UTC", metric = "cpu_pct" } = asked;
  const { exact = false, heatStatistic = "mean", columns = 80 } = asked;
  return analyze(folder, {
    range: { startMs, endMs, timeZone, resolvedFrom: "test" },
    metrics: [reportableMetric(metric)],
    heatStatistic,
    withP95: heatStatistic === "p95",
    exact,
    columns,
    nowMs: endMs,
    recorderPid: null,
  });
}
