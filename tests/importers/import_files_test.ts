import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { UsageError } from "../../src/model/mod.ts";
import { type Disk, hostName, localDisk } from "../../src/platform/mod.ts";
import { parseColumnMap } from "../../src/importers/mod.ts";
import { ALONE } from "../../src/importers/stage_files.ts";
import { foldJournal, lastSeqOf, listStore } from "../../src/store/mod.ts";
import { casesToTry } from "../everything.ts";
import { journalRows, sampleRow, ScratchFolder } from "../journal/scratch_folder.ts";
import {
  columnsOf,
  digests,
  fixture,
  importInto,
  type StoredRow,
  storedRows,
  TextFile,
} from "./import_scene.ts";

const NOON = Date.UTC(2026, 10, 20, 12);
const DATE = "2026-11-20";

/** A CSV of one CPU value a moment, `ts` in seconds after noon. */
function csv(seconds: readonly number[], value = (second: number) => second % 100): string {
  const lines = seconds.map((second) => `${NOON + second * 1000},${value(second)}`);
  return `ts,cpu_pct\n${lines.join("\n")}\n`;
}

function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(fixture(folder))].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(`${folder}/${name}`) : [`${folder}/${name}`]
  ).sort();
}

/** Rows as `second: cpu`. */
function shown(rows: readonly StoredRow[]): string[] {
  return rows.map(({ ts, cpu_pct: cpu }) => `${(Date.parse(`${ts}`) - NOON) / 1000}: ${cpu}`);
}

Deno.test("importing the same files again changes not a byte", async () => {
  using folder = new ScratchFolder();
  const files = [
    fixture("import/powermetrics/m3pro-cpu_gpu-20samples.txt"),
    fixture("import/mactop-report/mactop_data_2025-10-26.csv"),
  ];
  const zone = { timeZone: "Europe/Berlin", daysAreOver: true };
  const first = await importInto(folder, files, zone);
  equal(first.hosts[0]?.added, 20 + 7);
  const before = await digests(folder);
  for (const folder of ["/series/", "/rollups/"]) {
    ok(Object.keys(before).some((path) => path.startsWith(folder)));
  }
  const again = await importInto(folder, files.toReversed(), zone);
  deepEqual([again.hosts[0]?.added, again.hosts[0]?.known], [0, 27]);
  deepEqual(await digests(folder), before);
});

/** JSON with a comment in it, and lines without a value. */
const HOLDS_NOTHING = /readme\.jsonc$|real-mactop-2025-04\.csv$/;

/** Every generation of every program that files are read from; in everyday runs, one file of each program and format. */
const ALL_FILES = [
  ...filesBelow("import").filter((name) => !/README|LICENSES/.test(name)),
  ...filesBelow("mactop").filter((name) => name.includes("headless.")),
].filter((name) => !HOLDS_NOTHING.test(name));

const ONE_OF_EACH = [
  "import/macmon/macmon-0.7.2.json",
  "import/mactop-report/prototype-2025-03.csv",
  "import/mactop-scraper/mactop_metrics_part_0001.json",
  "import/powermetrics/powerserver-monterey-m2.txt",
  "import/powermetrics/pumas-m1.plist",
  "mactop/mactop-2.1.3.headless.ndjson",
];

Deno.test("importing files of each program again changes not a byte", async () => {
  using folder = new ScratchFolder();
  const files = casesToTry(ALL_FILES, ONE_OF_EACH).map(fixture);
  const added = async (of: readonly string[]) =>
    (await importInto(folder, of)).hosts.reduce((sum, host) => sum + host.added, 0);
  ok(await added(files) > files.length);
  const before = await digests(folder);
  equal(await added(files), 0);
  deepEqual(await digests(folder), before);
});

Deno.test("importing a mapped CSV again changes not a byte", async () => {
  using folder = new ScratchFolder();
  using file = new TextFile("when,load\n2026-11-20T12:00:00Z,5\n2026-11-20T12:00:01Z,6\n");
  const map = parseColumnMap("time=when, cpu_pct=load");
  equal((await importInto(folder, [file.path], { map })).hosts[0]?.added, 2);
  const before = await digests(folder);
  const again = await importInto(folder, [file.path], { map });
  deepEqual([again.hosts[0]?.added, again.hosts[0]?.known], [0, 2]);
  deepEqual(await digests(folder), before);
});

Deno.test("of a file that has grown only what is new is added", async () => {
  using folder = new ScratchFolder();
  using file = new TextFile(csv(span(1, 60)));
  await importInto(folder, [file.path]);
  const rest = csv(span(61, 70)).split("\n").slice(1).join("\n");
  file.append(rest);
  const grown = await importInto(folder, [file.path]);
  deepEqual([grown.hosts[0]?.added, grown.hosts[0]?.known], [10, 60]);
  const rows = await storedRows(folder);
  deepEqual(shown(rows), span(1, 70).map((second) => `${second}: ${second}`));
  ok(rows.every((row) => row.interval_s === 1));
});

Deno.test("what was recorded comes first: only times without a row are imported", async () => {
  using folder = new ScratchFolder();
  folder.nameHosts("box");
  const recorded = span(11, 20).map((second) =>
    sampleRow(NOON + second * 1000, { cpu_pct: 77, interval_s: 1 })
  );
  await journalRows(folder, "box", recorded);
  // Off the recorder's grid by 400 ms, as another program's clock is.
  using file = new TextFile(csv(span(1, 30).map((second) => second + 0.4), () => 5));
  const inJournal = await importInto(folder, [file.path], { host: "box" });
  deepEqual([inJournal.hosts[0]?.added, inJournal.hosts[0]?.known], [20, 10]);
  const expected = [
    ...span(1, 10).map((second) => `${second + 0.4}: 5`),
    ...span(11, 20).map((second) => `${second}: 77`),
    ...span(21, 30).map((second) => `${second + 0.4}: 5`),
  ];
  const rows = await storedRows(folder);
  deepEqual(shown(rows), expected);
  // Rows of an import know no boot and no lateness; they are unknown, not 0.
  deepEqual(columnsOf(rows.slice(0, 1), "boot_id", "late_ms"), [[undefined, undefined]]);
  await foldJournal(folder);
  const again = await importInto(folder, [file.path], { host: "box" });
  deepEqual([again.hosts[0]?.added, again.hosts[0]?.known], [0, 30]);
  deepEqual(shown(await storedRows(folder)), expected);
});

Deno.test("a day that was imported first keeps its rows when it is recorded on, and loses none of the journal", async () => {
  using folder = new ScratchFolder();
  folder.nameHosts("box");
  await journalRows(folder, "box", [sampleRow(NOON + 1000, { cpu_pct: 1 })]);
  await foldJournal(folder);
  const seq = lastSeqOf(folder, "box");
  using file = new TextFile(csv(span(100, 110), () => 5));
  await importInto(folder, [file.path], { host: "box" });
  equal(listStore(folder).files.find(({ dataset }) => dataset === "samples")?.lastSeq, seq);
  await journalRows(folder, "box", [sampleRow(NOON + 200_000, { cpu_pct: 2 })]);
  using more = new TextFile(csv([300], () => 5));
  await importInto(folder, [more.path], { host: "box" });
  const expected = ["1: 1", ...span(100, 110).map((second) => `${second}: 5`), "200: 2", "300: 5"];
  deepEqual(shown(await storedRows(folder)), expected);
  equal(listStore(folder).segments.length, 0);
  deepEqual(shown(await storedRows(folder)), expected);
});

Deno.test("while a segment is being written, its rows are neither hidden nor doubled by an import", async () => {
  using folder = new ScratchFolder();
  const { Journal } = await import("../../src/journal/mod.ts");
  const journal = new Journal({ folder, host: "box", nextSeq: 1 });
  journal.append("samples", DATE, sampleRow(NOON + 1000, { cpu_pct: 1 }));
  folder.nameHosts("box");
  using file = new TextFile(csv(span(1, 3), () => 5));
  await importInto(folder, [file.path], { host: "box" });
  deepEqual(shown(await storedRows(folder)), ["1: 1", "2: 5", "3: 5"]);
  journal.append("samples", DATE, sampleRow(NOON + 4000, { cpu_pct: 4 }));
  await journal.seal();
  await foldJournal(folder);
  deepEqual(shown(await storedRows(folder)), ["1: 1", "2: 5", "3: 5", "4: 4"]);
});

Deno.test("rows go to a host of their own unless a host is named or the file names one", async () => {
  using folder = new ScratchFolder();
  using plain = new TextFile(csv([1]));
  using named = new TextFile(`ts,host,cpu_pct\n${NOON + 5000},Studio 2,7\n`);
  await importInto(folder, [plain.path, named.path]);
  await importInto(folder, [plain.path], { host: hostName() });
  const rows = await storedRows(folder);
  const ids = rows.map(({ host }) => host).sort();
  const hosts = folder.info()?.hosts ?? [];
  deepEqual(
    hosts.map(({ name }) => name).sort(),
    [
      hostName(),
      `${hostName()}-import`,
      "Studio 2",
    ].sort(),
  );
  deepEqual(ids, hosts.map(({ id }) => id).sort());
  // This machine under its own name is who it would record as.
  ok(hosts.find(({ name }) => name === hostName())?.machine !== undefined);
  // By its id too.
  const again = await importInto(folder, [named.path], { host: "studio-2" });
  equal(again.hosts[0]?.known, 1);
});

Deno.test("parts of one recording and the days that they cross are one run of rows", async () => {
  using folder = new ScratchFolder();
  const midnight = 12 * 3600;
  using first = new TextFile(csv(span(midnight - 10, midnight - 3)));
  using second = new TextFile(csv(span(midnight, midnight + 5)));
  await importInto(folder, [second.path, first.path]);
  const rows = await storedRows(folder);
  equal(rows.length, 14);
  // Three intervals since the last row of the day before.
  deepEqual(columnsOf(rows.slice(7, 10), "interval_s"), [[1], [3], [1]]);
});

Deno.test("a row after a long gap stands for one interval, and at most five are bridged", async () => {
  using folder = new ScratchFolder();
  using file = new TextFile(csv([1, 2, 3, 8, 14, 15]));
  await importInto(folder, [file.path]);
  deepEqual(columnsOf(await storedRows(folder), "interval_s").flat(), [1, 1, 1, 5, 1, 1]);
});

Deno.test("of two programs that watched the same time the first one named counts", async () => {
  using folder = new ScratchFolder();
  const object = JSON.parse(Deno.readTextFileSync(fixture("import/macmon/macmon-0.7.2.json")));
  const lines = span(1, 5).map((second) =>
    JSON.stringify({ ...object, timestamp: new Date(NOON + second * 1000 + 250).toISOString() })
  );
  using macmon = new TextFile(lines.join("\n"), ".json");
  using cpu = new TextFile(csv(span(1, 8)));
  const result = await importInto(folder, [macmon.path, cpu.path]);
  deepEqual([result.hosts[0]?.added, result.hosts[0]?.known], [8, 5]);
  deepEqual(shown(await storedRows(folder)).slice(4), ["5.25: undefined", "6: 6", "7: 7", "8: 8"]);
});

Deno.test("the store says which program the rows are of", async () => {
  using folder = new ScratchFolder();
  await importInto(folder, [fixture("import/powermetrics/m3pro-cpu_gpu-20samples.txt")]);
  const rows = await storedRows(folder, "sources");
  deepEqual(columnsOf(rows, "source", "description", "reads", "failures", "interval_s"), [
    ["powermetrics", "powermetrics, text, imported", 20, 0, 1],
  ]);
});

Deno.test("a dry run says the same and writes nothing", async () => {
  using folder = new ScratchFolder();
  using file = new TextFile(csv(span(1, 5)));
  const dry = await importInto(folder, [file.path], { dryRun: true });
  deepEqual([dry.hosts[0]?.added, dry.hosts[0]?.known], [5, 0]);
  equal(folder.info(), undefined);
  deepEqual(await digests(folder), {});
  await importInto(folder, [file.path]);
  const after = await importInto(folder, [file.path], { dryRun: true });
  deepEqual([after.hosts[0]?.added, after.hosts[0]?.known], [0, 5]);
});

Deno.test("what is no file, empty, foreign or a folder is named, and the rest is imported", async () => {
  using folder = new ScratchFolder();
  using empty = new TextFile("\n \n");
  using html = new TextFile("<html><body>404</body></html>", ".html");
  using foreign = new TextFile("when,load\n2026-11-20,5\n");
  using good = new TextFile(csv([1]));
  const result = await importInto(folder, [
    "/no/such/file.csv",
    empty.path,
    html.path,
    foreign.path,
    Deno.cwd(),
    good.path,
  ]);
  equal(result.hosts[0]?.added, 1);
  const reasons = result.problems.map(({ reason }) => reason);
  deepEqual(reasons.slice(0, 3), [
    "there is no such file",
    "the file is empty",
    "no format that mtr knows; it begins with: <html><body>404</body></html>",
  ]);
  match(reasons[3] ?? "", /^unknown columns: when,load \(say what they are: --map /);
  match(reasons[4] ?? "", /folder|directory/i);
  ok(result.notes.has(ALONE));
});

Deno.test("gzip is unpacked, and what is left of a damaged archive is imported", async () => {
  const text = csv(span(1, 5));
  const zipped = new Uint8Array(
    await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip")))
      .arrayBuffer(),
  );
  using folder = new ScratchFolder();
  using file = new TextFile(zipped, ".csv.gz");
  equal((await importInto(folder, [file.path])).hosts[0]?.added, 5);
  using cut = new TextFile(zipped.slice(0, -12), ".csv.gz");
  const result = await importInto(folder, [cut.path]);
  equal(result.problemCount, 1);
});

Deno.test("a day whose file is damaged is left alone, and said", async () => {
  using folder = new ScratchFolder();
  using file = new TextFile(csv(span(1, 5)));
  await importInto(folder, [file.path]);
  const [day] = listStore(folder).files.filter(({ dataset }) => dataset === "samples");
  const path = day?.path ?? "";
  const bytes = Deno.readFileSync(path);
  Deno.writeFileSync(path, bytes.slice(0, -20));
  using more = new TextFile(csv([9, 86_409]));
  const result = await importInto(folder, [more.path]);
  deepEqual(result.hosts[0]?.damaged, [DATE]);
  equal(result.hosts[0]?.added, 1);
  deepEqual(shown(await storedRows(folder)), ["86409: 9"]);
});

Deno.test("demo data is not mixed with anything", async () => {
  using folder = new ScratchFolder();
  folder.writeInfo({ format: 1, created: "2026-11-01T00:00:00.000Z", demo: true, hosts: [] });
  using file = new TextFile(csv([1]));
  await rejects(importInto(folder, [file.path]), UsageError);
});

Deno.test("an import that the disk refuses in the middle says so, and is made whole by running it again", async () => {
  let refused = false;
  const disk: Disk = {
    ...localDisk,
    rename(from, to) {
      // The second of the files that go into their places.
      if (to.includes("date=2026-11-21") && !refused) {
        refused = true;
        throw new Error("no space left");
      }
      localDisk.rename(from, to);
    },
  };
  using folder = new ScratchFolder(disk);
  using file = new TextFile(csv([1, 86_400, 86_401]));
  await rejects(importInto(folder, [file.path]), /files could not be replaced: no space left/);
  deepEqual(shown(await storedRows(folder)), ["1: 1"]);
  deepEqual(localDisk.list(folder.tmp), []);
  await importInto(folder, [file.path]);
  deepEqual(shown(await storedRows(folder)), ["1: 1", "86400: 0", "86401: 1"]);
});
