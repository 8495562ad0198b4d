import { messageOf } from "../../model/mod.ts";
import type { AnalysisReport } from "../../analysis/mod.ts";
import { askModel, type Endpoint } from "./ask_model.ts";
import { checkSummary } from "./check_summary.ts";
import { factsOf } from "./facts.ts";
import { promptOf } from "./prompt.ts";

export interface Summary {
  /** The model's sentences that hold; empty where there is none, and the deterministic ones have to do. */
  readonly sentences: readonly string[];
  /** What the reader must know: who wrote it, what was struck out, or why there is nothing. */
  readonly note: string;
}

/** Asks a model for a paragraph and keeps what is true of it. Never throws: a report does not depend on it. */
export async function summarize(
  report: AnalysisReport,
  endpoint: Endpoint,
  options: { readonly allowHostName: boolean },
): Promise<Summary> {
  const facts = factsOf(report, options);
  try {
    const { sentences, struck } = checkSummary(await askModel(promptOf(facts), endpoint), facts);
    const written = `written by ${endpoint.model}, figures checked`;
    if (struck === 0) return { sentences, note: written };
    const which = struck === 1
      ? "1 sentence that did not hold was"
      : `${struck} sentences that did not hold were`;
    return { sentences, note: `${written}; ${which} struck out` };
  } catch (error) {
    return { sentences: [], note: `no summary: ${messageOf(error)}` };
  }
}
