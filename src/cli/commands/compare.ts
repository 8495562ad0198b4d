import { type Command, Option } from "@commander-js/extra-typings";
import type { CompareReport, FailCondition, Match, ReportRange } from "../../analysis/mod.ts";
import {
  ConditionMetError,
  type Metric,
  PRIMARY_METRIC_IDS,
  reportableMetric,
  UsageError,
} from "../../model/mod.ts";
import { systemTimeZone } from "../../platform/mod.ts";
import { dataDirOption, examples, existingFolder } from "../command.ts";
import { type Io, outputTo } from "../io.ts";
import { COMPARISON_FORMATS, type ComparisonFormat } from "../report_formats.ts";
import {
  asciiOption,
  formatOption,
  hostOption,
  jsonOption,
  metricsOption,
  outputOption,
  timeZoneOption,
  widthOption,
} from "../report_options.ts";

/** Of analysis, which is loaded only when a comparison is made. */
const MATCHES: readonly Match[] = ["weekday-hour", "hour", "all"];

interface CompareTyped {
  readonly metrics?: readonly Metric[] | undefined;
  readonly match?: string | undefined;
  readonly failOn?: readonly string[] | undefined;
  readonly format: ComparisonFormat;
  readonly output?: string | undefined;
  readonly width?: number | undefined;
  readonly ascii: boolean;
  readonly exact: boolean;
  readonly host?: string | undefined;
  readonly dataDir?: string | undefined;
}

export function declareCompare(program: Command, io: Io): void {
  program.command("compare")
    .summary("what changed from one period to another, and whether it is more than noise")
    .description(
      "Shifts of mean, p50, p75, p95 and maximum from period A to period B, and for each metric whether that is more " +
        "than days differ anyway. Like is compared with like: hours of the same weekday and time of day.\n" +
        "Periods: last-week, this-week, last-month, yesterday, mon, 7d (until now), 14d..7d, 2026-11, " +
        "2026-11-01..2026-11-07; all of them: mtr help time.",
    )
    .argument("<A>", "the period before")
    .argument("<B>", "the period after")
    .addOption(metricsOption("CPU, GPU, RAM and swap"))
    .addOption(
      new Option("--match <what>", "what makes hours alike (default: what the periods share)")
        .choices(MATCHES),
    )
    .option(
      "--fail-on <condition>",
      "exit with 4 if met: 'cpu_pct.p95 > +20%', 'ram_pct.mean > +5', change; may be repeated",
      (condition: string, before: readonly string[] | undefined) => [...before ?? [], condition],
    )
    .addOption(formatOption(COMPARISON_FORMATS))
    .addOption(jsonOption())
    .addOption(outputOption())
    .addOption(widthOption())
    .addOption(asciiOption())
    .option("--exact", "read every row, no rollups", false)
    .addOption(timeZoneOption("the periods and of times"))
    .addOption(hostOption())
    .addOption(dataDirOption())
    .addHelpText(
      "after",
      examples([
        ["mtr compare last-week this-week", "what changed since last week"],
        ["mtr compare 2026-10 2026-11", "a month with the next"],
        ["mtr compare 28d..14d 14d", "the last 14 days with the 14 before"],
        [
          "mtr compare last-week this-week --fail-on 'cpu_pct.p95 > +20%'",
          "for scripts: exit code 4",
        ],
        ["mtr compare last-week this-week --format html -o weeks.html", "a page to keep or send"],
        ["mtr compare last-week this-week --json | jq .metrics.cpu_pct.verdict", "for programs"],
      ]),
    )
    .action(async (a, b, typed) => {
      const { parsePeriod } = await import("../../analysis/mod.ts");
      const [nowMs, zone] = [Date.now(), typed.timeZone ?? systemTimeZone()];
      const periods = { a: parsePeriod(a, nowMs, zone), b: parsePeriod(b, nowMs, zone) };
      const format = typed.json ? "json" : typed.format;
      await showComparison(periods, { ...typed, format }, io);
    });
}

/** What `mtr analyze` was asked, as far as it can be asked of a comparison. */
interface AgainstTyped extends Omit<CompareTyped, "failOn" | "format"> {
  readonly format: string;
  readonly json?: true | undefined;
  readonly failOn?: string | undefined;
  readonly chart?: string | true | undefined;
  readonly summary: boolean;
  readonly summaryPrompt: boolean;
}

/**
 * `mtr analyze … --against previous`.
 * @throws {UsageError} for a period that it does not know, and for what only an analysis can do
 */
export async function showAgainst(
  against: string,
  b: ReportRange,
  { failOn, chart, summary, summaryPrompt, ...typed }: AgainstTyped,
  io: Io,
): Promise<void> {
  const { parsePeriod, periodBefore } = await import("../../analysis/mod.ts");
  const format = typed.json ? "json" : COMPARISON_FORMATS.find((one) => one === typed.format);
  const foreign = [
    format === undefined && `--format ${typed.format}`,
    failOn !== undefined && `--fail-on ${failOn}`,
    chart !== undefined && "--chart",
    summary && "--summary",
    summaryPrompt && "--summary-prompt",
  ].find((what) => what !== false);
  if (format === undefined || foreign !== undefined) {
    throw new UsageError(`${foreign} is not for comparisons`, [
      "mtr compare A B has its own --format and --fail-on: mtr compare --help",
    ]);
  }
  const a = against === "previous" ? periodBefore(b) : parsePeriod(against, Date.now(), b.timeZone);
  await showComparison({ a, b }, { ...typed, format }, io);
}

/** Compares two periods, writes the report, and fails on the conditions named. */
export async function showComparison(
  { a, b }: { readonly a: ReportRange; readonly b: ReportRange },
  options: CompareTyped,
  io: Io,
): Promise<void> {
  const { compare, parseFailCondition, refuseOverlap } = await import("../../analysis/mod.ts");
  refuseOverlap(a, b);
  const conditions = (options.failOn ?? []).map(parseFailCondition);
  const report = await compare(existingFolder(options, io), {
    a,
    b,
    metrics: metricsOf(options, conditions),
    match: MATCHES.find((match) => match === options.match),
    host: options.host,
    exact: options.exact,
    nowMs: Date.now(),
  });
  const { renderComparison } = await import("../render_comparison.ts");
  const text = renderComparison(report, {
    format: options.format,
    width: options.width ?? io.columns,
    color: options.output === undefined ? io.stdout.color : "none",
    ascii: options.ascii || !io.unicode,
  });
  outputTo(options.output, io).write(text);
  for (const note of report.notes) io.note(`note: ${note}`);
  await failOn(conditions, report);
}

/** A condition's metric is compared even where `--metrics` leaves it out: else it could not be checked. */
function metricsOf(
  { metrics }: Pick<CompareTyped, "metrics">,
  conditions: readonly FailCondition[],
): Metric[] {
  const asked = metrics ?? PRIMARY_METRIC_IDS.map(reportableMetric);
  const named = conditions.flatMap((condition) =>
    condition.kind === "shift" ? [reportableMetric(condition.metricId)] : []
  );
  return [...new Set([...asked, ...named])];
}

/** @throws {ConditionMetError} when one of the conditions is true */
async function failOn(conditions: readonly FailCondition[], report: CompareReport): Promise<void> {
  const { conditionMet } = await import("../../analysis/mod.ts");
  const met = conditions.flatMap((condition) => {
    const evidence = conditionMet(condition, report);
    return evidence === null ? [] : [`--fail-on ${condition.text}: ${evidence}`];
  });
  const [first, ...others] = met;
  if (first !== undefined) throw new ConditionMetError(first, others);
}
