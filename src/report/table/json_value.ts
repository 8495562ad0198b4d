import { dateKind } from "./table_data.ts";

/**
 * A value as JSON can hold it: whole numbers beyond 2^53 become texts (a reader would round them), what is not a number becomes
 * null, times become ISO 8601, bytes hexadecimal.
 */
export function jsonValue(value: unknown, type: string): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (value instanceof Date) return dateText(value, type);
  if (value instanceof Uint8Array) return hexText(value);
  if (Array.isArray(value)) return value.map((item) => jsonValue(item, ""));
  if (typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, jsonValue(item, "")]),
    );
  }
  return value;
}

export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** ISO 8601, as much of it as the type means. Null for a Date that is none. */
export function dateText(date: Date, type: string): string | null {
  if (Number.isNaN(date.getTime())) return null;
  const iso = date.toISOString();
  switch (dateKind(type)) {
    case "date":
      return iso.slice(0, iso.indexOf("T"));
    case "local":
      return iso.slice(0, -1);
    case "moment":
      return iso;
  }
}
