import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { join } from "node:path";
import { findMetric, StoreError, toGrid } from "../../src/model/mod.ts";
import { armFailPoints, tryLock } from "../../src/platform/mod.ts";
import { claimHost } from "../../src/journal/mod.ts";
import {
  checkStore,
  Database,
  foldJournal,
  quoteText,
  upgradeStore,
  withStore,
} from "../../src/store/mod.ts";
import { createProgram } from "../../src/cli/mod.ts";
import { fakeIo } from "../cli/fake_io.ts";
import { casesToTry, EVERYTHING } from "../everything.ts";
import { killAt } from "../faults/end_at.ts";
import { whileDaysLast } from "./while_days_last.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import { oldValues, writeOldStore } from "./old_store.ts";
import {
  copyInto,
  copyOfRecorded,
  datesFrom,
  dayFile,
  type Files,
  filesOf,
  HOST,
  reportOn,
  rowsSeen,
  treeOf,
} from "./recorded_days.ts";

const DATES = datesFrom("2025-02-26", 3);

let OLD: Promise<Files> | undefined;

/** Made once, then copied. */
async function oldFolder(): Promise<ScratchFolder> {
  OLD ??= oldFiles();
  const folder = new ScratchFolder();
  copyInto(folder, await OLD);
  return folder;
}

async function oldFiles(): Promise<Files> {
  using folder = new ScratchFolder();
  await writeOldStore(folder, DATES);
  return filesOf(folder);
}

const isOld = (error: unknown) =>
  error instanceof StoreError &&
  /has format 0; this mtr reads and writes format 1/.test(error.message) &&
  /mtr fold --upgrade/.test(error.hints.join());

Deno.test("a folder of format 0 is neither read, folded nor recorded into, and each says what to do", async () => {
  using folder = await oldFolder();
  const before = treeOf(folder);
  await rejects(withStore(folder, {}, () => Promise.resolve()), isOld);
  await rejects(foldJournal(folder), isOld);
  await rejects(claimHost(folder, { name: HOST, id: "x", givenName: undefined }), isOld);
  await rejects(reportOn(folder, DATES), isOld);
  const { findings } = await checkStore(folder, { nowMs: Date.now() });
  deepEqual(findings.map(({ kind }) => kind), ["format.old"]);
  deepEqual(treeOf(folder), before);
});

Deno.test("upgraded, it holds what a recorder of today would have stored", async () => {
  using folder = await oldFolder();
  const { from, files, rewritten, notes } = await upgradeStore(folder);
  deepEqual([from, files, rewritten, notes], [0, 3, 3, []]);
  equal(folder.info()?.format, 1);
  const rows = await withStore(
    folder,
    {},
    ({ database }) =>
      database.rows<Record<string, number | null>>(
        `SELECT epoch_ms(ts) AS ts, interval_s::DOUBLE AS interval_s, round(cpu_pct::DOUBLE, 2) AS cpu_pct,
         gpu_mhz, ram_used_bytes, net_rx_bytes_per_s, round(cpu_celsius::DOUBLE, 1) AS cpu_celsius, gpu_pct
       FROM stored_samples ORDER BY ts`,
      ),
  );
  equal(rows.length, 3 * 144);
  const stored = (id: string, value: number) => {
    const metric = findMetric(id);
    return metric ? toGrid(metric, value) : null;
  };
  for (const [i, row] of rows.entries()) {
    const old = Object.entries(oldValues(i % 144)).map(([id, value]) => [id, stored(id, value)]);
    deepEqual(row, {
      ts: Date.parse(DATES[0] ?? "") + i * 600_000,
      interval_s: 600,
      gpu_pct: null,
      ...Object.fromEntries(old),
    });
  }
  await foldJournal(folder);
  match((await reportOn(folder, DATES)).method, /3 days from rollups/);
  const { findings } = await checkStore(folder, { nowMs: Date.now(), wholeFiles: 1 });
  deepEqual(findings.filter(({ severity }) => severity === "problem"), []);
});

const POINTS = [
  "upgrade.before_day",
  "upgrade.before_day@3",
  "replace.before_rename@2",
  "replace.after_rename",
  "upgrade.before_info",
];

for (const point of casesToTry(POINTS, ["upgrade.before_day@3", "upgrade.before_info"])) {
  Deno.test(`an upgrade to which the disk fails at ${point} loses nothing, is refused to readers, and goes on`, async () => {
    using folder = await oldFolder();
    {
      using _ = armFailPoints(`${point}=EIO`);
      await rejects(upgradeStore(folder), /Input\/output error/);
    }
    await assertGoesOn(folder);
  });
}

/** In everyday runs the first is a kill of a process, the second of this process' own making. */
for (const point of casesToTry(POINTS, ["replace.before_rename@2", "replace.after_rename"])) {
  Deno.test(`an upgrade that is killed at ${point} loses nothing, is refused to readers, and goes on`, async () => {
    using folder = await oldFolder();
    await killAt(folder, "upgrade", point, {
      inProcess: !EVERYTHING && point === "replace.after_rename",
    });
    await assertGoesOn(folder);
  });
}

async function assertGoesOn(folder: ScratchFolder): Promise<void> {
  await rejects(withStore(folder, {}, () => Promise.resolve()), isOld);
  const { files, notes } = await upgradeStore(folder);
  deepEqual([files, notes], [3, []]);
  equal(await rowsSeen(folder, DATES), 3 * 144);
  deepEqual(folder.disk.list(folder.tmp), []);
}

Deno.test("mtr fold --upgrade goes on where an upgrade ended, and says how many files it rewrote", async () => {
  using folder = await oldFolder();
  {
    using _ = armFailPoints("replace.before_rename@2=EIO");
    await rejects(upgradeStore(folder));
  }
  const io = fakeIo({ HOME: "/nonexistent" });
  const command = ["fold", "--upgrade", "--data-dir", folder.path];
  await whileDaysLast(() => createProgram(io).parseAsync(command, { from: "user" }));
  match(io.written.notes + io.written.out, /rewrote 2 of 3 day files to format 1/);
  equal(await rowsSeen(folder, DATES), 3 * 144);
});

Deno.test("a day file that cannot be read does not keep the others from being upgraded", async () => {
  using folder = await oldFolder();
  Deno.truncateSync(dayFile(folder, DATES[0] ?? ""), 200);
  const bytes = Deno.readFileSync(dayFile(folder, DATES[1] ?? ""));
  Deno.writeFileSync(dayFile(folder, DATES[1] ?? ""), bytes.fill(0x55, 10, 900));
  const { rewritten, notes } = await upgradeStore(folder);
  equal(rewritten, 1);
  match(notes.join("\n"), /is left as it is: its end is missing\n.*was moved to.*quarantine/);
  equal(await rowsSeen(folder, DATES), 144);
});

Deno.test("a disk that takes nothing leaves the old files where they are", async () => {
  using folder = await oldFolder();
  const before = treeOf(folder);
  // As good as a full disk: the new file cannot be written.
  const part = join(folder.tmp, `upgraded.samples.${HOST}.${DATES[0]}.part`);
  Deno.mkdirSync(join(part, "in-the-way"), { recursive: true });
  await rejects(upgradeStore(folder));
  deepEqual(treeOf(folder), before);
});

Deno.test("files that lack columns of younger metrics get them, others are left as they are", async () => {
  using folder = await copyOfRecorded(DATES, { datasets: ["samples"], rolledUp: false });
  const before = treeOf(folder);
  deepEqual((await upgradeStore(folder)).rewritten, 0);
  deepEqual(treeOf(folder), before);
  const path = dayFile(folder, DATES[1] ?? "");
  using database = await Database.open();
  const part = join(folder.tmp, "older.part");
  await database.run(
    `COPY (SELECT * EXCLUDE (connections, load5) FROM read_parquet(${quoteText(path)}))
    TO ${quoteText(part)} (FORMAT parquet, KV_METADATA {mtr_last_seq: '2', mtr_format: '1'})`,
  );
  Deno.renameSync(part, path);
  equal((await upgradeStore(folder)).rewritten, 1);
  const { findings } = await checkStore(folder, { nowMs: Date.now(), wholeFiles: 0 });
  deepEqual(findings.filter(({ kind }) => kind.startsWith("schema")), []);
  equal(await rowsSeen(folder, DATES), 3 * 144);
});

Deno.test("a folder that is being recorded into, and one of a newer format, are not upgraded", async () => {
  using folder = await oldFolder();
  {
    using _recorder = tryLock(folder.recordLock(HOST), "exclusive");
    await rejects(upgradeStore(folder), /box is being recorded into/);
  }
  folder.writeInfo({ format: 99, created: "", hosts: [] });
  await rejects(upgradeStore(folder), /has format 99; this mtr knows format 1/);
});
