/** What a comparison says: a clause a metric, and what has to be known to read it. Pure and deterministic. */
import { clockText, dateText, localTime, quantityText, weekdayName } from "../model/mod.ts";
import type { ChangePlace, ComparedMetric, CompareReport, Effect } from "../analysis/mod.ts";

export interface ComparisonWords {
  /** In the order of the report's metrics: `yes: higher at every hour (effect 0.62, 99 % interval 0.51 … 0.72)`. */
  readonly clauses: readonly string[];
  /** Sentences on what the verdicts can and can't say. */
  readonly remarks: readonly string[];
}

const DAY_MS = 86_400_000;
/** Single weekdays are tested from three of them on. */
const WEEKS_FOR_WEEKDAYS = 3;
const EVERY_PCT = 99.5;
const MOST_PCT = 80;
const WEEK = 7;

export function narrateComparison(report: CompareReport): ComparisonWords {
  return {
    clauses: report.metrics.map((metric) => changeClause(metric, report.b.range.timeZone)),
    remarks: remarksOn(report),
  };
}

function changeClause(compared: ComparedMetric, timeZone: string): string {
  switch (compared.verdict) {
    case "no change":
      return "no";
    case "not enough data":
      return `not enough data: ${compared.reason}`;
    case "new":
    case "gone":
      return `yes: ${compared.verdict} since ${momentText(compared.sinceMs, timeZone)}`;
    case "changed":
      return `yes: ${compared.direction}${placeText(compared)}`;
  }
}

/** ` at every hour (effect …)` or `, mostly Tue 18–23 h (+10.1 points there, effect …)`. */
function placeText({ where, metric }: ComparedMetric): string {
  if (!where) return "";
  if (where.isEverywhere) return ` ${extentText(where)} (${effectText(where.effect)})`;
  const shift = shiftText(where.shift, metric.unit);
  return `, mostly ${periodText(where)} (${shift} there, ${effectText(where.effect)})`;
}

function extentText({ sameDirectionPct }: ChangePlace): string {
  if (sameDirectionPct >= EVERY_PCT) return "at every hour";
  return sameDirectionPct >= MOST_PCT ? "at most hours" : "over all hours together";
}

/** `Tue–Thu 14–18 h`, `Tue`, `18–23 h`. */
function periodText({ weekdays, fromHour, toHour }: ChangePlace): string {
  const [first, last] = [weekdays[0], weekdays.at(-1)];
  const isAllWeek = first === undefined || last === undefined || weekdays.length === WEEK;
  const days = isAllWeek
    ? []
    : weekdays.length === 1
    ? [weekdayName(first)]
    : last - first === weekdays.length - 1
    ? [`${weekdayName(first)}–${weekdayName(last)}`]
    : [weekdays.map(weekdayName).join(", ")];
  const hours = toHour - fromHour < 24 ? [`${fromHour}–${toHour} h`] : [];
  return [...days, ...hours].join(" ");
}

/** Percentages differ by points: 40 % → 50 % is not "10 % more". */
function shiftText(shift: number, unit: ComparedMetric["metric"]["unit"]): string {
  const sign = shift > 0 ? "+" : "−";
  if (unit === "%") return `${sign}${Math.abs(shift).toFixed(1)} points`;
  return `${sign}${quantityText(unit, Math.abs(shift))}`;
}

function effectText({ delta, low, high }: Effect): string {
  const number = (value: number) => value.toFixed(2).replace("-", "−").replace(/^−(0\.00)$/, "$1");
  if (low === null || high === null) return `effect ${number(delta)}`;
  return `effect ${number(delta)}, 99 % interval ${number(low)} … ${number(high)}`;
}

function momentText(ms: number | null, timeZone: string): string {
  if (ms === null) return "an unknown moment";
  const time = localTime(ms, timeZone);
  return `${dateText(time)} ${clockText(time)}`;
}

function remarksOn(report: CompareReport): string[] {
  const { metrics, match } = report;
  const wasTested = metrics.some(({ p }) => p !== null);
  const shortest = Math.min(
    ...[report.a, report.b].map(({ range }) => range.endMs - range.startMs),
  );
  const isShort = shortest < WEEKS_FOR_WEEKDAYS * WEEK * DAY_MS - DAY_MS;
  return [
    ...(metrics.some(({ verdict }) => verdict === "changed")
      ? [
        "effect: Cliff's delta, from −1 (every hour lower than those like it) over 0 to 1 (every hour higher).",
      ]
      : []),
    ...(match === "weekday-hour" && wasTested && isShort
      ? ["A change of a single weekday can be told from chance from three weeks of each on."]
      : []),
    ...(match === "hour"
      ? ["Weekdays are not told apart: an hour is compared with the same hour of any day."]
      : []),
  ];
}
