/**
 * How many random cases a property is tried with: as many as its test says, more with MTR_PROPERTY_RUNS=2000 for all.
 */
export function propertyRuns(usual: number): number {
  return Math.max(usual, Number(Deno.env.get("MTR_PROPERTY_RUNS") ?? 0));
}
