import { join } from "node:path";
import type { Figure } from "../budgets.ts";
import { interleave, type Result } from "../interleave.ts";
import type { Contender } from "../measure_run.ts";
import { type PartResult, peakRss, sideBySide, timeRatio } from "../part_result.ts";
import type { Peers } from "../peers.ts";

const BASE = "Python: import duckdb; SELECT 1";
const EMPTY = "a compiled program that does nothing";

export interface StartsOptions {
  readonly mtr: (name: string, ...args: string[]) => Contender;
  /** A compiled program that does nothing; null where none could be compiled. */
  readonly empty: string | null;
  readonly peers: Peers;
  readonly work: string;
  readonly rounds: number;
  readonly onRound: (round: number) => void;
}

/** What a start costs: of the runtime, of mtr without DuckDB, with it, and at DuckDB's first use. */
export async function measureStarts(options: StartsOptions): Promise<PartResult> {
  const { mtr, empty, peers, work, rounds, onRound } = options;
  const store = join(work, "empty-store");
  const select = ["query", "SELECT 1", "--data-dir", store];
  await Deno.mkdir(join(store, "samples", "host=none"), { recursive: true });
  const cache = join(work, "first-use-cache");
  const firstUse: Contender = {
    ...mtr("mtr query 'SELECT 1', first use", ...select),
    env: { XDG_CACHE_HOME: cache },
    prepare: () => removeFolder(cache),
  };
  const contenders = [
    empty === null ? null : { name: EMPTY, program: empty, args: [] },
    mtr("mtr --help", "--help"),
    mtr("mtr query 'SELECT 1'", ...select),
    firstUse,
    peers.call(BASE, "duckdb", "select1"),
  ];
  const results = await interleave(contenders.filter((one) => one !== null), rounds, onRound);
  removeFolder(cache);
  const find = (name: string) => results.find((result) => result.name === name);
  const figures = [
    helpFigure(find("mtr --help"), find(BASE), find(EMPTY)),
    timeRatio("first_use_time", find(firstUse.name), find(BASE)),
    peakRss("first_use_rss", find(firstUse.name)),
  ];
  return { figures, tables: [sideBySide("Starts", results, BASE)] };
}

/** The same start also as a ratio to that of the runtime alone, which is most of it. */
function helpFigure(
  help: Result | undefined,
  base: Result | undefined,
  empty: Result | undefined,
): Figure {
  const figure = timeRatio("help_time", help, base);
  const { value } = timeRatio("", help, empty);
  const more = value === null ? "" : `; ${value.toFixed(1)} × ${EMPTY}`;
  return { ...figure, detail: figure.detail + more };
}

function removeFolder(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
