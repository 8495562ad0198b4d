import { deepEqual, equal } from "node:assert/strict";
import { budgetTable } from "../../../scripts/bench/budget_table.ts";
import { BUDGETS, judge } from "../../../scripts/bench/budgets.ts";

const verdictOf = (name: string, value: number | null) =>
  judge([{ name, value, detail: "" }]).find(({ figure }) => figure === name)?.verdict;

Deno.test("judge holds each figure against its limit, and judges nothing that was not measured", () => {
  equal(verdictOf("week_time", 1), "met");
  equal(verdictOf("week_time", 1.001), "MISSED");
  equal(verdictOf("week_time", null), "–");
  equal(judge([]).length, BUDGETS.length);
  deepEqual([...new Set(judge([]).map(({ verdict }) => verdict))], ["–"]);
});

Deno.test("judge forgives errors in the last bits, and no others", () => {
  equal(verdictOf("percentiles", 1e-9), "met");
  equal(verdictOf("percentiles", 1e-4), "MISSED");
});

Deno.test("judge takes the last of several figures of one name: the longest span", () => {
  const figures = [0, 2].map((value) => ({ name: "cells", value, detail: "" }));
  equal(judge(figures).find(({ figure }) => figure === "cells")?.verdict, "MISSED");
});

Deno.test("the table of budgets says what a ratio is to, and shows a dash for what is not known", () => {
  const { rows } = budgetTable(judge([{ name: "year_time", value: 0.054, detail: "0.5 s" }]));
  const year = rows.find(([what]) => what === "report of a year");
  deepEqual(year, [
    "report of a year",
    "0.054 ×",
    "≤ 0.06 × DuckDB from Python, same rows",
    "met",
    "0.5 s",
  ]);
  equal(rows.find(([what]) => what === "mtr --help")?.[1], "–");
});
