/** Whether the machine is big enough in one respect. Each verdict carries its rule, so that it can be disputed. */
import type { Metric } from "../model/mod.ts";
import type { Distribution } from "./distribution.ts";
import type { Sufficiency, Verdict } from "./report.ts";

/** Below that, what is not seen yet outweighs what is (KRR withholds below 100 points, Kruize below 96). */
export const VERDICT_NEEDS_S = 3 * 3600;
export const VERDICT_NEEDS_SAMPLES = 100;

interface Rule {
  readonly verdict: Verdict;
  /** Met when p95 or the share of time above 90 % reaches its limit. */
  readonly p95: number;
  readonly above90Pct: number;
}

/** From worst to best; the first that is met gives the verdict. */
const CAPACITY_RULES: readonly Rule[] = [
  { verdict: "insufficient", p95: 95, above90Pct: 10 },
  { verdict: "tight", p95: 85, above90Pct: 5 },
  { verdict: "adequate", p95: 50, above90Pct: 0.5 },
];

/** Swap is no capacity but a symptom: how much of RAM had to be put elsewhere. */
const SWAP_RULES: readonly Rule[] = [
  { verdict: "insufficient", p95: 25, above90Pct: Number.POSITIVE_INFINITY },
  { verdict: "tight", p95: 10, above90Pct: Number.POSITIVE_INFINITY },
  { verdict: "adequate", p95: 1, above90Pct: Number.POSITIVE_INFINITY },
];

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  cpu_pct: CAPACITY_RULES,
  ecpu_pct: CAPACITY_RULES,
  pcpu_pct: CAPACITY_RULES,
  scpu_pct: CAPACITY_RULES,
  gpu_pct: CAPACITY_RULES,
  ram_pct: CAPACITY_RULES,
  swap_pressure_pct: SWAP_RULES,
};

/** The verdict on a metric; null for one that is not a share of a capacity. */
export function judge(
  metric: Metric,
  { statistics, above90Pct }: Distribution,
  recordedS: number,
): Sufficiency | null {
  const rules = RULES[metric.id];
  if (!rules) return null;
  const { p75, p95, count } = statistics;
  const figures = { gapP95P75: p95 - p75, headroom: 100 - p95, above90Pct };
  const missing = missingEvidence(recordedS, count);
  if (missing) return { ...figures, verdict: "not enough data", rule: missing };
  const met = rules.find((rule) => p95 >= rule.p95 || above90Pct >= rule.above90Pct);
  return { ...figures, verdict: met?.verdict ?? "roomy", rule: ruleText(rules, met, figures, p95) };
}

function missingEvidence(recordedS: number, count: number): string | null {
  const missingS = VERDICT_NEEDS_S - recordedS;
  if (missingS > 0) return `needs ${Math.ceil(missingS / 360) / 10} more hours of data`;
  if (count < VERDICT_NEEDS_SAMPLES) return `needs ${VERDICT_NEEDS_SAMPLES - count} more samples`;
  return null;
}

/** The limits that decided, with the figures: `p95 64.3 ≥ 50`; for the best verdict, that none was reached. */
function ruleText(
  rules: readonly Rule[],
  met: Rule | undefined,
  { above90Pct }: { readonly above90Pct: number },
  p95: number,
): string {
  const limits = met ?? rules.at(-1);
  if (!limits) return "";
  const sign = met ? "≥" : "<";
  const conditions = [
    { holds: p95 >= limits.p95, text: `p95 ${p95.toFixed(1)} ${sign} ${limits.p95}` },
    {
      holds: above90Pct >= limits.above90Pct,
      text: `${above90Pct.toFixed(1)} % of the time above 90 ${sign} ${limits.above90Pct} %`,
    },
  ].filter(({ text }) => !text.includes("Infinity"));
  const telling = met ? conditions.filter(({ holds }) => holds) : conditions;
  return telling.map(({ text }) => text).join(" and ");
}
