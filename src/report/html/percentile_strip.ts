import type { MetricReport } from "../../analysis/mod.ts";
import { percentileWords } from "../chart/chart_words.ts";
import { short } from "../chart/time_chart.ts";
import { clamped } from "../metric_kind.ts";
import type { MetricScale } from "../metric_scale.ts";
import { type Markup, markup } from "./markup.ts";

const SIZE = { width: 1000, height: 20 };
export const STRIP_PERCENTILES = ["p50", "p75", "p95", "p99", "max"] as const;

/** One bar from nothing to all, a shade paler at each percentile. */
export function percentileStrip(
  report: Pick<MetricReport, "metric" | "statistics">,
  scale: MetricScale,
  { id, title }: { readonly id: string; readonly title: string },
): Markup {
  const ends = STRIP_PERCENTILES.map((name) =>
    clamped(scale.share(report.statistics[name])) * SIZE.width
  );
  const parts = ends.map((end, i) => {
    const from = i === 0 ? 0 : Math.max(0, ...ends.slice(0, i));
    return markup`<rect class="part${i}" x="${short(from)}" y="0" width="${
      short(Math.max(0, end - from))
    }" height="${SIZE.height}"/>`;
  });
  return markup`<svg class="strip" viewBox="0 0 ${SIZE.width} ${SIZE.height}" preserveAspectRatio="none" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${title}</title>
<desc id="${id}-desc">${percentileWords(report, scale)}</desc>
<rect class="track" x="0" y="0" width="${SIZE.width}" height="${SIZE.height}"/>${parts}
</svg>
`;
}
