import { deepEqual, equal, ok } from "node:assert/strict";
import { join } from "node:path";
import { localDisk } from "../../src/platform/mod.ts";
import { Database } from "../../src/store/mod.ts";
import { checkFooter, footerText, readFooter } from "../../src/store/parquet_footer.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";

Deno.test("the footer's values are those that the engine reads", async () => {
  using folder = new ScratchFolder();
  using database = await Database.open();
  const path = join(folder.path, "x.parquet");
  const long = "days ".repeat(5000);
  const cases: Record<string, string>[] = [
    { mtr_last_seq: "1", mtr_format: "1" },
    { mtr_last_seq: "123456789012", mtr_other: "x" },
    { mtr_a: long, mtr_last_seq: "77", mtr_z: "z".repeat(128) },
    { mtr_last_seq: "9", mtr_days: "x".repeat(127) },
  ];
  for (const pairs of cases) {
    const metadata = Object.entries(pairs).map(([key, value]) => `${key}: '${value}'`);
    await database.run(`COPY (SELECT range AS a, 'text' AS b FROM range(1000)) TO '${path}'
      (FORMAT parquet, KV_METADATA {${metadata.join(", ")}})`);
    const found = await database.rows<{ key: string; value: string }>(
      `SELECT key::BLOB::VARCHAR AS key, value::BLOB::VARCHAR AS value FROM parquet_kv_metadata('${path}')`,
    );
    const footer = readFooter(localDisk, path);
    ok(footer.whole);
    for (const { key, value } of found) {
      if (key in pairs) equal(footerText(footer.bytes, key), value, key);
    }
    const { check: _, ...checked } = { check: "", ...checkFooter(localDisk, path) };
    deepEqual(checked, { whole: true, lastSeq: Number(pairs.mtr_last_seq) });
  }
});

Deno.test("a Parquet file of somebody else has no sequence number", async () => {
  using folder = new ScratchFolder();
  using database = await Database.open();
  const path = join(folder.path, "x.parquet");
  await database.run(`COPY (SELECT 1 AS mtr_last_seq) TO '${path}' (FORMAT parquet)`);
  const { check: _, ...footer } = { check: "", ...checkFooter(localDisk, path) };
  deepEqual(footer, { whole: true, lastSeq: null });
});

Deno.test("a file that is cut anywhere is not whole, and says why", async () => {
  using folder = new ScratchFolder();
  using database = await Database.open();
  const path = join(folder.path, "x.parquet");
  await database.run(`COPY (FROM range(100)) TO '${path}' (FORMAT parquet)`);
  const bytes = Deno.readFileSync(path);
  for (const length of [0, 4, 11, 12, 100, bytes.length - 8, bytes.length - 1]) {
    Deno.writeFileSync(path, bytes.subarray(0, length));
    equal(checkFooter(localDisk, path).whole, false, `${length} bytes`);
  }
  // A footer that claims to be longer than the file.
  bytes.set([0xff, 0xff, 0xff, 0x7f], bytes.length - 8);
  Deno.writeFileSync(path, bytes);
  deepEqual(checkFooter(localDisk, path), { whole: false, problem: "its footer is damaged" });
  equal(checkFooter(localDisk, join(folder.path, "none")).whole, false);
});
