import type { Database } from "./database.ts";

/** Whether every value of a Parquet file can be read. Reads all of it. */
export async function isReadable(database: Database, path: string): Promise<boolean> {
  try {
    await database.run("SELECT max(hash(COLUMNS(*))) FROM read_parquet($path)", { path });
    return true;
  } catch {
    return false;
  }
}
