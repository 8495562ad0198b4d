import type { HttpEndpoint } from "../../platform/mod.ts";
import { describeOtherText } from "./describe_answer.ts";
import { type MetricText, parseMetricText } from "./parse_metric_text.ts";

/** One look at a `/metrics` address. */
export type Scrape =
  | { readonly state: "metrics"; readonly metrics: MetricText }
  /** Nothing there, or no answer; `reason` names the address. */
  | { readonly state: "silent"; readonly isRefused: boolean; readonly reason: string }
  /** Something is there, but gives no metrics. `what` says in words what its answer is, or what is wrong with it. */
  | {
    readonly state: "other";
    readonly isAnswer: boolean;
    readonly what: string;
    readonly reason: string;
  };

/** Asks an endpoint for its metrics. Never throws. */
export async function scrape(endpoint: HttpEndpoint, signal: AbortSignal): Promise<Scrape> {
  const result = await endpoint.get(signal);
  if (result.kind === "too_large" || result.kind === "broken") {
    const what = result.reason.slice(`${endpoint.shown}: `.length);
    return { state: "other", isAnswer: false, what, reason: result.reason };
  }
  if (result.kind !== "answer") {
    return { state: "silent", isRefused: result.kind === "refused", reason: result.reason };
  }
  const other = (what: string): Scrape => ({
    state: "other",
    isAnswer: true,
    what,
    reason: `${endpoint.shown}: it answers with ${what}`,
  });
  if (result.status !== 200) return other(`HTTP status ${result.status}`);
  const metrics = parseMetricText(result.text);
  if (metrics.samples.size === 0) return other(describeOtherText(result.text, metrics));
  // A cut-off text has lost series, and with them what tells mactop's versions, and so its units, apart.
  if (!metrics.isComplete) return other("text that is cut off in the middle of a line");
  return { state: "metrics", metrics };
}

/** Said with a reading when lines of the answer could not be used. */
export function textNotes({ badLines, duplicates }: MetricText): string[] {
  const notes: string[] = [];
  if (badLines > 0) notes.push("lines that are not of the Prometheus format were skipped");
  if (duplicates > 0) notes.push("series that came twice were taken once: the first counts");
  return notes;
}
