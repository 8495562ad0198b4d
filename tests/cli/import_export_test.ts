import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { createProgram } from "../../src/cli/mod.ts";
import { FORMAT_NAMES } from "../../src/importers/mod.ts";
import { MtrError } from "../../src/model/mod.ts";
import { journalRows, ScratchFolder } from "../journal/scratch_folder.ts";
import { fixture, importInto, storedRows, TextFile } from "../importers/import_scene.ts";
import { copyInto, type Files, filesOf } from "../store/recorded_days.ts";
import { fakeIo } from "./fake_io.ts";

interface Ended {
  readonly out: string;
  readonly notes: string;
  readonly error: MtrError | undefined;
}

async function mtr(folder: ScratchFolder, ...args: string[]): Promise<Ended> {
  const io = fakeIo({ MTR_DATA_DIR: folder.path, HOME: "/nonexistent" });
  let error: MtrError | undefined;
  try {
    await createProgram(io).parseAsync(args, { from: "user" });
  } catch (thrown) {
    if (!(thrown instanceof MtrError)) throw thrown;
    error = thrown;
  }
  return { out: io.written.out, notes: io.written.notes, error };
}

const TEXT = fixture("import/powermetrics/m3pro-cpu_gpu-20samples.txt");
const RANGE = ["--start-date", "2025-12-25", "--time-zone", "UTC"];

let IMPORTED: Promise<Files> | undefined;

/** TEXT as recordings of `laptop`: imported once, then copied. */
async function imported(): Promise<ScratchFolder> {
  IMPORTED ??= filesOfImport();
  const folder = new ScratchFolder();
  copyInto(folder, await IMPORTED);
  return folder;
}

async function filesOfImport(): Promise<Files> {
  using folder = new ScratchFolder();
  await importInto(folder, [TEXT], { host: "laptop" });
  return filesOf(folder);
}

Deno.test("an import says what was stored and where to look, and the second time that nothing is new", async () => {
  using folder = new ScratchFolder();
  const first = await mtr(folder, "import", TEXT, "--host", "laptop", "--time-zone", "UTC");
  equal(first.error, undefined);
  equal(
    first.notes,
    "imported 20 samples of Thu 25 Dec 2025 into laptop\n" +
      "look at it: mtr analyze --host laptop --since 2025-12-25\n",
  );
  const again = await mtr(folder, "import", TEXT, "--host", "laptop", "--time-zone", "UTC");
  equal(again.notes, "nothing new for laptop; 20 were there already\n");
  const dry = await mtr(folder, "import", TEXT, "--host", "other", "--dry-run");
  equal(dry.notes, "would import 20 samples of Thu 25 Dec 2025 into other\n");
  const report = await mtr(folder, "analyze", ...RANGE, "--host", "laptop", "--json");
  const { metrics, source } = JSON.parse(report.out);
  equal(metrics.cpu_pct.count, 20);
  equal(source, "powermetrics, text, imported");
});

Deno.test("lines that can't be read are named, the first few, and the rest is imported", async () => {
  using folder = new ScratchFolder();
  const bad = Array.from({ length: 9 }, (_, i) => `2026-11-20 10:00:0${i},oops`);
  using file = new TextFile(`ts,cpu_pct\n${bad.join("\n")}\n2026-11-20 10:00:09,5\n`);
  const { notes, error } = await mtr(folder, "import", file.path);
  equal(error, undefined);
  const lines = notes.split("\n");
  equal(lines[0], `${file.path}:2: cpu_pct: not a number: oops`);
  equal(lines[5], "and 4 more that could not be read");
  match(notes, /imported 1 sample of Fri 20 Nov 2026/);
});

Deno.test("where nothing can be imported it fails, with the reasons", async () => {
  using folder = new ScratchFolder();
  using file = new TextFile("when,load\n2026-11-20,5\n");
  const { error } = await mtr(folder, "import", file.path, "/no/such/file");
  equal(error?.exitCode, 1);
  equal(error?.message, "nothing that could be imported was found");
  match(error?.hints[0] ?? "", /: unknown columns: when,load \(say what they are: --map /);
  equal(error?.hints[1], "/no/such/file: there is no such file");
  deepEqual(await storedRows(folder), []);
});

Deno.test("wrong formats, mappings and zones are wrong usage", async () => {
  using folder = new ScratchFolder();
  const cases: [string[], string][] = [
    [["--from", "macmonn"], "--from macmonn: no such format; did you mean macmon?"],
    [["--map", "cpu_pct=a"], "--map cpu_pct=a: no column is the time"],
    [["--time-zone", "Mars"], "--time-zone Mars: no such time zone"],
  ];
  for (const [options, message] of cases) {
    const { error } = await mtr(folder, "import", TEXT, ...options);
    deepEqual([error?.exitCode, error?.message], [2, message]);
  }
});

Deno.test("the help names every format", () => {
  const command = createProgram(fakeIo()).commands.find((of) => of.name() === "import");
  const help = (command?.helpInformation() ?? "").replaceAll(/\s+/g, " ");
  const names = /what the files are: ([\w-]+(?:, [\w-]+)*)/.exec(help)?.[1]?.split(", ");
  deepEqual(names?.toSorted(), FORMAT_NAMES.toSorted());
});

Deno.test("what is exported as CSV is imported as what it was", async () => {
  using from = await imported();
  using to = new ScratchFolder();
  const csv = await mtr(from, "export", ...RANGE);
  equal(csv.out.split("\n").length, 22);
  using file = new TextFile(csv.out);
  equal((await mtr(to, "import", file.path, "--time-zone", "Asia/Tokyo")).error, undefined);
  deepEqual(await storedRows(to), await storedRows(from));
  // The same by a mapping, in place of what the columns say themselves.
  using mapped = new ScratchFolder();
  await mtr(mapped, "import", file.path, "--host", "x", "--map", "time=ts,pcpu_pct=ecpu_pct/2");
  const [row] = await storedRows(mapped);
  deepEqual([row?.ts, row?.pcpu_pct], ["2025-12-25T13:32:23.000Z", 5.77]);
});

Deno.test("lines of JSON and OpenMetrics have the values, their times and their meanings", async () => {
  using folder = await imported();
  const two = ["--since", "2025-12-25T13:32:23Z", "--until", "2025-12-25T13:32:25Z"];
  const json = await mtr(folder, "export", ...two, "--format", "jsonlines", "--metrics", "cpu_pct");
  deepEqual(json.out.trim().split("\n").map((line) => JSON.parse(line)), [
    {
      host: "laptop",
      ts: "2025-12-25T13:32:23.000Z",
      utc_offset_min: -480,
      interval_s: 1,
      cpu_pct: 6.35,
    },
    {
      host: "laptop",
      ts: "2025-12-25T13:32:24.016Z",
      utc_offset_min: -480,
      interval_s: 1,
      cpu_pct: 3.17,
    },
  ]);
  const metrics = ["--metrics", "cpu_pct,gpu_mhz,ram_used_bytes"];
  const open = await mtr(folder, "export", ...two, "--format", "openmetrics", ...metrics);
  equal(
    open.out,
    `# TYPE mtr_cpu_pct gauge
# UNIT mtr_cpu_pct pct
# HELP mtr_cpu_pct CPU in use, of the whole machine
mtr_cpu_pct{host="laptop"} 6.35 1766669543.0
mtr_cpu_pct{host="laptop"} 3.17 1766669544.016
# TYPE mtr_gpu_mhz gauge
# UNIT mtr_gpu_mhz mhz
# HELP mtr_gpu_mhz GPU clock while active; 0 while idle
mtr_gpu_mhz{host="laptop"} 464 1766669543.0
mtr_gpu_mhz{host="laptop"} 380 1766669544.016
# TYPE mtr_ram_used_bytes gauge
# UNIT mtr_ram_used_bytes bytes
# HELP mtr_ram_used_bytes memory in use; mactop: total − (free + inactive), Linux: total − available
# EOF
`,
  );
});

Deno.test("a file's name says its format, and a failed export leaves no file", async () => {
  using folder = await imported();
  const output = join(folder.path, "day.parquet");
  equal((await mtr(folder, "export", ...RANGE, "-o", output)).out, "");
  equal(new TextDecoder().decode(Deno.readFileSync(output).subarray(0, 4)), "PAR1");
  const nothing = join(folder.path, "nothing.csv");
  const { error } = await mtr(folder, "export", "--start-date", "2024-01-01", "-o", nothing);
  equal(error?.exitCode, 3);
  const files = [...Deno.readDirSync(folder.path)].map(({ name }) => name);
  deepEqual(files.filter((name) => name.startsWith("nothing")), []);
  const toNowhere = await mtr(folder, "export", ...RANGE, "-o", "/no/such/folder/x.csv");
  match(toNowhere.error?.message ?? "", /^\/no\/such\/folder\/x\.csv can't be written: /);
  equal((await mtr(folder, "export", ...RANGE, "--format", "parquet")).error?.exitCode, 2);
});

Deno.test("a finished day that grows by an import is reported with all of its rows", async () => {
  using folder = new ScratchFolder();
  const rows = (day: number, from: number) =>
    Array.from({ length: 10 }, (_, i) => `2026-10-0${day}T10:00:${from + i}Z,${from}\n`).join("");
  using first = new TextFile(`ts,cpu_pct\n${rows(1, 10)}${rows(2, 10)}`);
  using second = new TextFile(`ts,cpu_pct\n${rows(2, 40)}`);
  const report = async () => {
    const range = ["--start-date", "2026-10-01", "--end-date", "2026-10-03", "--time-zone", "UTC"];
    const { metrics } = JSON.parse((await mtr(folder, "analyze", ...range, "--json")).out);
    return [metrics.cpu_pct.count, metrics.cpu_pct.max];
  };
  await mtr(folder, "import", first.path, "--time-zone", "UTC");
  deepEqual(await report(), [20, 10]);
  await mtr(folder, "import", second.path, "--time-zone", "UTC");
  deepEqual(await report(), [30, 40]);
});

Deno.test("days whose rows were pruned are not imported again beside their rollups", async () => {
  using folder = new ScratchFolder();
  const rows = (day: number) =>
    Array.from({ length: 10 }, (_, i) => `2026-10-0${day}T10:00:${10 + i}Z,${i}\n`).join("");
  using file = new TextFile(`ts,cpu_pct\n${rows(1)}${rows(2)}`);
  const again = () => mtr(folder, "import", file.path, "--time-zone", "UTC", "--host", "box");
  const report = async () => {
    const range = ["--start-date", "2026-10-01", "--end-date", "2026-10-03", "--time-zone", "UTC"];
    const { samples, metrics } = JSON.parse((await mtr(folder, "analyze", ...range, "--json")).out);
    return [samples, metrics.cpu_pct.count, metrics.cpu_pct.mean];
  };
  await again();
  const before = await report();
  deepEqual(before, [20, 20, 4.5]);
  const pruned = await mtr(folder, "prune", "--yes", "--older-than", "1d");
  equal(pruned.error, undefined);
  deepEqual(await report(), before);
  const { notes, error } = await again();
  equal(error, undefined);
  equal(
    notes,
    "note: left out 20 samples of 2 days (2026-10-01 … 2026-10-02) of box: their rows were removed " +
      "on purpose (mtr prune), and the rollup answers for the whole day\nnothing new for box\n",
  );
  deepEqual(await report(), before);
  deepEqual((await storedRows(folder)).length, 0);
});

Deno.test("labelled metrics are exported a row a value, and their labels hold anything", async () => {
  using folder = new ScratchFolder();
  folder.nameHosts("box");
  const ts = Date.UTC(2025, 11, 25);
  const row = (metric: string, label: string, value: number, after = 0) => (
    { ts: ts + after, utc_offset_min: 60, metric, label, value }
  );
  const rows = [
    row("core_pct", "0", 12.5),
    row("core_pct", "0", 13, 10_000),
    row("fs_used_bytes", 'a\\"b,\nc', 1048576),
  ];
  await journalRows(folder, "box", rows, "series");
  const exported = async (...args: string[]) => (await mtr(folder, "export", ...RANGE, ...args));
  const json = await exported("--dataset", "series", "--format", "jsonlines");
  deepEqual(
    json.out.trim().split("\n").map((line) => JSON.parse(line)),
    rows.map(({ ts, ...rest }) => ({ host: "box", ts: new Date(ts).toISOString(), ...rest })),
  );
  // What the metrics are of, their names say.
  const csv = await exported("--metrics", "core_pct");
  equal(
    csv.out,
    "host,ts,utc_offset_min,metric,label,value\n" +
      "box,2025-12-25T00:00:00.000Z,60,core_pct,0,12.5\n" +
      "box,2025-12-25T00:00:10.000Z,60,core_pct,0,13.0\n",
  );
  const open = await exported("--dataset", "series", "--format", "openmetrics");
  const lines = open.out.split("\n").filter((line) => !line.startsWith("#"));
  deepEqual(lines, [
    'mtr_core_pct{host="box",core="0"} 12.5 1766620800.0',
    'mtr_core_pct{host="box",core="0"} 13.0 1766620810.0',
    String.raw`mtr_fs_used_bytes{host="box",mount="a\\\"b,\nc"} 1048576.0 1766620800.0`,
    "",
  ]);
  const output = join(folder.path, "series.parquet");
  equal((await exported("--dataset", "series", "-o", output)).error, undefined);
  equal(new TextDecoder().decode(Deno.readFileSync(output).subarray(0, 4)), "PAR1");
});

Deno.test("an export of what there is not says so, and metrics of two datasets do not go into one file", async () => {
  using folder = await imported();
  const errorOf = async (...args: string[]) => {
    const { error, out } = await mtr(folder, "export", ...RANGE, ...args);
    equal(out, "");
    return [error?.exitCode, error?.message.replace(folder.path, "…"), ...error?.hints ?? []];
  };
  deepEqual(await errorOf("--metrics", "fan_rpm"), [
    3,
    "nothing of fan_rpm was recorded in this range in …",
    "what there is: mtr query 'select metric, min(ts), max(ts) from series group by metric'",
  ]);
  deepEqual(await errorOf("--metrics", "core_pct,cpu_pct"), [
    2,
    "--metrics names metrics of two datasets, which are rows of two kinds",
    "of samples: cpu_pct",
    "of series: core_pct",
    "export each into a file of its own",
  ]);
  equal((await errorOf("--dataset", "series", "--metrics", "cpu_pct"))[0], 2);
  const [code, message] = await errorOf("--metrics", "cpu_percent");
  deepEqual([code, message], [2, "no metric called `cpu_percent`; did you mean cpu_pct?"]);
  const { error } = await mtr(folder, "analyze", ...RANGE, "--metrics", "core_pct");
  equal(error?.message, "core_pct has a value for each core: no report shows it");
});
