/** A report in the format that was asked for. */
import type { AnalysisReport } from "../analysis/mod.ts";
import { narrate, type Summary } from "../narration/mod.ts";
import {
  type ChartKind,
  renderCsv,
  renderHtml,
  renderJson,
  renderJsonLines,
  renderMarkdown,
  renderSvg,
  renderTerminal,
} from "../report/mod.ts";
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

export function renderAnalysis(report: AnalysisReport, options: RenderOptions): string {
  const { format, width, color, ascii, chart, now, summary } = options;
  const sentences = [...narrate(report), ...summaryLines(summary)];
  switch (format) {
    case "table":
      return renderTerminal(report, sentences, { width, color, ascii, chart, now });
    case "markdown":
      return renderMarkdown(report, sentences);
    case "html":
      return renderHtml(report, sentences);
    case "svg":
      return renderSvg(report, report.metrics[0]?.metric.id ?? report.absent[0]?.metric.id ?? "");
    case "csv":
      return renderCsv(report);
    case "json":
      return renderJson(report, { summary, chart });
    case "jsonlines":
      return renderJsonLines(report, { chart });
  }
}

function summaryLines(summary: Summary | undefined): string[] {
  if (!summary || summary.sentences.length === 0) return [];
  return [`In other words (${summary.note}): ${summary.sentences.join(" ")}`];
}
