import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import { DATASETS } from "../../src/model/mod.ts";
import { Database, quoteText, writeDayFile } from "../../src/store/mod.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";

Deno.test("a day file has the dataset's columns with its types, whatever the query gives", async () => {
  using folder = new ScratchFolder();
  using database = await Database.open();
  const day = { dataset: DATASETS.samples, host: "box", date: "2026-11-22" };
  await writeDayFile(
    folder,
    database,
    day,
    "SELECT TIMESTAMPTZ '2026-11-22 12:00:00+00' AS ts, 1.5::DOUBLE AS cpu_pct, 812::BIGINT AS gpu_mhz, 7 AS unknown",
  );
  const path = quoteText(join(folder.day("samples", "box", "2026-11-22"), "rows.parquet"));
  const columns = await database.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM read_parquet(${path}, hive_partitioning = false)`,
  );
  deepEqual(
    columns.map(({ column_name: name, column_type: type }) => [name, type]),
    DATASETS.samples.columns.map(({ name, type }) => [
      name,
      type === "TIMESTAMPTZ" ? "TIMESTAMP WITH TIME ZONE" : type,
    ]),
  );
  const [row] = await database.rows<{ cpu_pct: number }>(`FROM read_parquet(${path})`);
  equal(row?.cpu_pct, 1.5);
});
