import type { TableData } from "../../src/report/tables.ts";
import type { Judgement, Unit } from "./budgets.ts";

/** The budgets as people read them. */
export function budgetTable(judgements: readonly Judgement[]): TableData {
  const names = ["what", "figure", "budget", "", "measured"];
  return {
    columns: names.map((name) => ({ name, type: name === "figure" ? "DOUBLE" : "VARCHAR" })),
    rows: judgements.map(({ what, value, limit, unit, of, verdict, detail }) => [
      what,
      value === null ? "–" : amountText(value, unit),
      `≤ ${limit} ${unit}${of === undefined ? "" : ` ${of}`}`,
      verdict,
      detail,
    ]),
  };
}

function amountText(value: number, unit: Unit): string {
  if (unit === "×") return `${value.toFixed(value < 0.1 ? 3 : 2)} ×`;
  if (unit === "%") return `${value < 1e-7 ? "0" : value.toPrecision(2)} %`;
  return `${value.toFixed(unit === "bytes" || unit === "MB/day" ? 2 : 0)} ${unit}`;
}
