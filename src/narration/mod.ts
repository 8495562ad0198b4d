/** A report's facts → sentences. Pure and deterministic. */
export { LOAD_LEVELS, type LoadLevel, loadLevel } from "./load_levels.ts";
export { narrate } from "./narrate.ts";
export { factsOf, type SummaryFacts } from "./summary/facts.ts";
export { type ChatMessage, promptOf } from "./summary/prompt.ts";
export { type CheckedSummary, checkSummary } from "./summary/check_summary.ts";
export { summarize, type Summary } from "./summary/summarize.ts";
export type { Endpoint } from "./summary/ask_model.ts";
export { type ComparisonWords, narrateComparison } from "./narrate_comparison.ts";
