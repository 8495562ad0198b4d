import type { Figure } from "./budgets.ts";
import { compareAnswers, type Errors } from "./compare_answers.ts";
import { answerOf, type Contender } from "./measure_run.ts";

/** Null where there is nothing to compare with, or mtr's report failed. */
export async function answerErrors(
  report: Contender,
  plain: Contender | null,
): Promise<Errors | null> {
  if (plain === null) return null;
  try {
    return compareAnswers(JSON.parse(await answerOf(report)), JSON.parse(await answerOf(plain)));
  } catch {
    return null;
  }
}

/** Figures for the budgets. */
export function errorFigures(errors: Errors | null, days: number): Figure[] {
  const detail = `over ${days} days`;
  if (!errors) return [];
  return [
    { name: "percentiles", value: Math.max(errors.basicPct, errors.percentilesPct), detail },
    { name: "cells", value: errors.cellsPct, detail },
  ];
}

/** For a table's title. */
export function errorText(errors: Errors | null): string {
  if (!errors) return "answers not compared";
  const { basicPct, percentilesPct, cellsPct } = errors;
  const text = (pct: number) => `${pct.toPrecision(2)} %`;
  return `worst errors: ${text(basicPct)} (count … stddev), ${
    text(percentilesPct)
  } (percentiles), ${text(cellsPct)} (cells)`;
}
