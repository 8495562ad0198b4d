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

/** A report in the format that was asked for. What makes the others is not loaded. */
export async function renderAnalysis(
  report: AnalysisReport,
  options: RenderOptions,
): Promise<string> {
  const { format, width, color, ascii, chart, now, summary } = options;
  switch (format) {
    case "csv":
      return (await import("../report/data.ts")).renderCsv(report);
    case "json":
      return (await import("../report/data.ts")).renderJson(report, { summary, chart });
    case "jsonlines":
      return (await import("../report/data.ts")).renderJsonLines(report, { chart });
    case "table": {
      const { renderTerminal } = await import("../report/screen.ts");
      const sentences = await sentencesOf(report, summary);
      return renderTerminal(report, sentences, { width, color, ascii, chart, now });
    }
    case "markdown":
      return (await import("../report/mod.ts")).renderMarkdown(
        report,
        await sentencesOf(report, summary),
      );
    case "html":
      return (await import("../report/mod.ts")).renderHtml(
        report,
        await sentencesOf(report, summary),
      );
    case "svg":
      return (await import("../report/mod.ts")).renderSvg(report, pictured(report));
  }
}

async function sentencesOf(
  report: AnalysisReport,
  summary: Summary | undefined,
): Promise<string[]> {
  const { narrate } = await import("../narration/mod.ts");
  if (!summary || summary.sentences.length === 0) return narrate(report);
  return [...narrate(report), `In other words (${summary.note}): ${summary.sentences.join(" ")}`];
}

/** The metric that a picture shows: the one that was asked for, known or not. */
function pictured({ metrics, absent }: AnalysisReport): string {
  return metrics[0]?.metric.id ?? absent[0]?.metric.id ?? "";
}
