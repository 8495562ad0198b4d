/** What a check found, in lines for people: what is wrong first, what is merely worth knowing after it. */
import { countText } from "../model/mod.ts";
import type { CheckReport, Finding } from "../store/mod.ts";

const COLORS = { problem: "\x1b[31m", note: "\x1b[36m", dim: "\x1b[2m", reset: "\x1b[0m" } as const;
const ARROW = "→";

export interface CheckTextOptions {
  readonly color: boolean;
  readonly unicode: boolean;
}

export function findingLines(
  { severity, file, what, consequence, remedy, repair }: Finding,
  { color, unicode }: CheckTextOptions,
): string[] {
  const label = severity.padEnd(8);
  const paint = (text: string, with_: keyof typeof COLORS) =>
    color ? `${COLORS[with_]}${text}${COLORS.reset}` : text;
  const by = repair ? "repair" : "to do";
  return [
    ` ${paint(label, severity)} ${file}`,
    `          ${what}`,
    paint(`          ${unicode ? ARROW : "->"} ${consequence}`, "dim"),
    paint(`          ${by}: ${remedy}`, "dim"),
  ];
}

/** What is wrong with many files in the same way is said once, of the first. */
export function gathered(findings: readonly Finding[]): Finding[] {
  const groups = Map.groupBy(findings, ({ kind, what }) => `${kind} ${what}`);
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group;
    if (!first || others.length < 2) return group;
    return [{ ...first, file: `${first.file} and ${countOf(others.length, "other file")}` }];
  });
}

/** What was looked at, in one line. */
export function countLine({ counts }: CheckReport): string {
  const { days, rows, read_whole: whole, segments, journal_rows: journalRows } = counts;
  const sampled = whole < days ? `, ${whole} of them read whole (all: --full)` : "";
  return [
    `${countOf(days, "day file")} with ${countOf(rows, "row")}${sampled}`,
    `${countOf(segments, "segment")} with ${countOf(journalRows, "row")}`,
    countOf(counts.rollups, "rollup file"),
    countOf(counts.hosts, "host"),
  ].join("; ");
}

/** `2 problems, 1 note`; `no problems`. */
export function sumText({ findings }: CheckReport): string {
  const problems = findings.filter(({ severity }) => severity === "problem").length;
  const notes = findings.length - problems;
  return [
    problems === 0 ? "no problems" : countOf(problems, "problem"),
    ...(notes === 0 ? [] : [countOf(notes, "note")]),
  ].join(", ");
}

function countOf(count: number, what: string): string {
  return `${countText(count)} ${what}${count === 1 ? "" : "s"}`;
}
