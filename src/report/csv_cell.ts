/** A value of a report's CSV; null, an empty cell, for what does not exist. */
export function csvCell(value: string | number | boolean | null): string | null {
  if (value === null || (typeof value === "number" && !Number.isFinite(value))) return null;
  return String(value);
}
