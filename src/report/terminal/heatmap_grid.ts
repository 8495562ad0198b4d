import type { AnalysisReport, HeatStatistic } from "../../analysis/mod.ts";
import { isLoad, isShare } from "../metric_kind.ts";
import { above, beside, type Lines } from "./block.ts";
import { heatmapLines, heatmapWidth, rampGlyph, weekdaysOf } from "./heatmap.ts";
import { cellColor, valueColor } from "./load_color.ts";
import type { Theme } from "./theme.ts";
import { joinWrapped } from "./wrap_text.ts";

const GAP = "  ";

export interface GridShape {
  /** Heatmaps side by side. */
  readonly across: number;
  /** Columns a cell takes. */
  readonly cellWidth: number;
}

/** Columns that a grid takes. */
export function gridWidth({ across, cellWidth }: GridShape): number {
  return across * heatmapWidth(cellWidth) + (across - 1) * GAP.length;
}

/** All heatmaps of a report in rows of `across`, and the legend in at most `width` columns. */
export function heatmapGrid(
  report: AnalysisReport,
  theme: Theme,
  { width, ...shape }: GridShape & { readonly width: number },
): string[] {
  const options = {
    theme,
    cellWidth: shape.cellWidth,
    statistic: report.heatStatistic,
    weekdays: weekdaysOf(report),
  };
  const maps = report.metrics.map((metric) => heatmapLines(metric, options));
  const rows: Lines[] = [];
  for (let i = 0; i < maps.length; i += shape.across) {
    const row = maps.slice(i, i + shape.across);
    rows.push(beside(row, { gap: GAP, width: heatmapWidth(shape.cellWidth) }));
  }
  const of = HEAT_WORDS[report.heatStatistic];
  return above(...rows, rampLegend(report, theme, { of, width, isPainted: theme.paintsCells }));
}

const HEAT_WORDS: Record<HeatStatistic, string> = {
  mean: "mean per hour",
  p95: "p95 per hour",
  max: "max per hour",
};

/** What shades or glyphs mean, in as many lines as `width` asks for. */
export function rampLegend(
  report: AnalysisReport,
  theme: Theme,
  { of, width, isPainted }: { of: string; width: number; isPainted: boolean },
): string[] {
  const shares = report.metrics.filter(({ metric }) => isShare(metric)).length;
  const top = shares > 0 ? "100 %" : "own max";
  const pieces = [`${of}   0 ${rampSample(report, theme, isPainted)} ${top}`];
  if (shares > 0 && shares < report.metrics.length) pieces.push("others: 0 to own max");
  pieces.push("blank = not recorded");
  return joinWrapped(pieces, { separator: "   ", width });
}

function rampSample({ metrics }: AnalysisReport, theme: Theme, isPainted: boolean): string {
  const steps = theme.glyphs.ramp.length;
  const shares = Array.from({ length: steps }, (_, i) => i / (steps - 1));
  const example = metrics.find(({ metric }) => isLoad(metric)) ?? metrics[0];
  return shares.map((share) => {
    const glyph = rampGlyph(share, theme);
    if (!example) return glyph;
    return isPainted
      ? cellColor(theme, example.metric, share)(" ")
      : valueColor(theme, example.metric, share)(glyph);
  }).join("");
}
