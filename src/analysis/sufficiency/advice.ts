import { durationText, type Metric } from "../../model/mod.ts";
import type { Verdict } from "../report.ts";
import type { Evidence } from "./evidence.ts";

const GIBIBYTE = 2 ** 30;
/** Room above the highest need that was seen, as KRR leaves it. */
const MEMORY_BUFFER = 1.15;

/** What would change a verdict; null where there is nothing to say. */
export function adviceOn(metric: Metric, verdict: Verdict, evidence: Evidence): string | null {
  if (verdict === "not enough data") return null;
  if (metric.id === "swap_pressure_pct") return null;
  if (verdict === "roomy" || verdict === "adequate") return "nothing to gain";
  return metric.id === "ram_pct" ? moreMemory(evidence) : moreSpeed(metric, evidence);
}

function moreSpeed({ title }: Metric, { above90Pct, recordedS }: Evidence): string {
  const busy = durationText((above90Pct / 100) * recordedS);
  return `a faster ${title} would shorten the ${busy} above 90 %`;
}

/** The highest use and what was in swap, with some room; null where the machine's memory is not known. */
function moreMemory({ statistics, swap, ramTotalBytes }: Evidence): string | null {
  if (ramTotalBytes === null) return null;
  const needPct = statistics.max * MEMORY_BUFFER + (swap?.max ?? 0);
  const missingBytes = (needPct / 100 - 1) * ramTotalBytes;
  return `add ≥ ${Math.max(1, Math.ceil(missingBytes / GIBIBYTE))} GiB`;
}
