/** How the time is spread over ranges of values: a bar a range, each with its share in figures. */
import { shareText } from "../../model/mod.ts";
import type { AnalysisReport, MetricReport, ValueBins } from "../../analysis/mod.ts";
import { isShare } from "../metric_kind.ts";
import { metricScale } from "../metric_scale.ts";
import { padEnd, padStart, widthOf } from "./block.ts";
import { inRows } from "./chart_grid.ts";
import { chartTitle } from "./chart_title.ts";
import { valueColor } from "./load_color.ts";
import type { Theme } from "./theme.ts";

/** Ranges of 10 % are what people expect; tops of other units are made for quarters. */
const BARS = { share: 10, other: 8 };

const NARROWEST_BAR = 6;

export function histograms(report: AnalysisReport, theme: Theme, width: number): string[][] {
  return inRows(report.metrics, width, (metric, columns) => histogram(metric, theme, columns));
}

function histogram(report: MetricReport, theme: Theme, width: number): string[] {
  const { metric, valueBins } = report;
  if (!valueBins) return [];
  const scale = metricScale(report);
  const bars = barsOf(valueBins, isShare(metric) ? BARS.share : BARS.other);
  const shares = bars.map(({ sharePct }) => theme.text(shareText(sharePct)));
  const shareWidth = widthOf(shares);
  const names = rangeNames(bars, {
    format: (value) => theme.text(scale.format(value) ?? ""),
    width: width - shareWidth - 3 - NARROWEST_BAR,
  });
  const nameWidth = widthOf(names);
  const room = width - nameWidth - shareWidth - 3;
  const largest = Math.max(...bars.map(({ sharePct }) => sharePct));
  return [
    chartTitle(report, theme, { legend: "share of the time", width }),
    ...bars.map(({ sharePct, from, to }, i) => {
      const color = valueColor(theme, metric, scale.share((from + to) / 2));
      const bar = barText(largest > 0 ? room * sharePct / largest : 0, theme);
      const name = padStart(names[i] ?? "", nameWidth);
      return `${name}  ${padStart(shares[i] ?? "", shareWidth)} ${color(bar)}`;
    }),
  ];
}

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly sharePct: number;
}

/** So many equal bars, without the empty ones at both ends. */
function barsOf({ top, sharesPct }: ValueBins, count: number): Bar[] {
  const size = sharesPct.length / count;
  const bars = Array.from({ length: count }, (_, i) => ({
    from: top * i / count,
    to: top * (i + 1) / count,
    sharePct: sharesPct.slice(i * size, (i + 1) * size).reduce((sum, share) => sum + share, 0),
  }));
  const isFull = ({ sharePct }: Bar) => sharePct > 0;
  return bars.slice(Math.max(0, bars.findIndex(isFull)), bars.findLastIndex(isFull) + 1);
}

/** `10 - 20`, both ends aligned; only the lower end where that takes too much room. */
function rangeNames(
  bars: readonly Bar[],
  { format, width }: { format: (value: number) => string; width: number },
): string[] {
  const texts = bars.map(({ from, to }) => [format(from), format(to)] as const);
  const areWhole = texts.flat().every((text) => /^\d+(\.0+)?$/.test(text));
  const short = (text: string) => (areWhole ? String(Number(text)) : text);
  const ends = texts.map(([, to]) => short(to));
  const names = texts.map(([from], i) =>
    `${short(from)} - ${padEnd(ends[i] ?? "", widthOf(ends))}`
  );
  return widthOf(names) <= width ? names : texts.map(([from]) => `${short(from)} -`);
}

/** What is not nothing is seen. */
function barText(columns: number, { glyphs: { bar } }: Theme): string {
  const steps = Math.max(columns > 0 ? 1 : 0, Math.round(columns * bar.length));
  const whole = Math.floor(steps / bar.length);
  return (bar.at(-1) ?? "").repeat(whole) + (bar[steps % bar.length - 1] ?? "");
}
