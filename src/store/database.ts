import { join } from "node:path";
import type {
  DuckDBConnection,
  DuckDBInstance,
  DuckDBPendingResult,
  DuckDBPendingResultState,
  DuckDBValue,
} from "@duckdb/node-api";
import { messageOf } from "../model/mod.ts";
import { displayValue } from "./display_value.ts";
import type { SqlValue } from "./sql_value.ts";
import { loadDuckDB } from "./duckdb_runtime.ts";

export interface SqlResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly SqlValue[])[];
}

/** How long a query may keep the main thread to itself. */
const SLICE_MS = 20;

/** An in-memory DuckDB that can read files. One a command. */
export class Database implements Disposable {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  static async open(settings: Readonly<Record<string, string>> = {}): Promise<Database> {
    const { DuckDBInstance } = await loadDuckDB();
    const instance = await DuckDBInstance.create(":memory:", {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      // The default is a folder in the current one, which may be anybody's.
      temp_directory: join(Deno.env.get("TMPDIR") ?? "/tmp", `mtr-duckdb-${Deno.pid}`),
      ...settings,
    });
    const database = new Database(instance, await instance.connect());
    await database.run("SET TimeZone = 'UTC'");
    return database;
  }

  /** Runs statements whose result nobody needs. */
  async run(sql: string, parameters?: Record<string, DuckDBValue>): Promise<void> {
    await this.#connection.run(sql, parameters);
  }

  /** All rows of a query, as arrays in the order of the columns. */
  async query(sql: string, parameters?: Record<string, DuckDBValue>): Promise<SqlResult> {
    const reader = await this.#connection.runAndReadAll(sql, parameters);
    const types = reader.columnTypes();
    const columns = reader.columnNames().map((name, i) => ({ name, type: String(types[i]) }));
    const rows = reader.getRowsJS().map((row) => row.map((value) => toSqlValue(value)));
    return { columns, rows };
  }

  /** All rows of a query, as objects. The caller names the row's type, as the SQL beside it makes it. */
  async rows<Row extends object>(
    sql: string,
    parameters?: Record<string, DuckDBValue>,
  ): Promise<Row[]> {
    const { columns, rows } = await this.query(sql, parameters);
    return rows.map((row) =>
      Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null])) as Row
    );
  }

  /** All rows of a query, for people: times and nested values as the engine writes them. */
  async display(sql: string): Promise<SqlResult> {
    const reader = await (await this.#inSlices(sql)).readAll();
    const types = reader.columnTypes().map(String);
    const columns = reader.columnNames().map((name, i) => ({ name, type: types[i] ?? "" }));
    const rows = reader.getRows().map((row) =>
      row.map((value, i) => displayValue(value, types[i] ?? ""))
    );
    return { columns, rows };
  }

  /** Runs a statement whose result nobody needs, so that `interrupt` can be called while it runs. */
  async runInterruptibly(sql: string): Promise<void> {
    await (await this.#inSlices(sql)).getResult();
  }

  /** Older Denos (2.6) do an add-on's work in the main thread: done in one piece it would hold up all timers. */
  async #inSlices(sql: string): Promise<DuckDBPendingResult> {
    const { DuckDBPendingResultState: State } = await loadDuckDB();
    const pending = await this.#connection.start(sql);
    let sliceEndsMs = performance.now() + SLICE_MS;
    while (true) {
      const state = nextTask(pending);
      if (state === State.RESULT_READY) return pending;
      const isIdle = state === State.NO_TASKS_AVAILABLE;
      if (!isIdle && performance.now() < sliceEndsMs) continue;
      await new Promise((resolve) => setTimeout(resolve, isIdle ? 1 : 0));
      sliceEndsMs = performance.now() + SLICE_MS;
    }
  }

  /** Stops a running query: its promise rejects. */
  interrupt(): void {
    this.#connection.interrupt();
  }

  [Symbol.dispose](): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

/** One step of a query; errors are worded as those of a query that is run in one piece. */
function nextTask(pending: DuckDBPendingResult): DuckDBPendingResultState {
  try {
    return pending.runTask();
  } catch (error) {
    throw new Error(messageOf(error).replace("Failure running pending result task: ", ""), {
      cause: error instanceof Error ? error.cause : undefined,
    });
  }
}

/** The one place where the engine's values become JavaScript's. */
function toSqlValue(value: unknown): SqlValue {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(toSqlValue);
  if (value instanceof Date) return value;
  if (typeof value === "object") {
    const entries = Object.entries(value).map(([key, inner]) => [key, toSqlValue(inner)]);
    return Object.fromEntries(entries);
  }
  return value as SqlValue;
}
