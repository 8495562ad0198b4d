import { UsageError } from "../model/mod.ts";

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/**
 * `100ms`, `1s`, `1.5h`, `1h30m`, `90d`, `2y` (of 365 days) → milliseconds.
 * @param what names the option in the error: `--interval`
 * @throws {UsageError} for anything else, a bare number included: its unit would be a guess
 */
export function parseDuration(text: string, what: string): number {
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)\s*(ms|min|s|m|h|d|w|y)\s*/gy)];
  const matched = parts.reduce((length, part) => length + part[0].length, 0);
  if (parts.length === 0 || matched !== text.trim().length) {
    throw new UsageError(`${what} ${text}: not a duration`, [
      "write it with a unit: 100ms, 5s, 10m, 1h, 7d, 2y",
    ]);
  }
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNIT_MS[unit ?? ""] ?? 0),
    0,
  );
}
