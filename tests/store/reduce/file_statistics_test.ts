import { deepEqual, equal } from "node:assert/strict";
import { Database, type DayFile, quoteText } from "../../../src/store/mod.ts";
import { readStatistics } from "../../../src/store/reduce/file_statistics.ts";

const MINUTE_MS = 60_000;

async function writeFile(database: Database, path: string, columns: string): Promise<DayFile> {
  await database.run(
    `COPY (SELECT ${columns} FROM range(5000) AS rows(i)) TO ${quoteText(path)}
       (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
  );
  // Nothing else of a day file is looked at.
  return { path } as DayFile;
}

const tsFrom = (ms: number) => `make_timestamptz((${ms} + i)::BIGINT * 1000) AS ts`;

Deno.test("the footers of files tell when their rows are, and what is the same in all of them", async () => {
  const folder = await Deno.makeTempDir();
  try {
    using database = await Database.open();
    const same = `1.5::FLOAT AS interval_s, 17179869184::BIGINT AS ram_total_bytes,
      NULL::FLOAT AS battery_pct, 'b' AS boot_id`;
    const one = await writeFile(
      database,
      `${folder}/one.parquet`,
      `${tsFrom(MINUTE_MS)}, ${same}, 60::SMALLINT AS utc_offset_min, (i // 4000)::FLOAT AS cpu_pct,
       5::SMALLINT AS thermal_level, CASE WHEN i < 4999 THEN 3 END::SMALLINT AS gpu_mhz`,
    );
    const two = await writeFile(
      database,
      `${folder}/two.parquet`,
      `${tsFrom(9 * MINUTE_MS)}, ${same}, 120::SMALLINT AS utc_offset_min, 0::FLOAT AS cpu_pct,
       3::SMALLINT AS gpu_mhz`,
    );
    const { spans, constants } = await readStatistics(database, [one, two]);
    deepEqual(spans.get(one.path), { first_ms: MINUTE_MS, last_ms: MINUTE_MS + 4999 });
    deepEqual(spans.get(two.path), { first_ms: 9 * MINUTE_MS, last_ms: 9 * MINUTE_MS + 4999 });
    // Not what differs between files or in one, is missing in some rows or in a file, or is a text or a time.
    deepEqual([...constants.keys()].sort(), ["battery_pct", "interval_s", "ram_total_bytes"]);
    const [values] = await database.rows(
      `SELECT ${[...constants].map(([name, sql]) => `${sql} AS ${name}`).join(", ")}`,
    );
    deepEqual(values, { interval_s: 1.5, ram_total_bytes: 17179869184, battery_pct: null });
    const alone = await readStatistics(database, [two]);
    equal(alone.constants.has("gpu_mhz"), true);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("of no files nothing is told", async () => {
  using database = await Database.open();
  const { spans, constants } = await readStatistics(database, []);
  deepEqual([spans.size, constants.size], [0, 0]);
});
