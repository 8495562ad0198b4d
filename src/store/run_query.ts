/** `mtr query`: SQL of the user's, on what was recorded, with the engine closed to everything else. */
import { messageOf, nearestWord, QueryError } from "../model/mod.ts";
import type { DataFolder } from "../journal/mod.ts";
import type { SqlResult } from "./database.ts";
import { admitQuery } from "./query_gate.ts";
import { columnComment, QUERY_VIEWS_SQL, VIEW_COMMENTS, type ViewColumn } from "./query_views.ts";
import queryMacrosSql from "./sql/query_macros.sql" with { type: "text" };
import { quoteList, quoteText } from "./sql_text.ts";
import { type Store, withStore } from "./store.ts";

export interface QueryOptions {
  readonly timeoutMs: number;
  /** The zone of `today()`, `now()` and of how times with a zone are shown. */
  readonly timeZone: string;
  /** Called when the engine does not stop after it was told to: the process has to end. */
  readonly onStuck: () => void;
  /** Write the result as Parquet to this path, and return no rows. */
  readonly parquetPath?: string | undefined;
}

export interface QueryAnswer extends SqlResult {
  readonly notes: readonly string[];
}

const SHOW_TABLES_REGEXP = /^\s*show\s+(all\s+)?tables\s*;?\s*$/i;
const VIEW_NAMES_SQL = `SELECT unnest(${quoteList(Object.keys(VIEW_COMMENTS))}) AS name`;
const MEMORY_LIMIT = "2GB";
/** `repeat('x', 1e9)` does not listen to an interrupt for seconds. */
const STUCK_AFTER_MS = 2000;

/**
 * Runs one SELECT.
 * @throws {QueryError} when it is refused or fails
 */
export async function runQuery(
  folder: DataFolder,
  sql: string,
  options: QueryOptions,
): Promise<QueryAnswer> {
  const settings = { memory_limit: MEMORY_LIMIT };
  return await withStore(folder, { settings }, async (store) => {
    await admitQuery(store.database, sql);
    await close(store, options);
    // The engine's own answer names the tables that the views are made of, too.
    const asked = SHOW_TABLES_REGEXP.test(sql) ? VIEW_NAMES_SQL : sql;
    const result = await withTimeout(store, options, () => execute(store, asked, options));
    return { ...result, notes: store.notes };
  });
}

/** Columns of all views, with types and meanings. */
export async function viewColumns(folder: DataFolder): Promise<ViewColumn[]> {
  return await withStore(folder, {}, async ({ database }) => {
    for (const view of QUERY_VIEWS_SQL) await database.run(view);
    const found: ViewColumn[] = [];
    for (const view of Object.keys(VIEW_COMMENTS)) {
      const columns = await database.rows<{ column_name: string; column_type: string }>(
        `DESCRIBE ${view}`,
      );
      for (const { column_name: column, column_type: type } of columns) {
        found.push({ view, column, type, comment: columnComment(view, column) });
      }
    }
    return found;
  });
}

/** After this the engine reads the views' files and nothing else, and no setting can be changed. */
async function close(
  { database, listing }: Store,
  { timeZone, parquetPath }: QueryOptions,
): Promise<void> {
  for (const view of QUERY_VIEWS_SQL) await database.run(view);
  await database.run(queryMacrosSql);
  const readable = listing.files.map(({ path }) => path);
  const paths = parquetPath === undefined ? readable : [...readable, parquetPath];
  await database.run(`SET TimeZone = ${quoteText(timeZone)}`);
  await database.run(`SET allowed_paths = ${quoteList(paths)}`);
  await database.run("SET enable_external_access = false");
  await database.run("SET lock_configuration = true");
}

async function execute(
  { database }: Store,
  sql: string,
  { parquetPath }: QueryOptions,
): Promise<SqlResult> {
  try {
    if (parquetPath === undefined) return await database.display(sql);
    // Its own line, so that a comment at the query's end does not swallow the bracket.
    const select = sql.trim().replace(/;\s*$/, "");
    await database.runInterruptibly(
      `COPY (\n${select}\n) TO ${quoteText(parquetPath)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    return { columns: [], rows: [] };
  } catch (error) {
    throw explained(error);
  }
}

/** The engine's words, and mtr's where the engine names what nobody can read here. */
function explained(error: unknown): QueryError {
  const [first = "", ...rest] = messageOf(error).split("\n").filter((line) => line.trim() !== "");
  const message = first.replace(/^\w+ Error: /, "");
  const views = Object.keys(VIEW_COMMENTS);
  const readable = `views to read: ${views.join(", ")} (columns: mtr query --schema)`;
  const [, unknown] = /^Table with name (.+) does not exist/.exec(message) ?? [];
  if (unknown !== undefined) {
    const nearest = nearestWord(unknown, views);
    const place = rest.filter((line) => !line.startsWith("Did you mean"));
    return new QueryError(
      `there is no view called ${unknown}${nearest ? `; did you mean ${nearest}?` : ""}`,
      [...place, readable],
      { cause: error },
    );
  }
  const isFile = /^Cannot access (file|directory)/.test(message);
  return isFile
    ? new QueryError(`mtr query reads no files: ${message}`, [readable], { cause: error })
    : new QueryError(message, rest, { cause: error });
}

async function withTimeout<T>(
  { database }: Store,
  { timeoutMs, onStuck }: QueryOptions,
  run: () => Promise<T>,
): Promise<T> {
  let late = false;
  const timers: ReturnType<typeof setTimeout>[] = [];
  timers.push(setTimeout(() => {
    late = true;
    database.interrupt();
    timers.push(setTimeout(onStuck, STUCK_AFTER_MS));
  }, timeoutMs));
  try {
    return await run();
  } catch (error) {
    if (!late) throw error;
    throw new QueryError(`the query was stopped after ${timeoutMs / 1000} s`, [
      "give it more time: --timeout 10m",
    ], {
      cause: error,
    });
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}
