import { DATASETS } from "../../model/mod.ts";
import type { Database } from "../database.ts";
import type { DayFile } from "../listing.ts";
import { fillSql } from "../fill_sql.ts";
import { quoteList, quoteText } from "../sql_text.ts";
import columnChunksSql from "./sql/column_chunks.sql" with { type: "text" };

/** What the footers of day files of `samples` tell of their rows. */
export interface FileStatistics {
  /** When the rows of a file are (epoch milliseconds, both inclusive), by path; not all files tell. */
  readonly spans: ReadonlyMap<string, { readonly first_ms: number; readonly last_ms: number }>;
  /** SQL of the value of columns that have the same one in all rows of all files, by name; NULL where they have none. */
  readonly constants: ReadonlyMap<string, string>;
}

/** Of texts a file tells only how they begin. */
const TYPES: ReadonlyMap<string, string> = new Map(
  DATASETS.samples.columns.filter(({ type }) => type !== "VARCHAR" && type !== "TIMESTAMPTZ")
    .map(({ name, type }) => [name, type]),
);

export async function readStatistics(
  database: Database,
  files: readonly DayFile[],
): Promise<FileStatistics> {
  if (files.length === 0) return { spans: new Map(), constants: new Map() };
  const chunks = fillSql(columnChunksSql, { paths: quoteList(files.map(({ path }) => path)) });
  await database.run(`CREATE OR REPLACE TEMP TABLE column_chunks AS ${chunks}`);
  const spans = await database.rows<{ path: string; first_ms: number; last_ms: number }>(
    `SELECT
       path,
       min(epoch_ms(min::TIMESTAMPTZ)) AS first_ms,
       max(epoch_ms(max::TIMESTAMPTZ)) AS last_ms
     FROM column_chunks
     WHERE name = 'ts'
     GROUP BY path
     HAVING bool_and(min IS NOT NULL AND max IS NOT NULL)`,
  );
  const constants = await database.rows<{ name: string; value: string | null }>(
    `SELECT name, any_value(min) AS value
     FROM column_chunks
     GROUP BY name
     HAVING count(DISTINCT path) = ${files.length}
       AND (sum(nulls) = sum(rows) OR (sum(coalesce(nulls, 1)) = 0 AND count(min) = count(*)
         AND count(max) = count(*) AND min(min) = max(max) AND max(min) = min(max)))`,
  );
  return {
    spans: new Map(spans.map(({ path, ...span }) => [path, span])),
    constants: new Map(constants.flatMap(({ name, value }) => {
      const type = TYPES.get(name);
      if (type === undefined) return [];
      return [[name, `${value === null ? "NULL" : quoteText(value)}::${type}`]];
    })),
  };
}
