/** The known word that a mistyped one most likely meant; undefined when none is near. */
export function nearestWord(typed: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(typed.length / 2)) + 1;
  for (const word of known) {
    const distance = sharesStem(typed, word) ? 1 : editDistance(typed.toLowerCase(), word);
    if (distance < bestDistance) [best, bestDistance] = [word, distance];
  }
  return best;
}

/** `cpu_percent` and `cpu_pct` share the stem `cpu` and differ in how they spell the unit. */
function sharesStem(a: string, b: string): boolean {
  const canonical = (word: string) =>
    word.toLowerCase().replace(/_(percent|percentage|usage|util)$/, "_pct").replace(/[-.]/g, "_");
  return canonical(a) === b;
}

/** Levenshtein distance: the number of single-character edits between two words. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
