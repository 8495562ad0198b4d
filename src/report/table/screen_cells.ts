/** Values as people read them in a table on the screen: local times, equal decimals down a column, no control characters. */
import { localTime, twoDigits } from "../../model/mod.ts";
import { plainText } from "../../model/mod.ts";
import { cellText } from "./cell_text.ts";
import { dateKind, type TableColumn } from "./table_data.ts";

/** More decimals are a matter of machines: such columns are written as they are. */
const MOST_DECIMALS = 3;

/** The texts of one column; null stays null. */
export function screenCells(
  values: readonly unknown[],
  column: TableColumn,
  timeZone: string,
): (string | null)[] {
  const asDate = dateFormat(values, column, timeZone);
  const decimals = commonDecimals(values);
  return values.map((value) => {
    if (value instanceof Date && !Number.isNaN(value.getTime())) return asDate(value);
    if (typeof value === "number" && Number.isFinite(value) && decimals !== null) {
      return value.toFixed(decimals);
    }
    const text = cellText(value, column.type);
    return text === null ? null : visibleText(text);
  });
}

/** Line breaks and tabs are shown as they are written in SQL strings, so that a row stays a line. */
function visibleText(text: string): string {
  return plainText(text.replace(/\r?\n/g, "\\n").replace(/\t/g, "\\t"));
}

/** Seconds and milliseconds are shown when any value of the column has them. */
function dateFormat(
  values: readonly unknown[],
  { type }: TableColumn,
  timeZone: string,
): (date: Date) => string {
  const dates = values.filter((value) => value instanceof Date)
    .map((date) => date.getTime()).filter((ms) => !Number.isNaN(ms));
  const kind = dateKind(type);
  const length = kind === "date"
    ? "2026-11-22".length
    : dates.some((ms) => ms % 1000 !== 0)
    ? "2026-11-22 00:00:00.000".length
    : dates.some((ms) => ms % 60_000 !== 0)
    ? "2026-11-22 00:00:00".length
    : "2026-11-22 00:00".length;
  const zone = kind === "moment" ? timeZone : "UTC";
  return (date) => wallClockText(date.getTime(), zone).slice(0, length);
}

function wallClockText(ms: number, timeZone: string): string {
  const { year, month, day, hour, minute, second, millisecond } = localTime(ms, timeZone);
  const date = [String(year).padStart(4, "0"), twoDigits(month), twoDigits(day)].join("-");
  const clock = [twoDigits(hour), twoDigits(minute), twoDigits(second)].join(":");
  return `${date} ${clock}.${String(millisecond).padStart(3, "0")}`;
}

/** Decimals that hold every number of the column exactly; null where there are too many, or none at all. */
function commonDecimals(values: readonly unknown[]): number | null {
  let most = 0;
  for (const value of values) {
    if (typeof value !== "number" || !Number.isFinite(value)) continue;
    const text = String(value);
    if (text.includes("e")) return null;
    most = Math.max(most, text.includes(".") ? text.length - text.indexOf(".") - 1 : 0);
  }
  return most > 0 && most <= MOST_DECIMALS ? most : null;
}
