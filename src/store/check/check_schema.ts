import { DATASETS } from "../../model/mod.ts";
import type { Database } from "../database.ts";
import type { DayFile } from "../listing.ts";
import { footerText, LAST_SEQ_KEY, readFooter } from "../parquet_footer.ts";
import { parquetSql } from "../sql_text.ts";
import { type CheckContext, note, problem } from "./check_context.ts";
import type { Finding } from "./finding.ts";

/** The columns of a file with their types, as the engine names them. */
export type Schema = ReadonlyMap<string, string>;

/** @throws {Error} of the engine, for a file that is none */
export async function readSchema(database: Database, path: string): Promise<Schema> {
  const columns = await database.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM ${parquetSql(path)}`,
  );
  return new Map(columns.map(({ column_name: name, column_type: type }) => [name, type]));
}

export function checkSchema(context: CheckContext, file: DayFile, schema: Schema): Finding[] {
  const { columns } = DATASETS[file.dataset];
  const names = new Set(columns.map(({ name }) => name));
  const missing = columns.filter(({ name }) => !schema.has(name)).map(({ name }) => name);
  const unknown = [...schema.keys()].filter((name) => !names.has(name));
  const wrong = columns.filter(({ name, type }) =>
    schema.has(name) && schema.get(name) !== engineType(type)
  );
  const repair = { do: "rewrite day", file } as const;
  return [
    ...(missing.length === 0 ? [] : [missingColumns(context, file, missing)]),
    ...(unknown.length === 0 ? [] : [problem(context, "schema.unknown", file.path, {
      what: `it has columns that this mtr does not know: ${unknown.join(", ")}`,
      consequence: "they are not shown, and are dropped when rows are added to that day",
      remedy: "if a newer mtr wrote it, update mtr",
    })]),
    ...(wrong.length === 0 ? [] : [problem(context, "schema.type", file.path, {
      what: wrong.map(({ name, type }) => `${name} is ${schema.get(name)}, not ${engineType(type)}`)
        .join(", "),
      consequence: "programs that read the whole folder may refuse it",
      remedy: "writes it anew with the right types; what is there goes to quarantine",
      repair,
    })]),
    ...checkNumber(context, file),
  ];
}

/** Of an older mtr, before a metric was added. */
function missingColumns(context: CheckContext, file: DayFile, missing: readonly string[]): Finding {
  return note(context, "schema.missing", file.path, {
    what: `it lacks columns: ${missing.join(", ")}`,
    consequence: "none here: they are NULL. Other programs may want all files to have the same",
    remedy: "mtr fold --upgrade adds them",
  });
}

function engineType(type: string): string {
  return type === "TIMESTAMPTZ" ? "TIMESTAMP WITH TIME ZONE" : type;
}

/** A file of another program in the place of mtr's. */
function checkNumber(context: CheckContext, file: DayFile): Finding[] {
  const footer = readFooter(context.folder.disk, file.path);
  if (footer.whole && footerText(footer.bytes, LAST_SEQ_KEY) !== null) return [];
  return [problem(context, "schema.number", file.path, {
    what: "it does not say up to which segment it holds the journal: mtr did not write it",
    consequence: "a segment that is in it already would be folded into it again",
    remedy: "writes it anew; what is there goes to quarantine",
    repair: { do: "rewrite day", file },
  })];
}
