import type { Metric } from "../../model/mod.ts";
import type { DataFolder } from "../../store/mod.ts";
import { chooseHost } from "../choose_host.ts";
import type { Distribution } from "../distribution.ts";
import { nothingInRange } from "../nothing_in_range.ts";
import type { ReportRange } from "../report.ts";
import { findTurn, type Turn } from "./beginnings.ts";
import type { ComparedMetric, ComparedPeriod, CompareReport, Match } from "./compare_report.ts";
import { daysOf } from "./day_blocks.ts";
import { ALPHA, judgeChanges, type Judgement } from "./judge_change.ts";
import { type MatchedHours, matchHours, stratumOf } from "./match_hours.ts";
import {
  distributionsOfCells,
  fullHours,
  momentOfUse,
  type ReadPeriod,
  readPeriod,
  recordedHours,
} from "./read_period.ts";

export interface CompareOptions {
  /** The earlier one, as a rule, and the one that is asked about. */
  readonly a: ReportRange;
  readonly b: ReportRange;
  readonly metrics: readonly Metric[];
  readonly host?: string | undefined;
  /** @default weekday and hour if the periods share at least half of them, else the hour */
  readonly match?: Match | undefined;
  /** Read every row, and no rollups. */
  readonly exact: boolean;
  readonly nowMs: number;
}

type DistributionsById = ReadonlyMap<string, Distribution>;

/** Both periods as read, and which of their hours are alike. */
interface Pair {
  readonly a: ReadPeriod;
  readonly b: ReadPeriod;
  readonly matched: MatchedHours;
}

/**
 * What changed from one period to the other, and whether that is more than days differ anyway.
 * @throws {NoDataError} when nothing was recorded in one of them; says what there is
 */
export async function compare(
  folder: DataFolder,
  options: CompareOptions,
): Promise<CompareReport> {
  const { metrics, exact } = options;
  const host = chooseHost(folder, options.host);
  const read = async (range: ReportRange) =>
    await readPeriod(folder, { range, metrics, host: host.id, exact }) ??
      await nothingInRange(folder, host, { range });
  const [a, b] = [await read(options.a), await read(options.b)];
  const pair = { a, b, matched: matchHours(hoursOf(a), hoursOf(b), options.match) };
  const [statisticsA, statisticsB] = await statisticsOf(folder, pair, options, host.id);
  const compared = metrics.flatMap((metric) => {
    const [ofA, ofB] = [statisticsA.get(metric.id), statisticsB.get(metric.id)];
    return ofA && ofB ? [{ metric, a: ofA.statistics, b: ofB.statistics }] : [];
  });
  const verdicts = await judge(folder, pair, compared, host.id);
  return {
    generatedAtMs: options.nowMs,
    a: periodOf(a),
    b: periodOf(b),
    host: host.name,
    demo: folder.info()?.demo ?? false,
    match: pair.matched.match,
    commonCells: pair.matched.common,
    possibleCells: pair.matched.possible,
    alpha: ALPHA,
    method: methodOf(pair),
    metrics: compared.map((one, i) => ({ ...one, ...verdicts[i] } as ComparedMetric)),
    absent: metrics.filter((metric) => !compared.some((one) => one.metric === metric))
      .map((metric) => ({ metric, reason: absenceOf(metric, pair) })),
    notes: [...new Set([...a.notes, ...b.notes])],
  };
}

function hoursOf({ range, hours }: ReadPeriod) {
  const touched = [...new Set(hours.map(({ local_hour: localHour }) => localHour))];
  return { range, recorded: recordedHours(hours), touched };
}

/** Of all rows where every hour is compared: those are known already. Else of the rows in hours that are. */
async function statisticsOf(
  folder: DataFolder,
  { a, b, matched }: Pair,
  { metrics, exact }: CompareOptions,
  host: string,
): Promise<readonly [DistributionsById, DistributionsById]> {
  if (matched.isAll) return [a.distributions, b.distributions];
  const { cells } = matched;
  const of = (period: ReadPeriod) =>
    distributionsOfCells(folder, period, { range: period.range, metrics, host, exact, cells });
  return [await of(a), await of(b)];
}

type Verdict = Omit<ComparedMetric, "metric" | "a" | "b">;

async function judge(
  folder: DataFolder,
  pair: Pair,
  compared: readonly Pick<ComparedMetric, "metric" | "a" | "b">[],
  host: string,
): Promise<Verdict[]> {
  const { a, b, matched } = pair;
  const stratum = stratumOf(matched.match);
  const of = (period: ReadPeriod, id: string) => period.hours.filter((row) => row.metric === id);
  const turns = compared.map(({ metric: { id } }) => findTurn(of(a, id), of(b, id)));
  const judged = judgeChanges(compared.map((one, i) => ({
    days: [
      ...daysOf(fullHours(a.hours, one.metric.id), 0, stratum),
      ...daysOf(fullHours(b.hours, one.metric.id), 1, stratum),
    ],
    tolerance: toleranceOf(one),
    isKnown: turns[i] !== null,
  })));
  return await Promise.all(compared.map(async ({ metric }, i): Promise<Verdict> => {
    const [turn, judgement] = [turns[i], judged[i] as Judgement];
    if (!turn) return { ...judgement, direction: directionOf(judgement), sinceMs: null };
    const spanMs = Math.max(a.spanMs, b.spanMs);
    return { ...judgement, ...await turnVerdict(folder, { turn, spanMs, metric, host }) };
  }));
}

async function turnVerdict(
  folder: DataFolder,
  { turn: { verdict, minute }, spanMs, metric, host }: {
    turn: Turn;
    spanMs: number;
    metric: Metric;
    host: string;
  },
): Promise<Pick<Verdict, "verdict" | "reason" | "direction" | "sinceMs" | "where">> {
  const isNew = verdict === "new";
  return {
    verdict,
    reason: isNew ? "zero throughout the first period" : "zero throughout the second period",
    direction: isNew ? "higher" : "lower",
    sinceMs: await momentOfUse(folder, {
      minute,
      spanMs,
      metric,
      host,
      which: isNew ? "first" : "last",
    }),
    where: null,
  };
}

function directionOf({ where }: Judgement): "higher" | "lower" | null {
  return where && (where.shift > 0 ? "higher" : "lower");
}

/** Half a point of a percentage, a hundredth of anything else, and never less than what is recorded. */
function toleranceOf({ metric, a, b }: Pick<ComparedMetric, "metric" | "a" | "b">): number {
  if (metric.unit === "%") return 0.5;
  const larger = Math.max(Math.abs(a.mean), Math.abs(b.mean));
  return Math.max(metric.resolution.step, larger / 100);
}

function periodOf({ range, overview, hours }: ReadPeriod): ComparedPeriod {
  return {
    range,
    samples: overview.samples,
    recordedS: overview.recorded_ms / 1000,
    hours: recordedHours(hours).length,
  };
}

function methodOf({ a, b, matched }: Pair): string {
  const rolled = a.rolledDays + b.rolledDays;
  const rows = !matched.isAll || rolled === 0
    ? "exact, from rows"
    : `exact, ${rolled} ${rolled === 1 ? "day" : "days"} from rollups, the rest from rows`;
  return `${rows}; whole days exchanged at random, ${100 * ALPHA} % false alarms over all metrics`;
}

function absenceOf({ id }: Metric, { a, b }: Pair): string {
  const [inA, inB] = [a.distributions.has(id), b.distributions.has(id)];
  if (!inA && !inB) return "recorded in neither period";
  if (!inA) return "not recorded in the first period";
  if (!inB) return "not recorded in the second period";
  return "no hours that are alike were recorded in both";
}
