import { EVERYTHING } from "./everything.ts";

/**
 * How many random cases a property is tried with: as many as its test says for everyday runs, and for those of everything;
 * more with MTR_PROPERTY_RUNS=2000 for all.
 */
export function propertyRuns(everyday: number, everything = everyday): number {
  const usual = EVERYTHING ? everything : everyday;
  return Math.max(usual, Number(Deno.env.get("MTR_PROPERTY_RUNS") ?? 0));
}
