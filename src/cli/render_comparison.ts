/** A comparison in the format that was asked for. */
import type { CompareReport } from "../analysis/mod.ts";
import { narrateComparison } from "../narration/mod.ts";
import {
  renderCompareCsv,
  renderCompareHtml,
  renderCompareJson,
  renderCompareJsonLines,
  renderCompareMarkdown,
  renderCompareTerminal,
} from "../report/mod.ts";
import type { ColorLevel } from "./io.ts";
import type { ComparisonFormat } from "./report_formats.ts";

export interface RenderComparisonOptions {
  readonly format: ComparisonFormat;
  readonly width: number;
  readonly color: ColorLevel;
  readonly ascii: boolean;
}

export function renderComparison(
  report: CompareReport,
  { format, ...screen }: RenderComparisonOptions,
): string {
  switch (format) {
    case "table":
      return renderCompareTerminal(report, narrateComparison(report), screen);
    case "markdown":
      return renderCompareMarkdown(report, narrateComparison(report));
    case "html":
      return renderCompareHtml(report, narrateComparison(report));
    case "csv":
      return renderCompareCsv(report);
    case "json":
      return renderCompareJson(report);
    case "jsonlines":
      return renderCompareJsonLines(report);
  }
}
