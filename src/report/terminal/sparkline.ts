import type { MetricReport, TimelineBin } from "../../analysis/mod.ts";
import { metricScale } from "../metric_scale.ts";
import { rampGlyph } from "./heatmap.ts";
import { valueColor } from "./load_color.ts";
import type { Theme } from "./theme.ts";

/** One glyph a bin, at most `width` of them; blank where nothing was recorded. */
export function sparkline(report: MetricReport, theme: Theme, width: number): string {
  const scale = metricScale(report);
  return fitted(report.timeline, width).map(({ mean }) => {
    if (mean === null || !Number.isFinite(mean)) return " ";
    const share = scale.share(mean);
    return valueColor(theme, report.metric, share)(rampGlyph(share, theme));
  }).join("");
}

/** The bins, or where there are more than `columns`, neighbours joined so that they fit. */
export function fitted(bins: readonly TimelineBin[], columns: number): readonly TimelineBin[] {
  if (bins.length <= columns || columns < 1) return bins;
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor(column * bins.length / columns);
    const to = Math.floor((column + 1) * bins.length / columns);
    return joined(bins.slice(from, to));
  });
}

/** Bins are equally long, so the mean of their means is that of the time they cover, as far as it was recorded. */
function joined(bins: readonly TimelineBin[]): TimelineBin {
  const values = (key: "mean" | "min" | "max") =>
    bins.flatMap((bin) => (bin[key] === null || Number.isNaN(bin[key]) ? [] : [bin[key]]));
  const means = values("mean");
  const isEmpty = means.length === 0;
  return {
    startMs: bins[0]?.startMs ?? 0,
    mean: isEmpty ? null : means.reduce((sum, mean) => sum + mean, 0) / means.length,
    min: isEmpty ? null : Math.min(...values("min")),
    max: isEmpty ? null : Math.max(...values("max")),
  };
}
