import { type BenchData, dateOf, FIRST_DATE } from "../data/bench_data.ts";
import { writeCsv } from "../data/write_csv.ts";
import type { Figure } from "../budgets.ts";
import { interleave, type Result } from "../interleave.ts";
import type { Contender } from "../measure_run.ts";
import { type PartResult, peakRss, sideBySide, timeRatio, unknown } from "../part_result.ts";
import type { Peers } from "../peers.ts";
import { answerErrors, errorFigures, errorText } from "../answer_errors.ts";

const DUCKDB = "DuckDB";
/** CSV of more days than these is not made: a year would be 4 GB, and takes polars 14 GB of memory. */
const MOST_CSV_DAYS = 28;

export interface ReportsOptions {
  readonly mtr: (name: string, ...args: string[]) => Contender;
  readonly data: BenchData;
  readonly days: number;
  readonly peers: Peers;
  /** The same report by ../shared/bench/engines.py over gen.py's own files; null where they are not there. */
  readonly engines: Contender | null;
  /** Whether this mtr has `analyze --exact`. */
  readonly hasExact: boolean;
  readonly rounds: number;
  readonly onRound: (round: number) => void;
}

/** The report of a span as whole processes: mtr, DuckDB from Python on the same files, and polars over CSV. */
export async function measureReports(options: ReportsOptions): Promise<PartResult> {
  const { mtr, data, days, rounds, onRound } = options;
  const range = ["--start-date", FIRST_DATE, "--end-date", dateOf(days - 1)];
  const args = ["analyze", ...range, "--data-dir", data.folder.path];
  // The others' report is that of the screen: statistics, and means in heatmaps. JSON adds the p95 of each cell.
  const report = mtr("mtr analyze", ...args);
  const json = mtr("mtr analyze --json", ...args, "--json");
  const exact = mtr("mtr analyze --exact", ...args, "--exact");
  const contenders = [
    onFiles(options, DUCKDB, "duckdb_exact", "duckdb"),
    options.engines,
    report,
    json,
    options.hasExact ? exact : null,
    ...await csvContenders(options),
  ];
  const results = await interleave(contenders.filter((one) => one !== null), rounds, onRound);
  const base = fasterDuckDB(results, options.engines?.name);
  const errors = await answerErrors(json, onFiles(options, "answers", "answers", "duckdb"));
  const title = `Report of ${days} ${days === 1 ? "day" : "days"} at 1 Hz, ${errorText(errors)}`;
  return {
    figures: [
      ...timeFigures(options, results, {
        report: report.name,
        json: json.name,
        exact: exact.name,
        base,
      }),
      ...errorFigures(errors, days),
    ],
    tables: [sideBySide(title, results, base)],
  };
}

function onFiles(
  { peers, data, days }: ReportsOptions,
  name: string,
  call: string,
  needs: string,
  folder = data.folder.path,
): Contender | null {
  return peers.call(name, needs, call, folder, FIRST_DATE, dateOf(days - 1));
}

async function csvContenders(options: ReportsOptions): Promise<(Contender | null)[]> {
  if (options.days > MOST_CSV_DAYS || !("polars" in options.peers.packages)) return [];
  const csv = await writeCsv(options.data.folder, options.days);
  return [
    onFiles(options, "polars over CSV, mactop-report's plan", "polars_csv", "polars", csv),
    onFiles(options, "polars over CSV, lazy", "polars_csv_lazy", "polars", csv),
  ];
}

/** mtr is held against whichever is faster: DuckDB on mtr's own files, or on the generator's. */
function fasterDuckDB(results: readonly Result[], other: string | undefined): string {
  const wallOf = (name: string) => {
    const result = results.find((one) => one.name === name);
    return result === undefined || result.failed !== undefined ? Infinity : result.wallS;
  };
  return other !== undefined && wallOf(other) < wallOf(DUCKDB) ? other : DUCKDB;
}

interface Names {
  readonly report: string;
  readonly json: string;
  readonly exact: string;
  readonly base: string;
}

function timeFigures(
  { days, hasExact }: ReportsOptions,
  results: readonly Result[],
  { report, json, exact, base }: Names,
): Figure[] {
  const find = (name: string) => results.find((result) => result.name === name);
  const time = (figure: string, of = report) => timeRatio(figure, find(of), find(base));
  if (days === 7) return [time("week_time")];
  if (days === 28) return [time("month_time")];
  if (days !== 365) return [];
  const noExact = (figure: string) => unknown(figure, "this mtr has no --exact");
  return [
    time("year_time"),
    peakRss("year_rss", find(json)),
    hasExact ? time("exact_time", exact) : noExact("exact_time"),
    hasExact ? peakRss("exact_rss", find(exact)) : noExact("exact_rss"),
  ];
}
