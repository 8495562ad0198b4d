import type { SqlValue } from "./sql_value.ts";

/**
 * A value of a query's result as people read it: numbers as numbers, times and everything else as the engine writes them.
 * @param value as DuckDB's API gives it without conversion
 * @param type DuckDB's name of its type
 */
export function displayValue(value: unknown, type: string): SqlValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return type === "FLOAT" ? shortestFloat(value) : value;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (type === "TIMESTAMP WITH TIME ZONE") {
    const date = new Date(Number((value as { micros: bigint }).micros / 1000n));
    // The engine's `infinity` and years beyond JavaScript's are no dates.
    return Number.isNaN(date.getTime()) ? String(value) : date;
  }
  // Not the lists of them: DECIMAL(4,1)[].
  if (/^DECIMAL\(\d+,\s*\d+\)$/.test(type)) return Number(String(value));
  return String(value);
}

/** 32-bit floats widened to 64 bits show digits that they never had: 0.1 becomes 0.10000000149011612. */
function shortestFloat(value: number): number {
  for (let digits = 6; digits <= 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return candidate;
  }
  return value;
}
