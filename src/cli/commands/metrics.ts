import type { Command } from "@commander-js/extra-typings";
import { type Metric, REPORTABLE_METRICS, SERIES_METRICS, TABLE_FORMATS } from "../../model/mod.ts";
import type { DataFolder } from "../../journal/mod.ts";
import { dataDirOption, examples, folderFrom } from "../command.ts";
import type { Io } from "../io.ts";
import { formatOption, jsonOption } from "../report_options.ts";

export function declareMetrics(program: Command, io: Io): void {
  program.command("metrics")
    .summary("all metrics with their units, and which of them are recorded here")
    .description("The catalogue of metrics, and how many values of each this data folder has.")
    .addOption(formatOption(TABLE_FORMATS))
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addHelpText(
      "after",
      examples([
        ["mtr metrics", "what can be asked for with --metrics"],
        ["mtr metrics --json", "for programs"],
      ]),
    )
    .action(async ({ dataDir, format, json }) => {
      const folder = folderFrom({ dataDir }, io);
      const counts = folder.exists ? await countValues(folder) : new Map<string, number>();
      const { renderTable } = await import("../../report/tables.ts");
      const row = (metric: Metric, label: string) => [
        metric.id,
        metric.unit,
        label,
        counts.get(metric.id) ?? 0,
        metric.sources.join(", "),
        metric.help,
      ];
      const rows = [
        ...REPORTABLE_METRICS.map((metric) => row(metric, "")),
        ...SERIES_METRICS.map((metric) => row(metric, metric.label)),
      ];
      const columns = ["metric", "unit", "per", "values", "sources", "what it is"];
      const table = {
        columns: columns.map((name) => ({ name, type: name === "values" ? "BIGINT" : "VARCHAR" })),
        rows,
      };
      io.out(renderTable(table, json ? "json" : format, {
        timeZone: "UTC",
        color: io.stdout.color,
        ascii: !io.unicode,
        ...(io.stdout.isTerminal ? { width: io.columns } : {}),
      }));
    });
}

/** Values of each metric in the store, by id. */
async function countValues(
  folder: DataFolder,
): Promise<Map<string, number>> {
  const { withStore } = await import("../../store/mod.ts");
  return await withStore(folder, {}, async ({ database }) => {
    const each = REPORTABLE_METRICS.map(({ id }) => `count(${id}) AS ${id}`).join(", ");
    const [wide] = await database.rows<Record<string, number>>(`SELECT ${each} FROM samples`);
    const long = await database.rows<{ metric: string; n: number }>(
      "SELECT metric, count(*) AS n FROM stored_series GROUP BY metric",
    );
    return new Map([
      ...Object.entries(wide ?? {}),
      ...long.map(({ metric, n }) => [metric, n] as const),
    ]);
  });
}
