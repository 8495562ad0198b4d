import { quantityText, weekdayName } from "../model/mod.ts";
import type { HeatmapCell, MetricReport } from "../analysis/mod.ts";
import { hoursText, recordedDays } from "./busy_clause.ts";
import { hourProfile, isClearlyAbove, quietRun, weightedMean } from "./daily_pattern.ts";

/** A cell counts when it holds this share of what the fullest one holds: a few minutes are no hour. */
const FULL_ENOUGH = 0.5;
const DAYTIME = { from: 8, to: 21 };

/** Busiest and quietest hours of a metric: `CPU is busiest Thu 14–15 h (mean 48.1 %) and quietest at night, 1–6 h (mean 2.1 %).` */
export function hoursSentence(report: MetricReport): string | null {
  const { metric, heatmap, statistics } = report;
  const fullest = Math.max(0, ...heatmap.map(({ count }) => count));
  const cells = heatmap.filter(({ count }) => count >= fullest * FULL_ENOUGH);
  const busiest = cells.reduce<HeatmapCell | null>(
    (best, cell) => (best && best.mean >= cell.mean ? best : cell),
    null,
  );
  if (!busiest || !isClearlyAbove(busiest.mean, statistics.mean, report)) return null;
  const quiet = quietRun(hourProfile(heatmap, recordedDays(report)), report);
  const average = (value: number) => quantityText(metric.unit, value);
  const when = `${weekdayName(busiest.weekday)} ${busiest.hour}–${busiest.hour + 1} h`;
  const least = quiet
    ? ` and ${wordsFor(report).least} ${nightWord(quiet)}${hoursText(quiet)} (mean ${
      average(quiet.mean)
    })`
    : "";
  const { most } = wordsFor(report);
  return `${metric.title} is ${most} ${when} (mean ${average(busiest.mean)})${least}.`;
}

/** How weekdays compare with weekends, where both were recorded and differ clearly. */
export function weekendSentence(report: MetricReport): string | null {
  const { metric, heatmap } = report;
  const weekdayCells = heatmap.filter(({ weekday }) => weekday <= 5);
  const weekendCells = heatmap.filter(({ weekday }) => weekday > 5);
  // Three weekdays and one day of a weekend, or it would compare single days.
  if (weekdayCells.length < 3 * 24 || weekendCells.length < 12) return null;
  const weekdays = weightedMean(weekdayCells) ?? 0;
  const weekends = weightedMean(weekendCells) ?? 0;
  const figures = (more: number, less: number) =>
    `${quantityText(metric.unit, more)} against ${quantityText(metric.unit, less)}`;
  const { more } = wordsFor(report);
  if (isClearlyAbove(weekdays, weekends, report)) {
    return `${metric.title} is ${more} on weekdays than at weekends: ${
      figures(weekdays, weekends)
    }.`;
  }
  if (isClearlyAbove(weekends, weekdays, report)) {
    return `${metric.title} is ${more} at weekends than on weekdays: ${
      figures(weekends, weekdays)
    }.`;
  }
  return null;
}

/** A processor is busy; power or a temperature is high. */
function wordsFor({ metric }: MetricReport): { most: string; least: string; more: string } {
  return metric.unit === "%" && metric.worse === "higher"
    ? { most: "busiest", least: "quietest", more: "busier" }
    : { most: "highest", least: "lowest", more: "higher" };
}

function nightWord({ from, to, hours }: { from: number; to: number; hours: number }): string {
  const isNight = hours < 12 && (from >= DAYTIME.to || from < DAYTIME.from) &&
    to <= DAYTIME.from + 1;
  return isNight ? "at night, " : "";
}
