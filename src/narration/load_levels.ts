/** Words for how loaded something is, by its mean over the range. The only place that knows these thresholds. */
export const LOAD_LEVELS = [
  { belowPct: 3, word: "next to nothing" },
  { belowPct: 12, word: "light" },
  { belowPct: 35, word: "moderate" },
  { belowPct: 65, word: "high" },
  { belowPct: Infinity, word: "very high" },
] as const;

export type LoadLevel = (typeof LOAD_LEVELS)[number]["word"];

/** The word for a mean load in percent. */
export function loadLevel(meanPct: number): LoadLevel {
  return LOAD_LEVELS.find(({ belowPct }) => meanPct < belowPct)?.word ?? "very high";
}
