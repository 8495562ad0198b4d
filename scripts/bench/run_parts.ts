import { join } from "node:path";
import { type BenchData, dateOf, makeBenchData } from "./data/bench_data.ts";
import { answerOf, type Contender, measureRun } from "./measure_run.ts";
import { measureFold } from "./measure_fold.ts";
import type { BenchOptions } from "./options.ts";
import type { PartResult } from "./part_result.ts";
import { findPeers, type Peers } from "./peers.ts";
import { measureRecorder } from "./parts/recorder.ts";
import { measureReports } from "./parts/reports.ts";
import { measureStarts } from "./parts/starts.ts";
import { measureStorage } from "./parts/storage.ts";
import { compileTiny } from "./tiny_programs.ts";

export interface BenchRun {
  readonly parts: readonly PartResult[];
  /** What was measured on what, a line each. */
  readonly about: readonly string[];
}

/** What every part needs. */
interface Bench {
  readonly options: BenchOptions;
  readonly peers: Peers;
  readonly data: BenchData;
  readonly mtr: (name: string, ...args: string[]) => Contender;
  readonly say: (text: string) => void;
}

/** Makes the data, then measures part after part. */
export async function runParts(
  options: BenchOptions,
  say: (text: string) => void,
): Promise<BenchRun> {
  await Deno.mkdir(options.work, { recursive: true });
  const mtr = await findBinary(options);
  const peers = await findPeers(options.python);
  const { work, generator } = options;
  const days = Math.max(...options.spans);
  const python = peers.canGenerate ? peers.python : null;
  const data = await makeBenchData({ work, generator, python, days, say });
  say("rolling up what is not yet");
  await measureRun(mtr("mtr fold", "fold", "--data-dir", data.folder.path));
  const bench: Bench = { options, peers, data, mtr, say };
  const parts: PartResult[] = [];
  for (const part of options.parts) parts.push(...await PARTS[part](bench));
  return { parts, about: await aboutText(bench) };
}

const PARTS: Readonly<
  Record<BenchOptions["parts"][number], (bench: Bench) => Promise<PartResult[]>>
> = {
  starts: async ({ options, peers, mtr, say }) => {
    const empty = await compileTiny("empty", options.work);
    if (typeof empty === "string") say(empty);
    const path = typeof empty === "string" ? null : empty.path;
    return [
      await measureStarts({
        ...options,
        mtr,
        peers,
        empty: path,
        onRound: telling(say, "starts", options.rounds),
      }),
    ];
  },
  reports: async (bench) => {
    const { options, peers, data, mtr, say } = bench;
    const hasExact = (await answerOf(mtr("mtr analyze --help", "analyze", "--help"))).includes(
      "--exact",
    );
    const results: PartResult[] = [];
    for (const days of options.spans) {
      const engines = enginesOver(bench, days);
      const onRound = telling(say, `report of ${days} days`, options.rounds);
      results.push(
        await measureReports({
          mtr,
          data,
          days,
          peers,
          engines,
          hasExact,
          rounds: options.rounds,
          onRound,
        }),
      );
    }
    return results;
  },
  storage: async ({ options, data, mtr, say }) => {
    say("storage");
    return [await measureStorage({ mtr, data, work: options.work })];
  },
  recorder: async ({ options, data, mtr, peers, say }) => {
    const fetchLoop = await compileTiny("fetch_loop", options.work);
    say("folds");
    const fold = await measureFold({ mtr, data, work: options.work, rounds: options.rounds });
    return [
      await measureRecorder({
        mtr,
        fetchLoop,
        peers,
        fold,
        work: options.work,
        seconds: options.recorderSeconds,
        rounds: options.recorderRounds,
        onRound: telling(say, `recorders, ${options.recorderSeconds} s`, options.recorderRounds),
      }),
    ];
  },
};

function telling(say: (text: string) => void, what: string, rounds: number) {
  return (round: number) =>
    say(`${what}: round ${round} of ${rounds}${round === 0 ? " (not counted)" : ""}`);
}

/** How mtr is called: with a cache folder of its own, DuckDB unpacked before anything is measured. */
async function findBinary({ binary, work }: BenchOptions): Promise<Bench["mtr"]> {
  const env = { XDG_CACHE_HOME: join(work, "cache") };
  const mtr = (name: string, ...args: string[]): Contender => ({
    name,
    program: binary,
    args,
    env,
  });
  try {
    await Deno.stat(binary);
  } catch {
    throw new Error(
      `there is no ${binary}: run \`deno task compile\` first, or name another with --binary`,
    );
  }
  return mtr;
}

/** engines.py over gen.py's own files: the same days by links. */
function enginesOver({ options, peers, data }: Bench, days: number): Contender | null {
  const script = join(options.generator, "../engines.py");
  if (data.generated === null || peers.python === null) return null;
  const folder = join(options.work, `gen-${days}`);
  Deno.mkdirSync(join(folder, "parquet"), { recursive: true });
  for (let day = 0; day < days; day++) {
    const name = `parquet/${dateOf(day)}.parquet`;
    try {
      Deno.symlinkSync(join(data.generated, name), join(folder, name));
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
  }
  return {
    name: "DuckDB on gen.py's files (engines.py)",
    program: peers.python,
    args: [script, "duckdb_exact", folder],
  };
}

async function aboutText({ options, peers, data, mtr }: Bench): Promise<string[]> {
  const version = (await answerOf(mtr("mtr --version", "--version"))).trim();
  const packages = Object.entries(peers.packages).map(([name, of]) => `${name} ${of}`).join(", ");
  const missing = peers.missing.length === 0 ? "" : `; not installed: ${peers.missing.join(", ")}`;
  const load = Deno.loadavg().map((value) => value.toFixed(1)).join(" ");
  return [
    version,
    `Python packages: ${packages || "none"}${missing}`,
    `data: ${data.origin}`,
    `${navigator.hardwareConcurrency} CPUs, load at the end ${load}; medians of ${options.rounds} interleaved rounds`,
  ];
}
