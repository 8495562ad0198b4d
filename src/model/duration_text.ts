const UNITS = [
  { name: "d", seconds: 86_400 },
  { name: "h", seconds: 3_600 },
  { name: "min", seconds: 60 },
  { name: "s", seconds: 1 },
] as const;

/**
 * A duration in seconds for people, in at most two units: `250 ms`, `2.5 s`, `10 min`, `2 h 50 min`, `3 d 5 h`.
 * Seconds are left out from ten minutes on: nobody acts on them.
 */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 0) return `-${durationText(-seconds)}`;
  if (seconds === 0) return "0 s";
  if (seconds < 0.9995) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  if (seconds < 59.95) return `${Number(seconds.toFixed(1))} s`;
  return twoUnits(roundedToSmallestShown(seconds));
}

/** Rounding comes before splitting into units, so that 59.9 min is `1 h` and never `60 min`. */
function roundedToSmallestShown(seconds: number): number {
  const step = seconds >= 86_400 - 30 ? 3_600 : seconds >= 600 - 0.5 ? 60 : 1;
  return Math.round(seconds / step) * step;
}

function twoUnits(seconds: number): string {
  const first = UNITS.findIndex((unit) => seconds >= unit.seconds);
  const [large, small] = [UNITS[first], UNITS[first + 1]];
  if (!large) return "0 s";
  const count = Math.floor(seconds / large.seconds);
  const rest = small ? Math.round((seconds - count * large.seconds) / small.seconds) : 0;
  return `${count} ${large.name}` + (small && rest > 0 ? ` ${rest} ${small.name}` : "");
}
