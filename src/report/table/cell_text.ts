import { dateText, hexText, jsonValue } from "./json_value.ts";

/**
 * A value as text for other programs: times in ISO 8601 (moments in UTC, zoneless ones without a zone), lists and records as JSON.
 * Null stays null: each format has its own way to say it.
 */
export function cellText(value: unknown, type: string): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return dateText(value, type);
  if (value instanceof Uint8Array) return hexText(value);
  if (typeof value === "object") return JSON.stringify(jsonValue(value, type));
  return String(value);
}
