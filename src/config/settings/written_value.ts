/** A value as it is written in the file: `"5s"`, `["native"]`, `8888`. */
import { type SettingKey, SETTINGS } from "./settings_table.ts";

const DURATIONS = [["d", 86_400_000], ["h", 3_600_000], ["m", 60_000], ["s", 1000]] as const;
const SIZES = [["TB", 1e12], ["GB", 1e9], ["MB", 1e6], ["kB", 1e3]] as const;

/** Null, for what is not set, is written as nothing. */
export function writtenValue(key: SettingKey, value: unknown): string {
  if (value === null) return "";
  const { kind } = SETTINGS[key].type;
  if (kind === "duration") return `"${inLargestUnit(Number(value), DURATIONS, "ms")}"`;
  if (kind === "size") return `"${inLargestUnit(Number(value), SIZES, "B")}"`;
  if (!Array.isArray(value)) return JSON.stringify(value);
  return `[${value.map((one) => JSON.stringify(one)).join(", ")}]`;
}

/** The largest unit in which it is a whole number. */
function inLargestUnit(
  value: number,
  units: readonly (readonly [name: string, size: number])[],
  smallest: string,
): string {
  if (value === 0) return units.at(-1)?.[0] === "s" ? "0s" : `0${smallest}`;
  const unit = units.find(([, size]) => value % size === 0);
  return unit ? `${value / unit[1]}${unit[0]}` : `${value}${smallest}`;
}
