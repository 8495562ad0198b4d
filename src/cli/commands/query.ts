import { type Command, Option } from "@commander-js/extra-typings";
import { resolve } from "node:path";
import {
  StoreError,
  systemReason,
  TABLE_FORMATS,
  type TableFormat,
  UsageError,
} from "../../model/mod.ts";
import { systemTimeZone } from "../../platform/mod.ts";
import { parseDuration } from "../../config/mod.ts";
import { dataDirOption, examples, existingFolder } from "../command.ts";
import { type Io, outputTo } from "../io.ts";
import type { TableOptions } from "../../report/tables.ts";
import { jsonOption, outputOption } from "../report_options.ts";

const FORMATS = [...TABLE_FORMATS, "parquet"] as const;

/** As DuckDB's shell: of more rows a terminal gets the first and the last. */
const SCREEN_ROWS = 40;

interface QueryFlags {
  readonly file?: string | undefined;
  readonly format?: (typeof FORMATS)[number] | undefined;
  readonly output?: string | undefined;
  readonly schema: boolean;
  readonly timeout: number;
  readonly dataDir?: string | undefined;
}

export function declareQuery(program: Command, io: Io): void {
  program.command("query")
    .summary("SQL on what was recorded")
    .description(
      "Runs one SELECT on the views samples, series, sources, hourly and gaps. The SQL is an argument, " +
        "a file (-f), or comes from stdin. Nothing can be changed by it.",
    )
    .argument("[sql]", "one SELECT")
    .option("-f, --file <file>", "read the SQL from a file")
    .addOption(
      new Option("--format <format>", "how to write the rows (default: table)").choices(FORMATS),
    )
    .addOption(jsonOption())
    .addOption(outputOption())
    .option("--schema", "list the views, their columns and what they mean", false)
    .addOption(
      new Option("--timeout <time>", "stop after this time")
        .argParser((text) => parseDuration(text, "--timeout")).default(60_000, "1m"),
    )
    .addOption(dataDirOption())
    .addHelpText(
      "after",
      examples([
        ["mtr query 'select max(cpu_pct), avg(total_watts) from samples'", "two figures"],
        [
          "mtr query 'from hourly where hour >= today()' --format csv",
          "today's hours for a spreadsheet",
        ],
        ["mtr query --schema", "what there is to ask for"],
        ["mtr query 'from samples' --format parquet -o all.parquet", "everything, as one file"],
      ]),
    )
    .action(async (sql, typed) => {
      const flags: QueryFlags = { ...typed, format: typed.json ? "json" : typed.format };
      const folder = existingFolder(flags, io);
      const { renderTable } = await import("../../report/tables.ts");
      const store = await import("../../store/mod.ts");
      const started = performance.now();
      if (flags.schema) {
        const columns = await store.viewColumns(folder);
        const rows = columns.map((
          { view, column, type, comment },
        ) => [view, column, type, comment]);
        const names = ["view", "column", "type", "meaning"].map((name) => ({
          name,
          type: "VARCHAR",
        }));
        writeTable(
          io,
          flags,
          (format, options) => renderTable({ columns: names, rows }, format, options),
        );
        return;
      }
      const parquetPath = parquetTarget(flags);
      const answer = await store.runQuery(folder, await readSql(sql, flags, io), {
        timeoutMs: flags.timeout,
        timeZone: systemTimeZone(),
        onStuck: () => io.abort("the query does not stop; ending mtr"),
        parquetPath,
      });
      for (const note of answer.notes) io.note(`note: ${note}`);
      if (parquetPath === undefined) {
        writeTable(
          io,
          flags,
          (format, options) =>
            renderTable(answer, format, { ...options, elapsedMs: performance.now() - started }),
        );
      }
    });
}

/** On a terminal tables are fitted to its width; in pipes and files nothing is shortened. */
function writeTable(
  io: Io,
  flags: QueryFlags,
  render: (format: TableFormat, options: TableOptions) => string,
): void {
  const onScreen = flags.output === undefined && io.stdout.isTerminal;
  const format = flags.format === undefined || flags.format === "parquet" ? "table" : flags.format;
  outputTo(flags.output, io).write(render(format, {
    timeZone: systemTimeZone(),
    color: flags.output === undefined ? io.stdout.color : "none",
    ascii: !io.unicode,
    ...(onScreen ? { width: io.columns, maxRows: SCREEN_ROWS } : {}),
  }));
}

function parquetTarget({ format, output }: QueryFlags): string | undefined {
  if (format !== "parquet") return undefined;
  if (output !== undefined) return resolve(output);
  throw new UsageError("--format parquet needs a file", ["for example: -o result.parquet"]);
}

async function readSql(sql: string | undefined, { file }: QueryFlags, io: Io): Promise<string> {
  if (sql !== undefined && file !== undefined) {
    throw new UsageError("the SQL is given twice, as an argument and as a file", [
      "give one of them",
    ]);
  }
  if (sql !== undefined && sql !== "-") return sql;
  if (file !== undefined) return readFile(file);
  if (sql === undefined && Deno.stdin.isTerminal()) {
    throw new UsageError("no SQL was given", [
      "for example: mtr query 'select max(cpu_pct) from samples'",
    ]);
  }
  return await io.readStdin();
}

function readFile(file: string): string {
  try {
    return Deno.readTextFileSync(file);
  } catch (error) {
    throw new StoreError(`${file} can't be read: ${systemReason(error)}`, [], { cause: error });
  }
}
