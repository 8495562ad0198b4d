/**
 * `deno task soak`: a month of recording on a fake clock, in minutes, with a fault every simulated hour. Another host is
 * recorded and killed beside it; folds and readers are processes of their own. Ends with code 1 when a row was lost or
 * doubled, when a file is missing or one too many, or when the recorder's memory grew.
 */
// deno-lint-ignore-file no-console -- what a script prints is its product
import { parseArgs } from "node:util";
import { type Memory, recordLong, type SoakResult } from "./soak/long_recording.ts";
import type { Stock } from "./soak/worker.ts";

const MIB = 2 ** 20;
/** Days after which memory has to be flat. */
const WARM_UP_DAYS = 5;
const MOST_GROWTH_MIB = 5;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      days: { type: "string", default: "30" },
      interval: { type: "string", default: "10" },
      seed: { type: "string", default: "1" },
      dir: { type: "string" },
    },
  });
  // A tick takes microseconds here: time limits on reads would pile up by the ten thousand, as they never do in real time.
  AbortSignal.timeout = () => new AbortController().signal;
  const dir = values.dir ?? inMemory();
  const folder = Deno.makeTempDirSync({ prefix: "mtr-soak-", ...(dir ? { dir } : {}) });
  const startedMs = performance.now();
  const result = await recordLong({
    days: Number(values.days),
    intervalMs: Number(values.interval) * 1000,
    seed: Number(values.seed),
    folder,
    onDay: (day, memory) => console.error(`day ${day}: ${memoryText(memory)}`),
  });
  const stock = await result.world.hands.takeStock();
  const compared = [];
  for (const host of [result.world.long, ...(result.world.brief.rows > 0 ? ["brief"] : [])]) {
    compared.push(await result.world.hands.compare(host));
  }
  await result.world.hands.end();
  const rolledDays = compared.reduce((sum, of) => sum + of.rolledDays, 0);
  const problems = [
    ...result.world.problems,
    ...compared.flatMap(({ differences }) => differences),
    ...(rolledDays >= result.memory.length ? [] : [`only ${rolledDays} days are rolled up`]),
    ...rowProblems(result, stock),
    ...memoryProblems(result),
  ];
  console.log(summary(result, stock, performance.now() - startedMs));
  console.log(`${rolledDays} days from rollups say what their rows say`);
  for (const problem of problems) console.log(`PROBLEM ${problem}`);
  if (problems.length === 0) Deno.removeSync(folder, { recursive: true });
  else console.log(`the data is kept in ${folder}`);
  return problems.length === 0 ? 0 : 1;
}

/** A month's fsyncs take longer than the rest of it: where there is a file system in memory, they are free. */
function inMemory(): string | undefined {
  try {
    return Deno.statSync("/dev/shm").isDirectory ? "/dev/shm" : undefined;
  } catch {
    return undefined;
  }
}

/** Every row once, one file a day and dataset, and nothing left over. */
function rowProblems({ world, handed, lostRows }: SoakResult, stock: Stock): string[] {
  const expectedRows = {
    ...Object.fromEntries(
      Object.entries(handed.rows).map(([dataset, rows]) => [`${dataset}/${world.long}`, rows]),
    ),
    [`samples/${world.brief.id}`]: world.brief.rows,
  };
  const expectedFiles = [
    ...[...handed.dates].map((file) => file.replace("/", `/${world.long}/`)),
    ...[...world.brief.dates].map((date) => `samples/${world.brief.id}/${date}`),
  ];
  return [
    ...differences("rows", expectedRows, stock.rows),
    ...differences("files", asCounts(expectedFiles), asCounts(stock.files)),
    ...differences("left", {}, {
      lostRows,
      segments: stock.segments - foreignFiles(world),
      damaged: stock.damaged,
      quarantinedFiles: stock.quarantinedFiles,
      unfinished: stock.unfinished,
    }),
  ];
}

function foreignFiles({ disk }: SoakResult["world"]): number {
  return [...Deno.readDirSync(`${disk}/data/journal`)].filter(({ name }) =>
    name.startsWith("foreign")
  )
    .length;
}

function asCounts(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(names, (name) => name)].map(([k, of]) => [k, of.length]),
  );
}

function differences(
  what: string,
  expected: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
  return names.filter((name) => (expected[name] ?? 0) !== (found[name] ?? 0))
    .map((name) => `${what} ${name}: expected ${expected[name] ?? 0}, found ${found[name] ?? 0}`);
}

/**
 * What is held on to must not grow; what the process has been given may shrink whenever the runtime likes. The task gives V8's
 * young objects their final room at the start: else they get 6 MiB more at once, on some day.
 */
function memoryProblems({ memory }: SoakResult): string[] {
  const warm = memory.slice(0, WARM_UP_DAYS);
  const later = memory.slice(WARM_UP_DAYS);
  return (["heapBytes", "rssBytes"] as const).flatMap((of) => {
    const before = Math.max(...warm.map((day) => day[of]));
    const grown = (Math.max(before, ...later.map((day) => day[of])) - before) / MIB;
    return grown <= MOST_GROWTH_MIB
      ? []
      : [`${of} grew by ${grown.toFixed(1)} MiB after day ${WARM_UP_DAYS}`];
  });
}

function memoryText({ rssBytes, heapBytes }: Memory): string {
  return `${(rssBytes / MIB).toFixed(1)} MiB, of which ${
    (heapBytes / MIB).toFixed(1)
  } in use by JavaScript`;
}

function summary(result: SoakResult, stock: Stock, elapsedMs: number): string {
  const { folds, faults, memory } = result;
  const rows = Object.values(stock.rows).reduce((a, b) => a + b, 0);
  return [
    `${memory.length} days in ${(elapsedMs / 1000).toFixed(0)} s`,
    `${rows} rows in ${stock.files.length} files, ${(stock.bytes / MIB).toFixed(1)} MiB`,
    `${folds.done} folds, ${folds.killed} killed, ${folds.failed} failed`,
    ...[WARM_UP_DAYS, memory.length].flatMap((day) => {
      const of = memory[day - 1];
      return of ? [`recorder's memory at the end of day ${day}: ${memoryText(of)}`] : [];
    }),
    `${result.losses.length} times told that a segment went away; ${stock.quarantinedSegments} segments with halves of rows kept`,
    "faults:",
    ...Object.entries(faults).sort().map(([name, times]) => `  ${times} × ${name}`),
  ].join("\n");
}

if (import.meta.main) Deno.exit(await main(Deno.args));
