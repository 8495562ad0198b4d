import { UsageError } from "../model/mod.ts";
import { isTimeZone } from "../platform/mod.ts";

/** Reads `--time-zone`. @throws {UsageError} for a zone that there is not */
export function parseTimeZone(text: string): string {
  if (isTimeZone(text)) return text;
  throw new UsageError(`--time-zone ${text}: no such time zone`, [
    "for example UTC, Europe/Berlin, Asia/Kathmandu",
  ]);
}
