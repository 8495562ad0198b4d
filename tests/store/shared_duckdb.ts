/**
 * One DuckDB for all stores of a test file, with one thread, in everyday runs.
 *
 * To make one takes 13 ms of CPU, and a run opens 1500. Each `Database` has a connection of its own still, and
 * with it its tables, views and settings; queries, which lock settings for good, have a DuckDB of their own. Stores of
 * tests are so small that handing work to other threads takes a fifth to a quarter of all the time. With
 * MTR_TEST_EVERYTHING=1 each command has what a user's has.
 */
import { Database } from "../../src/store/mod.ts";
import { loadDuckDB } from "../../src/store/duckdb_runtime.ts";
import { EVERYTHING } from "../everything.ts";

if (!EVERYTHING) {
  const { open } = Database;
  let isShared: Promise<void> | undefined;
  // Not before one is opened: to load DuckDB takes long as well.
  Database.open = async (settings) => {
    isShared ??= shareDuckDB();
    await isShared;
    return await open.call(Database, settings);
  };
}

async function shareDuckDB(): Promise<void> {
  const { DuckDBInstance } = await loadDuckDB();
  const { create } = DuckDBInstance;
  const make = (path?: string, options?: Record<string, string>) =>
    create.call(DuckDBInstance, path, { threads: "1", ...options });
  let shared: ReturnType<typeof make> | undefined;
  DuckDBInstance.create = async (path, options) => {
    if (options?.memory_limit) return await make(path, options);
    if (shared) return await shared;
    shared = make(path, options);
    const instance = await shared;
    const { closeSync } = instance;
    instance.closeSync = () => {};
    addEventListener("unload", () => closeSync.call(instance));
    return instance;
  };
}
