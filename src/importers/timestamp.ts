/** Times as files write them. */

/** A moment, with the distance from UTC that was written beside it; or a wall clock without a zone. */
export type ParsedTime =
  | { readonly ms: number; readonly offsetMin: number | null }
  | { readonly wallMs: number };

const ISO =
  /^(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;
const NUMBER = /^-?\d+(\.\d+)?(e\+?\d+)?$/i;

/**
 * Reads `2026-11-22 14:30:05`, RFC 3339 with any or no zone, and numbers since the epoch: seconds, or thousandths,
 * millionths or billionths of them by their size (seconds reach 1e11 in the year 5138).
 * @returns null for anything else
 */
export function parseTimestamp(text: string): ParsedTime | null {
  const trimmed = text.trim();
  const match = ISO.exec(trimmed);
  if (match) return fromIso(match);
  return NUMBER.test(trimmed) ? fromEpoch(Number(trimmed)) : null;
}

function fromEpoch(value: number): ParsedTime {
  const size = Math.abs(value);
  const perMs = size < 1e11 ? 0.001 : size < 1e14 ? 1 : size < 1e17 ? 1e3 : 1e6;
  return { ms: Math.round(value / perMs), offsetMin: null };
}

function fromIso(match: RegExpExecArray): ParsedTime | null {
  const [, year, month, day, hour, minute, second = "0", fraction = "0", zone] = match;
  const milliseconds = Math.round(Number(`0.${fraction}`) * 1000);
  const wallMs = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    milliseconds,
  );
  // Date.UTC carries over: the 31st of June would become the 1st of July.
  const isReal = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() ===
      Number(day) &&
    Number(month) <= 12 && Number(hour) < 24 && Number(minute) < 60 &&
    Number(second) <= 60;
  if (!isReal) return null;
  if (zone === undefined) return { wallMs };
  if (/^(Z|UTC)$/i.test(zone)) return { ms: wallMs, offsetMin: null };
  const offsetMin = offsetOf(zone);
  return { ms: wallMs - offsetMin * 60_000, offsetMin };
}

/** `+05:45` → 345. */
function offsetOf(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith("-") ? -minutes : minutes;
}
