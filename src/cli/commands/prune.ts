import { type Command, Option } from "@commander-js/extra-typings";
import { parseDuration, parseSize } from "../../config/mod.ts";
import { countText, type DatasetName, quantityText, UsageError } from "../../model/mod.ts";
import type { PlannedFile, PrunePlan } from "../../store/mod.ts";
import { dataDirOption, examples, existingFolder } from "../command.ts";
import type { Io } from "../io.ts";

const PRUNABLE = ["samples", "series", "sources"] as const satisfies readonly DatasetName[];

export function declarePrune(program: Command, io: Io): void {
  program.command("prune")
    .summary("remove days that are past their time")
    .description(
      "Removes whole day files: rows that are older than a limit, or the oldest days above a size. The " +
        "current day always stays. Rollups outlive rows: reports still answer for whole days. Limits can " +
        "be set for good in the settings (mtr config init). What was removed is listed in prune.log in " +
        "the data folder. Nothing else in mtr deletes data.",
    )
    .addOption(
      new Option("--older-than <time>", "remove samples and series of days that ended longer ago")
        .argParser((text) => parseDuration(text, "--older-than")),
    )
    .addOption(
      new Option(
        "--rollups-older-than <time>",
        "remove rollups and source notes of months that ended longer ago and have no rows left",
      ).argParser((text) => parseDuration(text, "--rollups-older-than")),
    )
    .addOption(
      new Option("--max-size <size>", "remove the oldest days until everything fits in this")
        .argParser(parseMaxSize),
    )
    .addOption(
      new Option("--dataset <name...>", "rows of these only: samples, series or sources")
        .choices(PRUNABLE),
    )
    .option("-n, --dry-run", "say what would be removed, and remove nothing", false)
    .option("-y, --yes", "don't ask", false)
    .option("--json", "for programs", false)
    .addOption(dataDirOption())
    .addHelpText(
      "after",
      examples([
        ["mtr prune --older-than 90d --dry-run", "what would go?"],
        ["mtr prune --older-than 1y --rollups-older-than 5y", "keep rows a year, rollups five"],
        ["mtr prune --max-size 1GB --yes", "from a script"],
        ["mtr prune --older-than 30d --dataset series", "labelled metrics only"],
      ]),
    )
    .action((typed) => runPrune(typed, io));
}

interface PruneOptions {
  readonly olderThan?: number | undefined;
  readonly rollupsOlderThan?: number | undefined;
  readonly maxSize?: number | undefined;
  readonly dataset?: readonly DatasetName[] | undefined;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  readonly dataDir?: string | undefined;
}

async function runPrune(typed: PruneOptions, io: Io): Promise<void> {
  const { dryRun, json } = typed;
  refuseWithoutLimit(typed);
  const folder = existingFolder(typed, io);
  const { planPrune, prune } = await import("../../store/mod.ts");
  const nowMs = Date.now();
  const plan = await planPrune(folder, {
    rowsOlderThanMs: typed.olderThan,
    rollupsOlderThanMs: typed.rollupsOlderThan,
    maxBytes: typed.maxSize,
    datasets: typed.dataset,
    nowMs,
  });
  for (const note of plan.notes) io.note(`note: ${note}`);
  if (dryRun || plan.files.length === 0) return show(plan.files, { plan, dryRun, json, io });
  if (!mayRemove(plan, typed, io)) return io.note("nothing was removed");
  const { removed, notes } = await prune(folder, plan, nowMs);
  for (const note of notes) io.note(`note: ${note}`);
  show(removed, { plan, dryRun, json, io });
}

function refuseWithoutLimit({ olderThan, rollupsOlderThan, maxSize }: PruneOptions): void {
  if ([olderThan, rollupsOlderThan, maxSize].some((limit) => limit !== undefined)) return;
  throw new UsageError("nothing says what is past its time", [
    "by age:  mtr prune --older-than 90d",
    "by size: mtr prune --max-size 1GB",
    "for good: keep_rows, keep_rollups and max_size in the settings (mtr config init)",
  ]);
}

/** Asks on a terminal; a script has to say --yes. */
function mayRemove(plan: PrunePlan, { yes }: PruneOptions, io: Io): boolean {
  if (yes) return true;
  const answer = io.ask(`remove ${totalText(plan.files)}? It can't be undone. [y/N] `);
  if (answer !== null) return /^y(es)?$/i.test(answer);
  throw new UsageError(
    `${totalText(plan.files)} would be removed; there is no terminal to ask on`,
    [
      "remove them:  the same with --yes",
      "look first:   the same with --dry-run",
    ],
  );
}

interface Shown {
  readonly plan: PrunePlan;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly io: Io;
}

function show(files: readonly PlannedFile[], { plan, dryRun, json, io }: Shown): void {
  const left = plan.bytesBefore - bytesOf(files);
  if (json) {
    const listed = files.map(({ path: _, ...file }) => file);
    const result = { schema_version: 1, dry_run: dryRun, files: listed, bytes_left: left };
    return io.out(JSON.stringify(result, null, 2) + "\n");
  }
  for (const { file, rows, bytes } of files) {
    io.out(`${file}  ${countOf(rows, "row")}, ${quantityText("bytes", bytes)}\n`);
  }
  if (files.length === 0) return io.note("nothing is past its time");
  const done = dryRun ? "would remove" : "removed";
  io.note(`${done} ${totalText(files)}; ${quantityText("bytes", left)} stay`);
}

/** `12 files of 2026-02-26 … 2026-03-01 (17,280 rows, 1.2 MiB)`. */
function totalText(files: readonly PlannedFile[]): string {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const dates = files.map(({ date }) => date).sort();
  const [first] = dates;
  const span = first === dates.at(-1) ? first : `${first} … ${dates.at(-1)}`;
  const size = quantityText("bytes", bytesOf(files));
  return `${countOf(files.length, "file")} of ${span} (${countOf(rows, "row")}, ${size})`;
}

function bytesOf(files: readonly PlannedFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function countOf(count: number, what: string): string {
  return `${countText(count)} ${what}${count === 1 ? "" : "s"}`;
}

function parseMaxSize(text: string): number {
  const bytes = parseSize(text);
  if (bytes !== null) return bytes;
  throw new UsageError(`--max-size ${text}: not a size`, [
    "write it with a unit: 500MB, 5GB, 1.5TiB",
  ]);
}
