/**
 * DuckDB with one thread. Stores of tests are so small that handing work to others takes a fifth to a quarter of all the time;
 * with MTR_TEST_EVERYTHING=1 it has as many as a user's.
 */
import { Database } from "../../src/store/mod.ts";
import { EVERYTHING } from "../everything.ts";

if (!EVERYTHING) {
  const { open } = Database;
  Database.open = (settings) => open.call(Database, { threads: "1", ...settings });
}
