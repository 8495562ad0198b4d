import { type Command, Option } from "@commander-js/extra-typings";
import type {
  AnalysisReport,
  AnalyzeOptions,
  HeatStatistic,
  ReportRange,
} from "../../analysis/mod.ts";
import {
  ConditionMetError,
  type Metric,
  PRIMARY_METRIC_IDS,
  reportableMetric,
  UsageError,
} from "../../model/mod.ts";
import { systemTimeZone } from "../../platform/mod.ts";
import type { ChartKind } from "../../report/mod.ts";
import { dataDirOption, examples, existingFolder } from "../command.ts";
import { type Io, outputTo } from "../io.ts";
import { rangeOptions, type WithRange } from "../range_options.ts";
import { runningRecorders } from "../recorder_lock.ts";
import { ANALYSIS_FORMATS, type AnalysisFormat } from "../report_formats.ts";
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

const CHARTS = ["line", "cdf", "histogram"] as const satisfies readonly ChartKind[];
const HEAT_STATISTICS = ["mean", "p95", "max"] as const;
/** Bins of a timeline where there is no screen to fit it to: an hour each for a week. */
const FILE_COLUMNS = 168;

interface ShowOptions {
  readonly metrics?: readonly Metric[] | undefined;
  readonly format: AnalysisFormat;
  readonly output?: string | undefined;
  readonly width?: number | undefined;
  readonly chart: ChartKind | null;
  readonly ascii: boolean;
  readonly exact: boolean;
  readonly failOn?: string | undefined;
  readonly summary?: boolean;
  readonly summaryPrompt?: boolean;
  readonly heat: HeatStatistic;
  readonly host?: string | undefined;
  readonly dataDir?: string | undefined;
}

export function declareAnalyze(program: Command, io: Io): void {
  const command = program.command("analyze")
    .summary("how hard the machine worked in a range, and whether it is big enough")
    .description(
      "Statistics, weekday × hour heatmaps, the busiest 15 minutes, gaps and a sufficiency verdict.\n" +
        "Without a range: today. All figures are weighted by the time that each sample stands for.",
    );
  for (const option of rangeOptions()) command.addOption(option);
  command
    .addOption(metricsOption("CPU, GPU, RAM and swap"))
    .addOption(
      new Option("--heat <statistic>", "what heatmap cells show").choices(HEAT_STATISTICS)
        .default("mean" as HeatStatistic),
    )
    .addOption(
      new Option(
        "--chart [kind]",
        "add a chart of each metric: its course (the default), or how its values are spread; to JSON, its numbers",
      ).choices(CHARTS).preset("line"),
    )
    .addOption(formatOption(ANALYSIS_FORMATS))
    .addOption(jsonOption())
    .addOption(outputOption())
    .addOption(widthOption())
    .addOption(asciiOption())
    .addOption(
      new Option("--fail-on <verdict>", "exit with 4 when a metric is at least so bad")
        .choices(["tight", "insufficient"]),
    )
    .option(
      "--summary",
      "add a language model's paragraph, its figures checked (see mtr config)",
      false,
    )
    .option("--summary-prompt", "print what --summary would send, and send nothing", false)
    .option(
      "--against <period>",
      "compare with it instead, as mtr compare: previous, last-week, 14d..7d",
    )
    .option("--exact", "read every row, no rollups (only heatmap percentiles can differ)", false)
    .addOption(timeZoneOption("the range and of times"))
    .addOption(hostOption())
    .addOption(dataDirOption())
    .addHelpText(
      "after",
      examples([
        ["mtr analyze", "today so far"],
        ["mtr analyze --week", "the last seven days"],
        ["mtr analyze --since 14:00 --chart", "since two o'clock, with line charts"],
        ["mtr analyze --week --chart cdf", "and how the time is spread over the values"],
        [
          "mtr analyze --month --metrics cpu_pct,total_watts --heat p95",
          "other metrics, busier view",
        ],
        ["mtr analyze --week --format html -o week.html", "a page to keep or send"],
        ["mtr analyze --week --json | jq .metrics.cpu_pct.p95", "for programs"],
        ["mtr analyze --week --format jsonlines >> weeks.jsonl", "a line a metric, to collect"],
      ]),
    )
    .action(async (typed) => {
      const { resolveRange } = await import("../../analysis/mod.ts");
      const range = resolveRange(
        typed as WithRange<typeof typed>,
        Date.now(),
        typed.timeZone ?? systemTimeZone(),
      );
      if (typed.against !== undefined) {
        const { showAgainst } = await import("./compare.ts");
        return await showAgainst(typed.against, range, typed, io);
      }
      await showAnalysis(range, {
        ...typed,
        format: typed.json ? "json" : typed.format,
        chart: typed.chart ?? null,
      }, io);
    });
}

/** Analyzes a range and writes the report. */
export async function showAnalysis(
  range: ReportRange,
  options: ShowOptions,
  io: Io,
): Promise<void> {
  const metrics = options.metrics ?? PRIMARY_METRIC_IDS.map(reportableMetric);
  refuseSeveralCharts(metrics, options);
  refuseLostSummary(options);
  const folder = existingFolder(options, io);
  const width = options.width ?? io.columns;
  const { analyze } = await import("../../analysis/mod.ts");
  const report = await analyze(folder, {
    range,
    metrics,
    host: options.host,
    heatStatistic: options.heat,
    withP95: isJson(options.format),
    exact: options.exact,
    columns: options.format === "table" ? await timelineColumns(width, options) : FILE_COLUMNS,
    valueBinsTop: await valueBinsTop(options),
    nowMs: Date.now(),
    recorderPid: runningRecorders(folder)[0]?.pid ?? null,
  });
  if (options.summaryPrompt) {
    const { summaryPrompt } = await import("../ask_for_summary.ts");
    io.out(await summaryPrompt(report, io));
    return;
  }
  const summary = options.summary
    ? await (await import("../ask_for_summary.ts")).askForSummary(report, io)
    : undefined;
  const { renderAnalysis } = await import("../render_analysis.ts");
  const output = outputTo(options.output, io);
  output.write(
    await renderAnalysis(report, {
      ...options,
      width,
      color: output.isStdout ? io.stdout.color : "none",
      ascii: options.ascii || !io.unicode,
      now: Date.now(),
      summary,
    }),
  );
  if (summary?.sentences.length === 0) io.note(`note: ${summary.note}`);
  for (const note of report.notes) io.note(`note: ${note}`);
  failOnVerdict(report, options.failOn);
}

/** @throws {UsageError} for a picture of more than one metric */
function refuseSeveralCharts(metrics: readonly Metric[], { format }: ShowOptions): void {
  if (format !== "svg" || metrics.length === 1) return;
  throw new UsageError(`--format svg draws one metric, not ${metrics.length}`, [
    `name it: --metrics ${metrics[0]?.id ?? "cpu_pct"}`,
    "all on one page: --format html",
  ]);
}

/** Formats of figures alone, where a model would be asked for nothing. */
const WITHOUT_WORDS: readonly AnalysisFormat[] = ["svg", "csv", "jsonlines"];

/** @throws {UsageError} for a paragraph that has no place */
function refuseLostSummary({ summary, format }: ShowOptions): void {
  if (!summary || !WITHOUT_WORDS.includes(format)) return;
  throw new UsageError(`--format ${format} has no place for the paragraph of --summary`, [
    "formats with words: table, markdown, html, json",
  ]);
}

/** @throws {ConditionMetError} when a verdict is at least as bad as the one named */
function failOnVerdict({ metrics }: AnalysisReport, named: string | undefined): void {
  if (named === undefined) return;
  const bad = named === "tight" ? ["tight", "insufficient"] : ["insufficient"];
  const met = metrics.filter(({ sufficiency }) => bad.includes(sufficiency?.verdict ?? ""));
  if (met.length === 0) return;
  throw new ConditionMetError(
    `--fail-on ${named}: ${
      met.map(({ metric, sufficiency }) => `${metric.id} is ${sufficiency?.verdict}`).join(", ")
    }`,
    met.map(({ metric, sufficiency }) => `${metric.id}: ${sufficiency?.rule}`),
  );
}

function isJson(format: AnalysisFormat): boolean {
  return format === "json" || format === "jsonlines";
}

/** As many bins as the widest line over time on the screen has columns. */
async function timelineColumns(width: number, { chart }: ShowOptions): Promise<number> {
  if (chart !== "line") return width;
  const { chartColumns } = await import("../../report/mod.ts");
  return chartColumns(width);
}

/** Only charts of distributions need to know how values are spread. */
async function valueBinsTop(
  { chart, format }: ShowOptions,
): Promise<AnalyzeOptions["valueBinsTop"]> {
  if (!(format === "table" || isJson(format)) || chart === null || chart === "line") {
    return undefined;
  }
  const { valueAxisTop } = await import("../../report/mod.ts");
  return valueAxisTop;
}
