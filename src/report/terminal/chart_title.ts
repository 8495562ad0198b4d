import type { MetricReport } from "../../analysis/mod.ts";
import { metricScale } from "../metric_scale.ts";
import { baseColor } from "./load_color.ts";
import type { Theme } from "./theme.ts";

/** The metric and its unit, and, where there is room, what is drawn. */
export function chartTitle(
  report: MetricReport,
  theme: Theme,
  { legend, width }: { readonly legend: string; readonly width: number },
): string {
  const { unit } = metricScale(report);
  const name = theme.text([report.metric.title, unit.label].join(" ").trim());
  const title = baseColor(theme, report.metric).bold(name);
  const words = theme.text(legend);
  return width - name.length - words.length < 3 ? title : `${title}   ${theme.chalk.dim(words)}`;
}
