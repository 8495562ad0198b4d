/** Powers of 1000, as disks are sold; with an `i` powers of 1024. */
const UNIT_BYTES: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

/** `500MB`, `1.5 GiB` → bytes; null for anything else, a bare number included: its unit would be a guess. */
export function parseSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?i?b)$/i.exec(text.trim());
  const unit = UNIT_BYTES[match?.[2]?.toUpperCase() ?? ""];
  return unit === undefined ? null : Math.round(Number(match?.[1]) * unit);
}
