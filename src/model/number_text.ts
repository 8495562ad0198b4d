/** A whole number with thousands separated: `51,021`. */
export function countText(count: number): string {
  return Math.round(count).toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * A share in percent that keeps its meaning at both ends: what is not all is never shown as `100 %`, and what is not
 * nothing never as `0 %`.
 */
export function shareText(pct: number): string {
  if (!Number.isFinite(pct)) return "–";
  if (pct >= 100) return "100 %";
  if (pct <= 0) return "0 %";
  if (pct < 0.1) return "<0.1 %";
  return `${Math.min(99.9, Number(pct.toFixed(1)))} %`;
}
