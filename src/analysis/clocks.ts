/** Two clocks in one report: heatmaps go by the one where rows were recorded, all other times by that of the report's zone. */
import { zonePeriods } from "../model/mod.ts";
import type { Reduced } from "../store/mod.ts";
import type { ReportRange } from "./report.ts";

/**
 * SQL that tells of one of `metric_spans` whether it was recorded on the clock of a zone: by its offset, and so whatever zone
 * it was. A span in which that clock was set may have any of its offsets. An unknown offset tells nothing.
 */
export function isZoneClockSql({ overview, spanMs }: Reduced, timeZone: string): string {
  // The first span may begin before the first row, by less than its length.
  const periods = zonePeriods(overview.first_ms - spanMs, overview.last_ms + 1, timeZone);
  const [first] = periods;
  if (first && periods.length === 1) return `utc_offset_min = ${first.offsetMin}`;
  const spans = periods.map(({ fromMs, toMs, offsetMin }) => {
    const isWithin = `minute * 60000 > ${fromMs - spanMs} AND minute * 60000 < ${toMs}`;
    return `(utc_offset_min = ${offsetMin} AND ${isWithin})`;
  });
  return spans.join(" OR ");
}

/** Says which times of a report are on which clock, where it matters. */
export function clocksNote(
  { timeZone }: ReportRange,
  { isZoneClock }: { readonly isZoneClock: boolean },
): string[] {
  if (isZoneClock) return [];
  return [
    `not all rows were recorded on the clock of ${timeZone}: heatmaps and busy hours go by the clock on the spot, ` +
    `peaks, gaps and all other times by that of ${timeZone}`,
  ];
}
