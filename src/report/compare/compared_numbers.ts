/** The numbers of a comparison as text. */
import { type DisplayUnit, displayUnit } from "../../model/mod.ts";
import type { ComparedMetric, CompareReport, ShiftStatistic } from "../../analysis/mod.ts";
import { rangeText } from "../range_text.ts";

/** As `SHIFT_STATISTICS` of analysis, of which report may import types only. */
export const STATISTICS: readonly ShiftStatistic[] = ["mean", "p50", "p75", "p95", "max"];

/** One unit for all numbers of a metric. */
export function unitOf({ metric, a, b }: ComparedMetric): DisplayUnit {
  return displayUnit(metric.unit, Math.max(Math.abs(a.max), Math.abs(b.max)));
}

export interface NumberPair {
  readonly a: string;
  readonly b: string;
}

/** A statistic in both periods, in the metric's unit. */
export function pairOf(compared: ComparedMetric, statistic: ShiftStatistic): NumberPair {
  const { factor, decimals } = unitOf(compared);
  const text = (value: number) =>
    Number.isFinite(value) ? withoutZeroSign((value / factor).toFixed(decimals)) : "–";
  return { a: text(compared.a[statistic]), b: text(compared.b[statistic]) };
}

/** A difference in the metric's unit: `+11.2`, `−3.0`, `0.0`. */
export function signedText(compared: ComparedMetric, difference: number): string {
  const { factor, decimals } = unitOf(compared);
  const text = withoutZeroSign((difference / factor).toFixed(decimals));
  return Number(text) > 0 ? `+${text}` : text.replace("-", "−");
}

/** −0.04 rounds to a zero with a sign. */
function withoutZeroSign(text: string): string {
  return text.replace(/^-(0(\.0*)?)$/, "$1");
}

/**
 * `Mon 9 Nov – Sun 15 Nov 2026 → Mon 16 Nov – Sun 22 Nov 2026 (Europe/Berlin)`.
 * @param names what stands before each of them
 */
export function rangesText({ a, b }: CompareReport, names: readonly [string, string] = ["", ""]) {
  const [from, to] = [rangeText(a.range), rangeText(b.range)];
  return `${names[0]}${from} → ${names[1]}${to} (${b.range.timeZone})`;
}

/** `last-week → this-week`. */
export function askedText({ a, b }: CompareReport): string {
  return `${a.range.resolvedFrom} → ${b.range.resolvedFrom}`;
}

/** `same weekdays and hours, 154 of 168 hours in both`. */
export function matchText({ match, commonCells, possibleCells, a, b }: CompareReport): string {
  const hours = `${commonCells} of ${possibleCells} hours`;
  switch (match) {
    case "weekday-hour":
      return `same weekdays and hours, ${hours} in both`;
    case "hour":
      return `same hours of the day, ${hours} in both`;
    case "all":
      return `all hours, ${a.hours} h against ${b.hours} h`;
  }
}
