/**
 * What `mtr query` may run: exactly one SELECT that reads mtr's views.
 *
 * The engine's statement type is no gate (PRAGMA and some CALLs count as SELECT), so the parser's own tree is looked at:
 * `json_serialize_sql` refuses everything but SELECT, and of table functions only harmless ones are let through. Files
 * and settings are closed to the engine besides (see run_query.ts).
 */
import { nearestWord, QueryError } from "../model/mod.ts";
import type { Database } from "./database.ts";

/** Table functions that read no file, change no setting and run no text as SQL. */
const TABLE_FUNCTIONS = new Set([
  "busiest",
  "by_hour",
  "duckdb_columns",
  "duckdb_functions",
  "duckdb_views",
  "generate_series",
  "generate_subscripts",
  "json_each",
  "json_tree",
  "range",
  "repeat_row",
  "unnest",
]);

interface ParseResult {
  readonly error: boolean;
  readonly error_type?: string;
  readonly error_message?: string;
  readonly position?: string;
  readonly statements?: readonly unknown[];
}

/**
 * Lets one SELECT through.
 * @throws {QueryError} with the reason, and the place in the SQL where there is one
 */
export async function admitQuery(database: Database, sql: string): Promise<void> {
  const [row] = await database.rows<{ tree: string }>(
    "SELECT json_serialize_sql($sql::VARCHAR)::VARCHAR AS tree",
    { sql },
  );
  const parsed: ParseResult = JSON.parse(row?.tree ?? "{}");
  if (parsed.error) throw refusal(sql, parsed);
  const statements = parsed.statements ?? [];
  if (statements.length !== 1) {
    const found = statements.length === 0
      ? "there is no statement"
      : `there are ${statements.length} statements`;
    throw new QueryError(`mtr query runs exactly one statement; ${found}`, [
      "for example: mtr query 'select max(cpu_pct) from samples'",
    ]);
  }
  for (const name of tableFunctions(statements)) {
    if (!TABLE_FUNCTIONS.has(name)) throw forbiddenFunction(name);
  }
}

function refusal(
  sql: string,
  { error_type: type, error_message: message, position }: ParseResult,
): QueryError {
  if (type === "parser") {
    return new QueryError(message ?? "the SQL cannot be parsed", caretLines(sql, Number(position)));
  }
  const verb = refusedVerb(sql);
  if (isOpenPivot(sql, verb)) {
    return new QueryError("PIVOT has to name the columns that it makes, with IN", [
      'for example: mtr query "pivot (select hour(hour) as h, isodow(hour) as day, cpu_pct from hourly) on day in (1, 2, 3) using avg(cpu_pct)"',
      "without IN it is several statements, and mtr query runs one",
    ]);
  }
  return new QueryError(`mtr query only reads: ${verb} is not allowed`, [
    'to write data out: mtr query "select …" --format parquet -o x.parquet',
    "views to read:     mtr query --schema",
  ]);
}

const COMMENTS_AND_QUOTED = /--.*$|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"/gm;
const READING_VERBS = /^(SELECT|WITH|FROM|VALUES|TABLE|DESCRIBE|DESC|SHOW|SUMMARIZE)$/;

/** The first word of the first statement that does not only read: for the message, not for the decision. */
function refusedVerb(sql: string): string {
  const verbs = sql.replace(COMMENTS_AND_QUOTED, " ").split(";")
    .flatMap((statement) => /^[\s(]*([a-z]+)/i.exec(statement)?.[1]?.toUpperCase() ?? []);
  return verbs.find((verb) => !READING_VERBS.test(verb)) ?? verbs[0] ?? "this";
}

/** A PIVOT without IN makes a type first, so that it is no SELECT, whatever stands around it. */
function isOpenPivot(sql: string, verb: string): boolean {
  if (verb !== "PIVOT" && !READING_VERBS.test(verb)) return false;
  return /\bPIVOT\b/i.test(sql.replace(COMMENTS_AND_QUOTED, " "));
}

function forbiddenFunction(name: string): QueryError {
  const nearest = nearestWord(name, [...TABLE_FUNCTIONS]);
  return new QueryError(
    `mtr query reads only its own views: the table function ${name} is not allowed`,
    [
      "views to read: mtr query --schema",
      ...(nearest ? [`did you mean ${nearest}?`] : []),
    ],
  );
}

/** Names of all table functions anywhere in the tree. */
function tableFunctions(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(tableFunctions);
  if (typeof node !== "object" || node === null) return [];
  const own = "type" in node && node.type === "TABLE_FUNCTION" && "function" in node
    ? [functionName(node.function)]
    : [];
  return [...own, ...Object.values(node).flatMap(tableFunctions)];
}

function functionName(expression: unknown): string {
  const named = expression as { function_name?: string };
  return (named.function_name ?? "?").toLowerCase();
}

/** The line of the SQL at a position, and a caret below it. The engine counts characters, not UTF-16 units. */
export function caretLines(sql: string, position: number): string[] {
  if (!Number.isInteger(position) || position < 0 || position > sql.length) return [];
  const before = [...sql].slice(0, position).join("");
  const start = before.lastIndexOf("\n") + 1;
  const end = sql.indexOf("\n", before.length);
  const line = sql.slice(start, end < 0 ? undefined : end);
  return [line, `${" ".repeat([...before.slice(start)].length)}^`];
}
