import type { Unit } from "./metric.ts";

/** How values of a unit are shown: `value / factor` with so many decimals, followed by the label. */
export interface DisplayUnit {
  /** `%`, `GiB`, `MB/s`; empty for plain numbers. */
  readonly label: string;
  readonly factor: number;
  readonly decimals: number;
}

const BYTES = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const BYTE_RATES = ["B/s", "kB/s", "MB/s", "GB/s", "TB/s"];

/**
 * The unit for a set of values of which `largest` is the largest magnitude: chosen once a column, so that its numbers
 * can be compared by eye. Rates go up to four digits before they change the unit, because their means are far below their peaks.
 */
export function displayUnit(unit: Unit, largest: number): DisplayUnit {
  switch (unit) {
    case "bytes":
      return scaled(BYTES, { base: 1024, limit: 1000, largest });
    case "bytes/s":
      return scaled(BYTE_RATES, { base: 1000, limit: 10_000, largest });
    case "%":
    case "°C":
      return { label: unit, factor: 1, decimals: 1 };
    case "W":
      return { label: unit, factor: 1, decimals: largest < 10 ? 2 : 1 };
    case "MHz":
    case "rpm":
      return { label: unit, factor: 1, decimals: 0 };
    case "ops/s":
      return { label: unit, factor: 1, decimals: decimalsFor(largest) };
    case "count":
      return { label: "", factor: 1, decimals: largest < 1000 ? 1 : 0 };
    case "load":
    case "level":
    case "flag":
      return { label: "", factor: 1, decimals: 2 };
  }
}

/** One value on its own, with its unit: `96.1 %`, `17.2 GiB`, `3.4 MB/s`. */
export function quantityText(unit: Unit, value: number | null): string {
  if (value === null || !Number.isFinite(value)) return "–";
  const { label, factor, decimals } = displayUnit(unit, Math.abs(value));
  const number = (value / factor).toFixed(decimals);
  return label ? `${number} ${label}` : number;
}

function scaled(
  labels: readonly string[],
  { base, limit, largest }: { base: number; limit: number; largest: number },
): DisplayUnit {
  let exponent = 0;
  while (exponent < labels.length - 1 && largest / base ** exponent >= limit) exponent++;
  const factor = base ** exponent;
  return {
    label: labels[exponent] ?? "",
    factor,
    decimals: exponent === 0 ? 0 : decimalsFor(largest / factor),
  };
}

function decimalsFor(largest: number): number {
  if (largest < 10) return 2;
  return largest < 10_000 ? 1 : 0;
}
