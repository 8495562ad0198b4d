/** Metrics that were zero throughout one period and are used since a moment of the other: no statistics needed. Pure. */
import type { HourRow } from "./read_period.ts";

/** A beginning or an end that stayed. */
export interface Turn {
  readonly verdict: "new" | "gone";
  /** Since 1970; of the first (or last) span of up to 15 minutes with a value above zero. */
  readonly minute: number;
}

/** So much of a period has to be zero to say that the metric was not used in it. */
const FEWEST_QUIET_HOURS = 24;
/** So many hours, and so large a share of those recorded, have to be used: a passing use is no turn. */
const FEWEST_USED_HOURS = 3;
const MOST = 0.5;

/** Of one metric's hours in both periods; null for anything between. */
export function findTurn(a: readonly HourRow[], b: readonly HourRow[]): Turn | null {
  if (isQuiet(a)) {
    const first = b.find(isUsed);
    const since = first ? b.filter(({ local_hour: hour }) => hour >= first.local_hour) : [];
    return first && isMostlyUsed(since) ? { verdict: "new", minute: first.first_used ?? 0 } : null;
  }
  if (!isQuiet(b)) return null;
  const last = a.findLast(isUsed);
  const until = last ? a.filter(({ local_hour: hour }) => hour <= last.local_hour) : [];
  return last && isMostlyUsed(until) ? { verdict: "gone", minute: last.last_used ?? 0 } : null;
}

function isQuiet(hours: readonly HourRow[]): boolean {
  return hours.length >= FEWEST_QUIET_HOURS && !hours.some(isUsed);
}

function isMostlyUsed(hours: readonly HourRow[]): boolean {
  const used = hours.filter(isUsed).length;
  return used >= FEWEST_USED_HOURS && used >= MOST * hours.length;
}

function isUsed({ max }: HourRow): boolean {
  return max > 0;
}
