import type { Command } from "@commander-js/extra-typings";
import { StoreError } from "../../model/mod.ts";
import { isForeground } from "../../platform/mod.ts";
import type { CheckOptions, CheckReport, Finding, RepairReport } from "../../store/mod.ts";
import { countLine, findingLines, gathered, sumText } from "../check_text.ts";
import { dataDirOption, examples, existingFolder } from "../command.ts";
import type { Io } from "../io.ts";

/** What takes less needs no progress line. */
const PATIENCE_MS = 1000;

export function declareCheck(program: Command, io: Io): void {
  program.command("check")
    .summary("whether the recorded data is sound; with --repair, make it so")
    .description(
      "Looks at every file of the data folder: footers, columns, rows, their order, days and doubles, the " +
        "journal's lines, sequence numbers, rollups against rows, and what does not belong there. Says of " +
        "each problem what it means and what repair would do. Repair quarantines, rebuilds and derives " +
        "anew; it never deletes, and leaves alone what is being written. Exit code 1 while problems remain.",
    )
    .option("--repair", "mend what can be mended", false)
    .option("--full", "read every file whole, and compare every day's rollups with its rows", false)
    .option("--json", "for programs", false)
    .addOption(dataDirOption())
    .addHelpText(
      "after",
      examples([
        ["mtr check", "is everything as it should be?"],
        ["mtr check --full", "the same, to the last value; minutes for a year"],
        ["mtr check --repair", "mend it"],
      ]),
    )
    .action((typed) => runCheck(typed, io));
}

interface Typed {
  readonly repair: boolean;
  readonly full: boolean;
  readonly json: boolean;
  readonly dataDir?: string | undefined;
}

async function runCheck({ repair, full, json, dataDir }: Typed, io: Io): Promise<void> {
  const folder = existingFolder({ dataDir }, io);
  const { checkStore, repairStore } = await import("../../store/mod.ts");
  const options: CheckOptions = {
    ...(full ? { wholeFiles: Infinity } : {}),
    nowMs: Date.now(),
    onProgress: progressOn(io),
  };
  if (repair) {
    const report = await repairStore(folder, options).finally(() => clearProgress(io));
    if (json) io.out(toJson({ ...toPlain(report.after), ...repairedPart(report) }));
    else showRepair(report, io);
    return refuseProblems(report.after, "what is left can't be mended by itself");
  }
  const report = await checkStore(folder, options).finally(() => clearProgress(io));
  if (json) io.out(toJson(toPlain(report)));
  else show(report, io);
  refuseProblems(report, "mend what can be mended: mtr check --repair");
}

function show(report: CheckReport, io: Io): void {
  showFindings(report.findings, io);
  io.out(` looked at ${countLine(report)}\n ${sumText(report)}\n`);
}

function showRepair({ before, after, done }: RepairReport, io: Io): void {
  if (before.findings.length > 0) io.out(" found:\n\n");
  showFindings(before.findings, io);
  if (done.length > 0) io.out(` done:\n\n${done.map((line) => `   ${line}\n`).join("")}\n`);
  const left = after.findings.filter(({ severity }) => severity === "problem");
  if (left.length > 0) {
    io.out(" left:\n\n");
    showFindings(left, io);
  }
  io.out(` looked at ${countLine(after)}\n before: ${sumText(before)}; now: ${sumText(after)}\n`);
}

function showFindings(findings: readonly Finding[], io: Io): void {
  const options = { color: io.stdout.color !== "none", unicode: io.unicode };
  for (const finding of gathered(findings)) {
    io.out(findingLines(finding, options).map((line) => `${line}\n`).join("") + "\n");
  }
}

/** Through the one way out that there is: an error, which main turns into exit code 1. */
function refuseProblems({ findings }: CheckReport, hint: string): void {
  const problems = findings.filter(({ severity }) => severity === "problem");
  if (problems.length === 0) return;
  const what = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  throw new StoreError(`the store has ${what}`, [hint]);
}

function toPlain({ findings, counts }: CheckReport) {
  const listed = findings.map(({ repair, ...told }) => ({ ...told, repairable: repair !== null }));
  return { counts, findings: listed };
}

function repairedPart({ before, done }: RepairReport) {
  return { found: toPlain(before).findings, done };
}

function toJson(value: object): string {
  return JSON.stringify({ schema_version: 1, ...value }, null, 2) + "\n";
}

/** On a terminal, once it takes a while. */
function progressOn(io: Io): (done: number, all: number) => void {
  const started = performance.now();
  return (done, all) => {
    if (performance.now() - started < PATIENCE_MS || !io.stderr.isTerminal || !isForeground()) {
      return;
    }
    io.drawStatus(`checking file ${done} of ${all}`);
  };
}

function clearProgress(io: Io): void {
  if (io.stderr.isTerminal) io.drawStatus("");
}
