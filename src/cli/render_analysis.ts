/** A report in the format that was asked for. */
import type { AnalysisReport } from "../analysis/mod.ts";
import { narrate } from "../narration/mod.ts";
import { renderCsv, renderJson, renderMarkdown, renderTerminal } from "../report/mod.ts";
import type { ColorLevel } from "./io.ts";

export interface RenderOptions {
  readonly format: "table" | "markdown" | "csv" | "json";
  readonly width: number;
  readonly color: ColorLevel;
  readonly ascii: boolean;
  readonly chart: boolean;
  readonly now: number;
}

export function renderAnalysis(report: AnalysisReport, options: RenderOptions): string {
  const { format, width, color, ascii, chart, now } = options;
  switch (format) {
    case "table":
      return renderTerminal(report, narrate(report), { width, color, ascii, chart, now });
    case "markdown":
      return renderMarkdown(report, narrate(report));
    case "csv":
      return renderCsv(report);
    case "json":
      return renderJson(report);
  }
}
