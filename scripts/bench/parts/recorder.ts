import { join } from "node:path";
import { findProgram } from "../../../src/platform/mod.ts";
import type { Figure } from "../budgets.ts";
import type { Contender } from "../measure_run.ts";
import { mebibytes, type PartResult, type SideBySide, unknown } from "../part_result.ts";
import type { Peers } from "../peers.ts";
import { serveFixture } from "../serve_fixture.ts";
import { type RecorderCost, watchRecorders } from "../watch_recorders.ts";

const FIXTURE =
  new URL("../../../tests/fixtures/mactop/mactop-2.1.5.metrics.txt", import.meta.url).pathname;

const MTR = "mtr record";
const FETCH_LOOP = "a compiled program that only fetches";

export interface RecorderOptions {
  readonly mtr: (name: string, ...args: string[]) => Contender;
  /** A compiled program that fetches an address once a second, or the reason why there is none. */
  readonly fetchLoop: { readonly path: string } | string;
  readonly peers: Peers;
  readonly work: string;
  readonly seconds: number;
  readonly rounds: number;
  readonly onRound: (round: number) => void;
  /** CPU seconds an hour of folds, and what they are of. */
  readonly fold: { readonly cpuS: number; readonly detail: string } | null;
}

/** What recording costs: mtr, a loop that does nothing with what it fetches, mactop-report's loop, and others of their kind. */
export async function measureRecorder(options: RecorderOptions): Promise<PartResult> {
  const { work, seconds, rounds, onRound, fold } = options;
  const folder = join(work, "recorders");
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(folder, { recursive: true });
  await using server = serveFixture(FIXTURE);
  const contenders = await contendersOf(options, server.url, folder);
  const costs = await watchRecorders(contenders, { seconds, rounds, onRound });
  const missing = contenders.filter(({ name }) => !costs.some((cost) => cost.name === name));
  return {
    figures: figuresOf(costs, options.fetchLoop, fold),
    tables: [tableOf(costs, missing.map(({ name }) => name), fold?.cpuS ?? null)],
  };
}

async function contendersOf(
  { mtr, fetchLoop, peers }: RecorderOptions,
  url: string,
  folder: string,
): Promise<Contender[]> {
  const sadc = await findProgram("sadc", `${Deno.env.get("PATH")}:/usr/lib/sysstat:/usr/lib/sa`);
  const atop = await findProgram("atop");
  const record = ["record", "--source", "mactop", "--url", url, "--interval", "1s"];
  return [
    mtr(MTR, ...record, "--data-dir", join(folder, "mtr")),
    typeof fetchLoop === "string"
      ? null
      : { name: FETCH_LOOP, program: fetchLoop.path, args: [url] },
    peers.call("mactop-report's loop (Python)", "requests", "loop", url, join(folder, "loop.csv")),
    sadc === undefined
      ? null
      : { name: "sadc 1", program: sadc, args: ["1", join(folder, "sadc")] },
    atop === undefined
      ? null
      : { name: "atop -w 1", program: atop, args: ["-w", join(folder, "atop"), "1"] },
  ].filter((one) => one !== null);
}

function figuresOf(
  costs: readonly RecorderCost[],
  fetchLoop: RecorderOptions["fetchLoop"],
  fold: RecorderOptions["fold"],
): Figure[] {
  const mtr = costs.find(({ name }) => name === MTR);
  const bare = costs.find(({ name }) => name === FETCH_LOOP);
  const names = ["recorder_cpu", "recorder_rss", "recorder_private"];
  if (!mtr) {
    return names.map((name) => unknown(name, "it did not run, or this system does not tell"));
  }
  const megabytes = (pick: (cost: RecorderCost) => number, of = mtr) =>
    mebibytes(pick(of)).toFixed(0);
  const compared = (pick: (cost: RecorderCost) => number) =>
    bare ? `the bare loop: ${megabytes(pick, bare)}` : "";
  const program = `; its program file's pages: ${megabytes((cost) => cost.programBytes)}`;
  return [
    cpuFigure(mtr, bare, fetchLoop, fold),
    {
      name: "recorder_rss",
      value: mebibytes(mtr.rssBytes),
      detail: compared((cost) => cost.rssBytes),
    },
    {
      name: "recorder_private",
      value: mebibytes(mtr.privateBytes),
      detail: compared((cost) => cost.privateBytes) + program,
    },
  ];
}

function cpuFigure(
  mtr: RecorderCost,
  bare: RecorderCost | undefined,
  fetchLoop: RecorderOptions["fetchLoop"],
  fold: RecorderOptions["fold"],
): Figure {
  if (!bare) {
    return unknown(
      "recorder_cpu",
      typeof fetchLoop === "string" ? fetchLoop : "the bare loop failed",
    );
  }
  if (!fold) return unknown("recorder_cpu", "the fold was not measured");
  const all = mtr.cpuSAnHour + fold.cpuS;
  const detail = `${all.toFixed(1)} CPU s an hour (${
    mtr.cpuSAnHour.toFixed(1)
  } + ${fold.detail}) against ${bare.cpuSAnHour.toFixed(1)}`;
  return { name: "recorder_cpu", value: all / bare.cpuSAnHour, detail };
}

function tableOf(
  costs: readonly RecorderCost[],
  failed: readonly string[],
  foldCpuS: number | null,
): SideBySide {
  const columns = ["CPU s/h", "RSS MiB", "private MiB", "peak MiB", "written MB/h"].map((name) => ({
    name,
    type: "DOUBLE",
  }));
  const rows = costs.map((
    { name, cpuSAnHour, rssBytes, privateBytes, peakRssBytes, writtenBytesAnHour },
  ) => [
    name,
    cpuSAnHour.toFixed(2),
    ...[rssBytes, privateBytes, peakRssBytes].map((bytes) => mebibytes(bytes).toFixed(1)),
    (writtenBytesAnHour / 1e6).toFixed(2),
  ]);
  const fold = foldCpuS === null
    ? []
    : [["mtr fold, every two hours", foldCpuS.toFixed(2), null, null, null, null]];
  return {
    title: "Recorders of mactop at 1 Hz, side by side",
    data: {
      columns: [{ name: "recorder", type: "VARCHAR" }, ...columns],
      rows: [
        ...rows,
        ...fold,
        ...failed.map((name) => [`${name}: failed`, null, null, null, null, null]),
      ],
    },
    results: costs,
  };
}
