/** The small arithmetic of parsing: numbers that are there or not, never 0 for "nothing". */

/** The number that a whole text is; undefined for anything else (`Number("")` would be 0). */
export function numberOf(text: string | undefined): number | undefined {
  const trimmed = text?.trim();
  if (!trimmed) return undefined;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : undefined;
}

/** The sum; undefined where there is nothing to add or a part is unknown, because a part of a sum is not the sum. */
export function sumOf(values: readonly (number | undefined)[]): number | undefined {
  if (values.length === 0) return undefined;
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}

/** The mean of those that are known. */
export function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  const sum = sumOf(known);
  return sum === undefined ? undefined : sum / known.length;
}

/** The largest of those that are known. */
export function maxOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** `times(1000, x)`, where x may be unknown. */
export function times(factor: number, value: number | undefined): number | undefined {
  return value === undefined ? undefined : factor * value;
}
