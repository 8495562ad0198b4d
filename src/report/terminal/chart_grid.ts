/** Small charts side by side where the screen is wide enough. */
import { beside } from "./block.ts";

const NARROWEST = 46;
const WIDEST = 84;
const GAP = "   ";

/** Rows of charts, each chart as wide as the others; what draws nothing takes no place. */
export function inRows<T>(
  items: readonly T[],
  width: number,
  draw: (item: T, width: number) => string[],
): string[][] {
  const fitting = Math.floor((width + GAP.length) / (NARROWEST + GAP.length));
  const across = Math.max(1, Math.min(2, fitting, items.length));
  const each = Math.min(WIDEST, Math.floor((width - (across - 1) * GAP.length) / across));
  const charts = items.map((item) => draw(item, each)).filter((lines) => lines.length > 0);
  const rows: string[][] = [];
  for (let i = 0; i < charts.length; i += across) {
    rows.push(beside(charts.slice(i, i + across), { gap: GAP, width: each }));
  }
  return rows;
}
