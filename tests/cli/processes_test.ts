/** `src/main.ts` in processes of its own: what only an exit code, a pipe or a kill can show. */
import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import { readSegmentHeader } from "../../src/journal/mod.ts";
import { localDisk } from "../../src/platform/mod.ts";
import { withStore } from "../../src/store/mod.ts";
import { journalRows, sampleRow, ScratchFolder } from "../journal/scratch_folder.ts";

const NOON_MS = Date.UTC(2025, 10, 18, 12);
const MAIN = new URL("../../src/main.ts", import.meta.url).pathname;
const RUN = ["run", "-A", "--no-prompt", "--no-check", "--quiet", MAIN];
/** Rows are looked for at most so often: a machine may be slow, but not for ever. */
const PATIENCE_MS = 60_000;

function command(folder: ScratchFolder, args: readonly string[]): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [...RUN, ...args],
    env: { MTR_DATA_DIR: folder.path, NO_COLOR: "1", TZ: "UTC" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

async function mtr(folder: ScratchFolder, ...args: string[]) {
  const { code, stdout, stderr } = await command(folder, args).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), said: decoder.decode(stderr) };
}

/** Ticks of all rows that are in the journal's files, whoever wrote them. */
function journalled(folder: ScratchFolder): number[] {
  return localDisk.list(folder.journal).flatMap(({ name }) => {
    const path = join(folder.journal, name);
    if (readSegmentHeader(localDisk, path)?.dataset !== "samples") return [];
    const lines = Deno.readTextFileSync(path).split("\n").slice(1, -1);
    return lines.map((line) => JSON.parse(line).ts);
  });
}

async function stored(folder: ScratchFolder): Promise<number[]> {
  return await withStore(folder, {}, async ({ database }) => {
    const rows = await database.rows<{ ms: number }>(
      "SELECT epoch_ms(ts) AS ms FROM stored_samples ORDER BY ts",
    );
    return rows.map(({ ms }) => ms);
  });
}

/** Starts a recorder and kills it once it has journalled some rows. */
async function recordAndKill(folder: ScratchFolder, rows: number): Promise<number[]> {
  const child = command(folder, ["record", "--source", "native", "--interval", "100ms"]).spawn();
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (journalled(folder).length < rows && performance.now() < giveUpAt) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill("SIGKILL");
  const [{ signal }] = await Promise.all([
    child.status,
    child.stdout.cancel(),
    child.stderr.cancel(),
  ]);
  equal(signal, "SIGKILL");
  return journalled(folder);
}

Deno.test("exit codes are 0 done, 1 failed, 2 wrong usage, 3 nothing there, 4 a condition that is met", async () => {
  using folder = new ScratchFolder();
  await journalRows(folder, "box", [
    sampleRow(NOON_MS, { interval_s: 3600, cpu_pct: 12.5 }),
    sampleRow(NOON_MS + 86_400_000, { interval_s: 3600, cpu_pct: 50 }),
  ]);
  folder.nameHosts("box");
  // What a file says gets to the terminal as text, whatever it is.
  const hostile = join(folder.path, "hostile.csv");
  Deno.writeTextFileSync(hostile, "\x1b[31mload\x07,\x1b]0;title\x07x\n");
  const cases: [code: number, said: RegExp, args: string[]][] = [
    [0, /^$/, ["query", "select min(cpu_pct) as cpu_pct from samples", "--format", "jsonlines"]],
    [1, /^error: .*nope.*\n[^]*\^\n$/, ["query", "select nope from samples"]],
    [2, /^error: unknown option '--weak'/, ["analyze", "--weak"]],
    [1, /^error: nothing that .*\n {2}\S+: unknown columns: load,x \(.*\n$/, ["import", hostile]],
    [4, /^error: --fail-on cpu_pct\.max > \+20%: cpu_pct\.max went from 12\.5 to 50 /, [
      "compare",
      "2025-11-18",
      "2025-11-19",
      "--format",
      "html",
      "-o",
      join(folder.path, "days.html"),
      "--fail-on",
      "cpu_pct.max > +20%",
    ]],
    [3, /^error: nothing was recorded on Mon 17 Nov 2025 \(UTC\)\n {2}the store begins/, [
      "analyze",
      "--start-date",
      "2025-11-17",
    ]],
  ];
  const found = await Promise.all(cases.map(([, , args]) => mtr(folder, ...args)));
  cases.forEach(([code, said, args], i) => {
    equal(found[i]?.code, code, `${args.join(" ")}: ${found[i]?.said}`);
    match(found[i]?.said ?? "", said);
    if (code > 0) equal(found[i]?.out, "", "errors go to stderr");
  });
  equal(found[0]?.out, '{"cpu_pct":12.5}\n');
});

Deno.test("a reader that closes the pipe early ends a query quietly", async () => {
  using folder = new ScratchFolder();
  await journalRows(folder, "box", [sampleRow(NOON_MS)]);
  folder.nameHosts("box");
  const sql = "select range as a_number_of_some_length from range(200000)";
  const child = command(folder, ["query", sql, "--format", "csv"]).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  match(new TextDecoder().decode(value), /^a_number/);
  await reader.cancel();
  const [{ code }, said] = await Promise.all([child.status, new Response(child.stderr).text()]);
  deepEqual([code, said], [0, ""]);
});

Deno.test("a recorder that is killed again and again loses no journalled row and doubles none", async () => {
  using folder = new ScratchFolder();
  const first = await recordAndKill(folder, 5);
  ok(first.length >= 5);
  deepEqual(await stored(folder), first, "readable before any fold");
  const both = await recordAndKill(folder, first.length + 5);
  deepEqual(both.slice(0, first.length), first);
  const { code, said } = await mtr(folder, "fold");
  equal(code, 0, said);
  deepEqual(journalled(folder), []);
  deepEqual(await stored(folder), both, "each once after the fold");
  const [host] = folder.info()?.hosts ?? [];
  notEqual(host, undefined);
});
