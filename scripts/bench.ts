/** `deno task bench`: holds mtr against its budgets (design §7), beside what people use instead. See docs/benchmarks.md. */
// deno-lint-ignore-file no-console -- what a script prints is its product
import { join } from "node:path";
import { renderTable } from "../src/report/tables.ts";
import { judge } from "./bench/budgets.ts";
import { budgetTable } from "./bench/budget_table.ts";
import { parseOptions, USAGE } from "./bench/options.ts";
import { runParts } from "./bench/run_parts.ts";

if (import.meta.main) Deno.exit(await main(Deno.args));

async function main(args: readonly string[]): Promise<number> {
  const top = join(import.meta.dirname ?? ".", "..");
  if (args.includes("--help")) {
    console.log(USAGE);
    return 0;
  }
  try {
    const options = parseOptions(args, top);
    const { parts, about } = await runParts(options, (text) => console.error(text));
    const judgements = judge(parts.flatMap(({ figures }) => figures));
    const tables = parts.flatMap((part) => part.tables);
    for (const { title, data } of tables) {
      show(title, renderTable(data, "markdown", { timeZone: "UTC" }));
    }
    show("Budgets", renderTable(budgetTable(judgements), "markdown", { timeZone: "UTC" }));
    console.log(about.join("\n"));
    if (options.json !== undefined) {
      const sideBySide = tables.map(({ title, results }) => ({ title, results }));
      await Deno.writeTextFile(
        options.json,
        JSON.stringify(
          { schema_version: 1, about, budgets: judgements, side_by_side: sideBySide },
          null,
          2,
        ) + "\n",
      );
    }
    return 0;
  } catch (error) {
    console.error(`error: ${(error as Error).message}`);
    return 1;
  }
}

function show(title: string, table: string): void {
  console.log(`\n${title}\n\n${table.trimEnd()}`);
}
