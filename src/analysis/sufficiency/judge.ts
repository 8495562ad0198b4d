/** Whether the machine is big enough in one respect. Each verdict carries its rule and evidence, so that it can be disputed. */
import type { Metric } from "../../model/mod.ts";
import type { Sufficiency, Verdict } from "../report.ts";
import { adviceOn } from "./advice.ts";
import type { Evidence } from "./evidence.ts";
import { type Limit, LIMITS } from "./rules.ts";

/** Below that, what is not seen yet outweighs what is (KRR withholds below 100 points, Kruize below 96). */
export const VERDICT_NEEDS_S = 3 * 3600;
const VERDICT_NEEDS_SAMPLES = 100;
/** With more of the period unseen, "it was never busy" is not known. */
const MOST_UNSEEN_PCT = 25;

const FROM_WORST = ["insufficient", "tight", "adequate"] as const;

/** The verdict on a metric; null for one that is not a share of a capacity. */
export function judge(metric: Metric, evidence: Evidence): Sufficiency | null {
  const limits = LIMITS[metric.id];
  if (!limits) return null;
  const { verdict, rule } = withheld(evidence) ?? hidden(decide(limits, evidence), evidence);
  const { p75, p95 } = evidence.statistics;
  return {
    gapP95P75: p95 - p75,
    headroom: 100 - p95,
    above90Pct: evidence.above90Pct,
    longestAbove90: evidence.longestAbove90,
    verdict,
    rule,
    advice: adviceOn(metric, verdict, evidence),
  };
}

interface Decision {
  readonly verdict: Verdict;
  readonly rule: string;
}

function withheld({ recordedS, statistics }: Evidence): Decision | null {
  const missingS = VERDICT_NEEDS_S - recordedS;
  if (missingS > 0) return notEnough(`needs ${Math.ceil(missingS / 360) / 10} more hours of data`);
  const missingSamples = VERDICT_NEEDS_SAMPLES - statistics.count;
  return missingSamples > 0 ? notEnough(`needs ${missingSamples} more samples`) : null;
}

function decide(limits: readonly Limit[], evidence: Evidence): Decision {
  for (const verdict of FROM_WORST) {
    const met = limits.flatMap((limit) => reached(limit, verdict, evidence) ?? []);
    if (met.length > 0) return { verdict, rule: met.join(" and ") };
  }
  const rule = limits.flatMap((limit) => notReached(limit, evidence) ?? []).join(" and ");
  return { verdict: "roomy", rule };
}

/** What was seen to be too much stays seen; what was seen to be little may have been more while nobody looked. */
function hidden(decision: Decision, { unseenPct }: Evidence): Decision {
  const isGood = decision.verdict === "roomy" || decision.verdict === "adequate";
  if (!isGood || unseenPct <= MOST_UNSEEN_PCT) return decision;
  return notEnough(
    `${Math.round(unseenPct)} % of the period was not recorded, and a peak could hide there`,
  );
}

function reached(limit: Limit, verdict: Verdict, evidence: Evidence): string | null {
  const figure = limit.figure(evidence);
  const least = limit.limits[verdict];
  if (figure === null || least === undefined || figure < least) return null;
  return `${limit.words(figure)} ≥ ${limit.limitWords(least)}`;
}

function notReached(limit: Limit, evidence: Evidence): string | null {
  const figure = limit.figure(evidence);
  const least = limit.limits.adequate;
  if (figure === null || least === undefined) return null;
  return `${limit.words(figure)} < ${limit.limitWords(least)}`;
}

function notEnough(rule: string): Decision {
  return { verdict: "not enough data", rule };
}
