import { equal } from "node:assert/strict";
import { makeDemo } from "../../src/demo/mod.ts";
import { DataFolder, runQuery } from "../../src/store/mod.ts";
import { localDisk } from "../../src/platform/mod.ts";
import { renderTable } from "../../src/report/tables.ts";
import "../store/shared_duckdb.ts";
import { whileDaysLast } from "../store/while_days_last.ts";

const PAGE = new URL("../../docs/sql.md", import.meta.url);
/** A question's query and its answer. */
const RECIPE_REGEXP = /```sql\n([\s\S]*?)\n```\n\n```text\n([\s\S]*?)\n```/g;

Deno.test("every query of docs/sql.md gives the answer that stands below it", async () => {
  const folder = new DataFolder(Deno.makeTempDirSync({ prefix: "mtr-cookbook-" }), localDisk);
  try {
    // Queries are of rows: rollups would take most of the time.
    await whileDaysLast(() =>
      makeDemo(folder, {
        days: 14,
        intervalMs: 60_000,
        seed: 1,
        nowMs: Date.UTC(2026, 10, 22, 12),
        timeZone: "UTC",
        onDay: () => {},
      })
    );
    const page = Deno.readTextFileSync(PAGE);
    const recipes = [...page.matchAll(RECIPE_REGEXP)];
    equal(recipes.length, 20);
    let answered = page;
    for (const [whole, sql = "", answer = ""] of recipes) {
      const now = await answerTo(folder, sql);
      if (Deno.env.get("UPDATE_GOLDEN")) answered = answered.replace(whole, () => recipe(sql, now));
      else equal(now, answer, sql);
    }
    if (answered !== page) Deno.writeTextFileSync(PAGE, answered);
  } finally {
    Deno.removeSync(folder.path, { recursive: true });
  }
});

async function answerTo(folder: DataFolder, sql: string): Promise<string> {
  const answer = await runQuery(folder, sql, {
    timeoutMs: 60_000,
    timeZone: "UTC",
    onStuck: () => {},
  });
  return renderTable(answer, "table", { timeZone: "UTC" }).trimEnd();
}

function recipe(sql: string, answer: string): string {
  return `\`\`\`sql\n${sql}\n\`\`\`\n\n\`\`\`text\n${answer}\n\`\`\``;
}
