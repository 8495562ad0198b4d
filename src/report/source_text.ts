import { durationText } from "../model/mod.ts";
import type { AnalysisReport } from "../analysis/mod.ts";

/** `mactop 2.1.5, every 1 s`. In the first minute of a store, and where its notes on sources were pruned, nobody knows the source. */
export function sourceText({ source, intervalS }: AnalysisReport): string {
  const every = `every ${durationText(intervalS)}`;
  return source === "" ? `a sample ${every}` : `${source}, ${every}`;
}
