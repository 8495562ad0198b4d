import type { AnalysisReport } from "../analysis/mod.ts";
import type { Summary } from "../narration/mod.ts";
import type { ChartKind } from "../report/mod.ts";
import type { ColorLevel } from "./io.ts";
import type { AnalysisFormat } from "./report_formats.ts";

export interface RenderOptions {
  readonly format: AnalysisFormat;
  readonly width: number;
  readonly color: ColorLevel;
  readonly ascii: boolean;
  readonly chart: ChartKind | null;
  readonly now: number;
  /** A language model's paragraph, checked; it stands behind the deterministic sentences. */
  readonly summary?: Summary | undefined;
}

/** A report in the format that was asked for. What draws tables and pages is loaded only for people. */
export async function renderAnalysis(
  report: AnalysisReport,
  options: RenderOptions,
): Promise<string> {
  const { format, chart, summary } = options;
  const data = await import("../report/data.ts");
  switch (format) {
    case "csv":
      return data.renderCsv(report);
    case "json":
      return data.renderJson(report, { summary, chart });
    case "jsonlines":
      return data.renderJsonLines(report, { chart });
    default: {
      const { renderForPeople } = await import("./render_for_people.ts");
      return renderForPeople(report, { ...options, format });
    }
  }
}
