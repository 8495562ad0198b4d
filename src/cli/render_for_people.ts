import type { AnalysisReport } from "../analysis/mod.ts";
import { narrate, type Summary } from "../narration/mod.ts";
import { renderHtml, renderMarkdown, renderSvg, renderTerminal } from "../report/mod.ts";
import type { RenderOptions } from "./render_analysis.ts";

/** A report as a screen, a page or a picture, with sentences. */
export function renderForPeople(
  report: AnalysisReport,
  options: RenderOptions & { readonly format: "table" | "markdown" | "html" | "svg" },
): string {
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
  }
}

function summaryLines(summary: Summary | undefined): string[] {
  if (!summary || summary.sentences.length === 0) return [];
  return [`In other words (${summary.note}): ${summary.sentences.join(" ")}`];
}
