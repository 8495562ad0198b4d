import { equal, match } from "node:assert/strict";
import { narrate } from "../../src/narration/mod.ts";
import { renderCsv } from "../../src/report/data.ts";
import { renderMarkdown } from "../../src/report/mod.ts";
import { matchesGolden } from "./golden.ts";
import { SAMPLE_REPORTS } from "./sample_reports.ts";

for (const name of ["week", "ten_minutes", "four_weeks_with_gaps", "demo_week", "hostile_words"]) {
  Deno.test(`the documents of ${name} look as they did`, () => {
    const report = SAMPLE_REPORTS[name];
    if (!report) throw new Error(`no sample report called ${name}`);
    matchesGolden(`${name}.md`, renderMarkdown(report, narrate(report)));
    matchesGolden(`${name}.csv`, renderCsv(report));
  });
}

Deno.test("csv has one row a metric, with every row saying what it is about", () => {
  const report = SAMPLE_REPORTS["demo_week"];
  const [head = "", ...rows] = (report ? renderCsv(report) : "").trimEnd().split("\n");
  equal(rows.length, 4);
  for (const row of rows) {
    equal(row.split(",").length, head.split(",").length);
    match(row, /,2026-11-15T23:00:00\.000Z,2026-11-22T23:00:00\.000Z,Europe\/Berlin,demo,.*,true$/);
  }
});
