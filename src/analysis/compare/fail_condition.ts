/** `--fail-on 'cpu_pct.p95 > +20%'`: what of a comparison shall make mtr end with exit code 4. Pure. */
import { nearestWord, NoDataError, reportableMetric, UsageError } from "../../model/mod.ts";
import type { ComparedMetric, CompareReport } from "./compare_report.ts";

export const SHIFT_STATISTICS = ["mean", "p50", "p75", "p95", "max"] as const;
export type ShiftStatistic = (typeof SHIFT_STATISTICS)[number];

const OPERATORS = [">=", "<=", ">", "<"] as const;
type Operator = (typeof OPERATORS)[number];

/** A limit on how far a statistic moved from A to B, or that any metric changed by more than noise. */
export type FailCondition =
  | { readonly kind: "change"; readonly text: string }
  | {
    readonly kind: "shift";
    /** As typed. */
    readonly text: string;
    readonly metricId: string;
    readonly statistic: ShiftStatistic;
    readonly operator: Operator;
    /** In the metric's unit, or in percent of A's value. */
    readonly limit: number;
    readonly isRelative: boolean;
  };

const SHIFT_REGEXP = /^([a-z0-9_]+)\.([a-z0-9]+)\s*(>=|<=|>|<)\s*([+-]?\d+(?:\.\d+)?)\s*(%?)$/i;
const EXAMPLES =
  "for example: --fail-on 'cpu_pct.p95 > +20%', 'ram_pct.mean > +5', 'gpu_pct.max < -10%', change";

/** @throws {UsageError} for anything else, and for metrics and statistics that do not exist */
export function parseFailCondition(typed: string): FailCondition {
  const text = typed.trim();
  if (text.toLowerCase() === "change") return { kind: "change", text };
  const [, id = "", name = "", operator, number, percent] = SHIFT_REGEXP.exec(text) ?? [];
  if (!operator) {
    throw new UsageError(`--fail-on ${typed}: not a condition that mtr knows`, [EXAMPLES]);
  }
  const statistic = SHIFT_STATISTICS.find((known) => known === name.toLowerCase());
  if (!statistic) {
    const nearest = nearestWord(name, SHIFT_STATISTICS);
    throw new UsageError(
      `--fail-on ${typed}: no statistic called ${name}` +
        (nearest ? `; did you mean ${nearest}?` : ""),
      [`there are ${SHIFT_STATISTICS.join(", ")}`, EXAMPLES],
    );
  }
  return {
    kind: "shift",
    text,
    metricId: reportableMetric(id).id,
    statistic,
    operator: operator as Operator,
    limit: Number(number),
    isRelative: percent === "%",
  };
}

/** How far a statistic moved: B − A, and in percent of A. From zero to something is infinitely more. */
export function shiftOf(
  { a, b }: Pick<ComparedMetric, "a" | "b">,
  statistic: ShiftStatistic,
): { readonly absolute: number; readonly relativePct: number } {
  const absolute = b[statistic] - a[statistic];
  if (absolute === 0) return { absolute, relativePct: 0 };
  return { absolute, relativePct: (100 * absolute) / Math.abs(a[statistic]) };
}

/**
 * What made a condition true, in words: `cpu_pct.p95 went from 48.0 to 64.3 (+34.0 %)`; null where it is not.
 * @throws {NoDataError} when its metric could not be compared: a check that can't be made is not passed
 */
export function conditionMet(condition: FailCondition, report: CompareReport): string | null {
  if (condition.kind === "change") return changesIn(report);
  const { metricId, statistic, operator, limit, isRelative } = condition;
  const compared = report.metrics.find(({ metric }) => metric.id === metricId);
  if (!compared) {
    const reason = report.absent.find(({ metric }) => metric.id === metricId)?.reason;
    throw new NoDataError(
      `--fail-on ${condition.text} can't be checked: ${metricId} was ${reason ?? "not compared"}`,
      ["what was recorded: mtr metrics, mtr analyze --metrics " + metricId],
    );
  }
  const { absolute, relativePct } = shiftOf(compared, statistic);
  if (!holds(isRelative ? relativePct : absolute, operator, limit)) return null;
  const [from, to] = [compared.a[statistic], compared.b[statistic]];
  const by = Number.isFinite(relativePct) ? `, ${signed(relativePct, 1)} %` : "";
  return `${metricId}.${statistic} went from ${number(from)} to ${number(to)} (${
    signed(absolute, 2)
  }${by})`;
}

function changesIn({ metrics }: CompareReport): string | null {
  const changed = metrics.filter(({ verdict }) => ["changed", "new", "gone"].includes(verdict));
  if (changed.length === 0) return null;
  return changed.map(({ metric, verdict, direction }) =>
    `${metric.id} ${verdict === "changed" ? `is ${direction}` : `is ${verdict}`}`
  ).join(", ");
}

function holds(value: number, operator: Operator, limit: number): boolean {
  switch (operator) {
    case ">":
      return value > limit;
    case ">=":
      return value >= limit;
    case "<":
      return value < limit;
    case "<=":
      return value <= limit;
  }
}

function number(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function signed(value: number, decimals: number): string {
  return (value > 0 ? "+" : "") + value.toFixed(decimals);
}
