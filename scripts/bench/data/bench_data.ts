/** A store of days at 1 Hz, the same in every run: from ../shared/bench/gen.py where that can run, else mtr's demo. */
import { join } from "node:path";
import { DataFolder } from "../../../src/store/mod.ts";
import { localDisk } from "../../../src/platform/mod.ts";
import { convertGenerated } from "./convert_generated.ts";
import { makeDemo } from "../../../src/demo/mod.ts";

/** A Wednesday. */
export const FIRST_DATE = "2025-01-01";
const DAY_MS = 86_400_000;

export interface BenchData {
  readonly folder: DataFolder;
  /** In words, for the report. */
  readonly origin: string;
  /** What gen.py wrote itself, for `engines.py`; null for demo data. */
  readonly generated: string | null;
}

export interface BenchDataOptions {
  readonly work: string;
  readonly generator: string;
  /** The Python that can run the generator; null where none can. */
  readonly python: string | null;
  readonly days: number;
  readonly say: (text: string) => void;
}

/** Makes what is missing of the days; what an earlier run made is used again. */
export async function makeBenchData(options: BenchDataOptions): Promise<BenchData> {
  return options.python !== null && localDisk.fileSize(options.generator) !== undefined
    ? await fromGenerator(options, options.python)
    : await fromDemo(options);
}

/** The date of a day, 0 being the first. */
export function dateOf(day: number): string {
  return new Date(Date.parse(FIRST_DATE) + day * DAY_MS).toISOString().slice(0, 10);
}

async function fromGenerator(
  { work, generator, days, say }: BenchDataOptions,
  python: string,
): Promise<BenchData> {
  const generated = join(work, "gen");
  const folder = new DataFolder(join(work, "store"), localDisk);
  const source = (day: number) => join(generated, "parquet", `${dateOf(day)}.parquet`);
  const first = firstMissing(days, source);
  if (first < days) {
    say(`making ${days - first} days of data`);
    const args = [generator, generated, "--parquet", "--start", FIRST_DATE];
    await run(python, [...args, "--first", String(first), "--days", String(days)]);
  }
  await convertGenerated(
    folder,
    Array.from({ length: days }, (_, day) => [dateOf(day), source(day)]),
  );
  return { folder, generated, origin: "gen.py, 21 of 23 metrics at 1 Hz (fans are series)" };
}

async function fromDemo({ work, days, say }: BenchDataOptions): Promise<BenchData> {
  const folder = new DataFolder(join(work, `demo-${days}`), localDisk);
  if (localDisk.list(folder.dataset("samples")).length === 0) {
    say(`making ${days} days of demo data`);
    await makeDemo(folder, {
      days,
      intervalMs: 1000,
      seed: 1,
      nowMs: Date.parse(dateOf(days)),
      timeZone: "UTC",
      onDay: () => {},
    });
  }
  return { folder, generated: null, origin: "mtr demo at 1 Hz" };
}

function firstMissing(days: number, path: (day: number) => string): number {
  let day = 0;
  while (day < days && localDisk.fileSize(path(day)) !== undefined) day++;
  return day;
}

async function run(program: string, args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args, stdout: "null" }).output();
  if (!success) throw new Error(`${args[0]} failed: ${new TextDecoder().decode(stderr)}`);
}
