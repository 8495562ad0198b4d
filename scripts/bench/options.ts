import { parseArgs } from "node:util";
import { join } from "node:path";

export const PARTS = ["starts", "reports", "storage", "recorder"] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  readonly parts: readonly Part[];
  readonly binary: string;
  /** Data is made here once and found again by the next run. */
  readonly work: string;
  readonly json: string | undefined;
  readonly rounds: number;
  /** Spans of the reports, in days. */
  readonly spans: readonly number[];
  readonly recorderSeconds: number;
  readonly recorderRounds: number;
  /** A script that makes 23 metrics of a Mac at 1 Hz; where it is missing, mtr's own demo data is used. */
  readonly generator: string;
  /** The Python whose packages mtr is compared with. */
  readonly python: string;
}

export const USAGE = `deno task bench [options]: holds mtr against its budgets (docs/benchmarks.md)

  --quick           one round of the recorder, 40 s; reports of a week and of 28 days
  --year            the report of a year too (makes 0.6 GB of data once)
  --only PARTS      some of ${PARTS.join(",")}
  --rounds N        rounds of whatever is timed (default 5, quick 3)
  --seconds N       how long recorders are watched, each round (default 100, quick 40)
  --binary FILE     the compiled mtr (default dist/mtr)
  --work DIR        where the data is made and kept (default ~/.cache/mtr-bench)
  --generator FILE  gen.py (default ../shared/bench/gen.py; without it demo data is used)
  --python FILE     whose DuckDB and polars mtr is compared with (default python3)
  --json FILE       writes all figures`;

/** @throws {Error} an option that there is not, or a value that it can't have */
export function parseOptions(args: readonly string[], top: string): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      year: { type: "boolean", default: false },
      only: { type: "string", default: PARTS.join(",") },
      rounds: { type: "string" },
      seconds: { type: "string" },
      binary: { type: "string", default: join(top, "dist/mtr") },
      work: { type: "string", default: defaultWork() },
      generator: { type: "string", default: join(top, "../shared/bench/gen.py") },
      python: { type: "string", default: "python3" },
      json: { type: "string" },
    },
  });
  const { quick } = values;
  return {
    parts: values.only.split(",").map(parsePart),
    binary: values.binary,
    work: values.work,
    json: values.json,
    rounds: count(values.rounds ?? (quick ? "3" : "5"), "--rounds"),
    spans: [...(quick ? [] : [1]), 7, 28, ...(values.year ? [365] : [])],
    recorderSeconds: count(values.seconds ?? (quick ? "40" : "100"), "--seconds"),
    recorderRounds: quick ? 1 : 3,
    generator: values.generator,
    python: values.python,
  };
}

function parsePart(text: string): Part {
  const part = PARTS.find((name) => name === text);
  if (part) return part;
  throw new Error(`--only ${text}: there is no such part; there are ${PARTS.join(", ")}`);
}

function count(text: string, option: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`${option} ${text}: not a whole number above zero`);
}

function defaultWork(): string {
  const home = Deno.env.get("HOME") ?? ".";
  return join(Deno.env.get("XDG_CACHE_HOME") ?? join(home, ".cache"), "mtr-bench");
}
