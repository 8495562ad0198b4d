/** What an import did, in lines for people. */
import { countText, dateText, localTime } from "../model/mod.ts";
import type { ImportedHost, ImportProblem, ImportResult } from "../importers/mod.ts";

const SHOWN_PROBLEMS = 5;

export interface SummaryOptions {
  readonly dryRun: boolean;
  readonly timeZone: string;
}

/** What was stored, and where to look at it. */
export function storedLines(
  { hosts }: ImportResult,
  { dryRun, timeZone }: SummaryOptions,
): string[] {
  return hosts.flatMap((host) => {
    const known = host.known > 0 ? `; ${countText(host.known)} were there already` : "";
    if (host.added === 0) return [`nothing new for ${host.name}${known}`];
    const done = dryRun ? "would import" : "imported";
    const span = spanText(host, timeZone);
    const hint = host.first === null || dryRun ? [] : [
      `look at it: mtr analyze --host ${shellWord(host.name)} --since ${
        isoDay(host.first, timeZone)
      }`,
    ];
    return [
      `${done} ${samplesText(host.added)} of ${span} into ${host.name}${known}`,
      ...hint,
    ];
  });
}

/** What could not be read: the first few, and how many more. */
export function problemLines({ problems, problemCount }: ImportResult): string[] {
  const shown = problems.slice(0, SHOWN_PROBLEMS).map(problemText);
  const more = problemCount - shown.length;
  return more > 0 ? [...shown, `and ${countText(more)} more that could not be read`] : shown;
}

/** What was left out on purpose, dropped, or could not be decided. */
export function importNotes(result: ImportResult): string[] {
  const leftOut = [...result.leftOut].map(([reason, count]) =>
    `left out ${countText(count)} ×: ${reason}`
  );
  const dropped = [...result.dropped].map(([id, count]) =>
    `${id}: ${countText(count)} values that can't be true were dropped`
  );
  const damaged = result.hosts.flatMap(({ name, damaged }) =>
    damaged.map((date) =>
      `nothing was added to ${date} of ${name}: its file can't be read (mtr fold sets it aside)`
    )
  );
  return [
    ...leftOut,
    ...dropped,
    ...result.notes,
    ...result.hosts.flatMap(goneNote),
    ...damaged,
    ...result.foldNotes,
  ];
}

/** Where rows were pruned, their rollups stay: importing them again would count them twice. */
function goneNote({ name, gone }: ImportedHost): string[] {
  const [first] = gone;
  if (!first) return [];
  const samples = gone.reduce((sum, day) => sum + day.samples, 0);
  const days = gone.length === 1
    ? first.date
    : `${gone.length} days (${first.date} … ${gone.at(-1)?.date})`;
  return [
    `left out ${samplesText(samples)} of ${days} of ${name}: their rows were removed on purpose ` +
    "(mtr prune), and the rollup answers for the whole day",
  ];
}

function problemText({ file, line, reason }: ImportProblem): string {
  return line === undefined ? `${file}: ${reason}` : `${file}:${line}: ${reason}`;
}

function samplesText(count: number): string {
  return count === 1 ? "1 sample" : `${countText(count)} samples`;
}

function shellWord(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

function spanText({ first, last }: ImportedHost, timeZone: string): string {
  const day = (ms: number | null) => dateText(localTime(ms ?? 0, timeZone), { year: true });
  return day(first) === day(last) ? day(first) : `${day(first)} to ${day(last)}`;
}

function isoDay(ms: number, timeZone: string): string {
  const { year, month, day } = localTime(ms, timeZone);
  return [year, month, day].map((part) => String(part).padStart(2, "0")).join("-");
}
