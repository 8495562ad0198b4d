/** Are rollups whole, of the files that are there, and do they say what the rows say? */
import { join } from "node:path";
import { messageOf } from "../../model/mod.ts";
import type { DayFile } from "../listing.ts";
import { isReadable } from "../is_readable.ts";
import { readFooter } from "../parquet_footer.ts";
import { parquetSql, quoteText } from "../sql_text.ts";
import { daysToRollUp, monthSql } from "../rollup/build_rollups.ts";
import { MONTH_ROLLUPS, type MonthKind, type RollupKind, ROLLUPS } from "../rollup/kinds.ts";
import {
  isFresh,
  type RollupFile,
  rollupFiles,
  type RollupMonth,
  rollupMonth,
} from "../rollup/rollup_files.ts";
import { rowsGoneOf } from "../rollup/rows_gone.ts";
import { type CheckContext, count, note, problem } from "./check_context.ts";
import { compareDay } from "./compare_day.ts";
import type { Finding } from "./finding.ts";

export interface RollupCheck {
  readonly findings: readonly Finding[];
  readonly files: number;
}

export async function checkRollups(context: CheckContext): Promise<RollupCheck> {
  const files = rollupFiles(context.folder);
  const findings: Finding[] = [];
  for (const of of Map.groupBy(files, ({ host, month }) => `${host}/${month}`).values()) {
    findings.push(...await checkMonth(context, of));
    of.forEach(context.onFile);
  }
  return { findings: [...findings, ...notRolledUp(context)], files: files.length };
}

async function checkMonth(context: CheckContext, files: readonly RollupFile[]): Promise<Finding[]> {
  const [first] = files;
  if (!first) return [];
  const { host, month } = first;
  const broken = [...missingKinds(files), ...await damagedFiles(context, files)];
  if (broken.length > 0) return brokenKinds(context, first, broken);
  const rolled = rollupMonth(context.folder, host, month);
  const wrong = [...await disagreeing(context, rolled), ...await wrongDays(context, rolled)];
  return [
    ...orphans(context, rolled),
    ...stale(context, rolled),
    // Days that are wrong make wrong sums: both are derived anew then. Sums of a roll-up that was ended are not used.
    ...(wrong.length > 0 || !rolled.isSound ? wrong : await wrongSums(context, rolled)),
  ];
}

/** A kind that can't be used, and why. */
interface BrokenKind {
  readonly kind: RollupKind;
  readonly path: string;
  readonly problem: "rollup.torn" | "rollup.damaged";
  readonly what: string;
}

function missingKinds(files: readonly RollupFile[]): BrokenKind[] {
  const missing = ROLLUPS.filter(({ kind }) => files.every((file) => file.kind !== kind));
  const { path = "", month = "" } = files[0] ?? {};
  const what = `others of ${month} are missing: ${missing.map(({ kind }) => kind).join(", ")}`;
  return missing.map(({ kind }) => ({ kind, path, problem: "rollup.torn", what }));
}

async function damagedFiles(
  { folder, database }: CheckContext,
  files: readonly RollupFile[],
): Promise<BrokenKind[]> {
  const broken: BrokenKind[] = [];
  for (const { kind, path } of files) {
    const footer = readFooter(folder.disk, path);
    if (!footer.whole) broken.push({ kind, path, problem: "rollup.torn", what: footer.problem });
    else if (!await isReadable(database, path)) {
      const what = "a part of its values can't be read";
      broken.push({ kind, path, problem: "rollup.damaged", what });
    }
  }
  return broken;
}

/** One finding a file; the kinds that are missing are one. */
function brokenKinds(
  context: CheckContext,
  { host, month }: RollupFile,
  broken: readonly BrokenKind[],
): Finding[] {
  const kinds = broken.map(({ kind }) => kind);
  const isDerived = kinds.every((kind) => MONTH_ROLLUPS.some((of) => of.kind === kind));
  const findings = new Map(broken.map((of) => [`${of.path} ${of.what}`, of]));
  return [...findings.values()].map(({ path, problem: name, what }) =>
    problem(context, name, path, {
      what,
      consequence: isDerived
        ? `${month} is answered day by day, more slowly`
        : `days of ${month} are answered from their rows, more slowly${
          goneText(context, host, month)
        }`,
      remedy: isDerived
        ? "moves it to quarantine, and derives it anew from the days' rollups"
        : "moves the month's rollups to quarantine, and derives them anew from the rows",
      repair: { do: "rebuild month", host, month, kinds },
    })
  );
}

function goneText({ folder, listing }: CheckContext, host: string, month: string): string {
  const isGone = rowsGoneOf(folder, host);
  const there = new Set(samplesOf(listing.files, host).map(({ date }) => date));
  const lost = daysOfMonth(month).filter((date) => isGone(date) && !there.has(date));
  return lost.length === 0 ? "" : `; ${count(lost.length, "day")} without rows can't be answered`;
}

function daysOfMonth(month: string): string[] {
  return Array.from({ length: 31 }, (_, i) => `${month}-${String(i + 1).padStart(2, "0")}`);
}

function samplesOf(files: readonly DayFile[], host: string): DayFile[] {
  return files.filter((file) => file.dataset === "samples" && file.host === host);
}

/** Rolled-up days whose file nobody is known to have removed. */
function orphans(context: CheckContext, { host, month, days, paths }: RollupMonth): Finding[] {
  const { folder, listing } = context;
  const isGone = rowsGoneOf(folder, host);
  const there = new Set(samplesOf(listing.files, host).map(({ date }) => date));
  const damaged = new Set(listing.damaged.map(({ path }) => path));
  const dates = [...days.keys()].filter((date) =>
    !there.has(date) && !isGone(date) &&
    !damaged.has(join(folder.day("samples", host, date), "rows.parquet"))
  );
  if (dates.length === 0) return [];
  return [problem(context, "rollup.orphan", paths.counts, {
    what: `it knows ${count(dates.length, "day")} of ${month} whose rows are not there: ${
      dates.join(", ")
    }`,
    consequence: "nobody says that they were removed on purpose, so reports leave these days out",
    remedy: "lets reports answer them from the rollups",
    repair: { do: "name gone days", host, dates },
  })];
}

function stale(context: CheckContext, { host, days, paths }: RollupMonth): Finding[] {
  const { folder, listing, openFrom } = context;
  const isGone = rowsGoneOf(folder, host);
  const files = samplesOf(listing.files, host).filter((file) =>
    file.date < openFrom && days.has(file.date) && !isGone(file.date) &&
    !isFresh(file, days.get(file.date))
  );
  if (files.length === 0) return [];
  return [problem(context, "rollup.stale", paths.counts, {
    what: `it is of other versions of ${files.map(({ date }) => date).join(", ")}`,
    consequence: "these days are answered from their rows, more slowly",
    remedy: "derives them anew from the rows, as the next fold does",
    repair: { do: "roll up", days: files },
  })];
}

/** Days that ended since the last fold, and those of a fold that was ended: ordinary. */
function notRolledUp(context: CheckContext): Finding[] {
  const { folder, listing, openFrom } = context;
  const missing = daysToRollUp(folder, listing.files, openFrom).filter((file) => {
    const day = rollupMonth(folder, file.host, file.date.slice(0, 7)).days.get(file.date);
    return day === undefined || isFresh(file, day);
  });
  if (missing.length === 0) return [];
  return [note(context, "rollup.missing", join(folder.path, "rollups"), {
    what: `not rolled up yet: ${count(missing.length, "finished day")}, ${
      missing.slice(0, 3).map(({ date }) => date).join(", ")
    }${missing.length > 3 ? " …" : ""}`,
    consequence: "none: they are answered from their rows",
    remedy: "the next fold rolls them up",
    repair: { do: "roll up", days: missing },
  })];
}

/** Kinds that say different things of the same rows; needs no rows, so that days without any are looked at as well. */
async function disagreeing(context: CheckContext, month: RollupMonth): Promise<Finding[]> {
  const { paths, days } = month;
  const sums = (path: string) =>
    `SELECT date, metric, sum(n)::BIGINT AS n, sum(weight_ms)::BIGINT AS weight_ms
     FROM ${parquetSql(path)} GROUP BY ALL`;
  const rows = await context.database.rows<{ date: string }>(
    `SELECT DISTINCT date::VARCHAR AS date FROM (
       (${sums(paths.counts)} EXCEPT ${sums(paths.quarters)})
       UNION ALL (${sums(paths.quarters)} EXCEPT ${sums(paths.counts)})
     ) ORDER BY date`,
  );
  // Of a day that is not in all kinds nothing is used.
  const dates = rows.map(({ date }) => date).filter((date) => days.has(date));
  return dates.length === 0 ? [] : [wrong(context, month, dates, "its kinds count differently")];
}

/** Kinds of months that are not what their days add up to. */
async function wrongSums(context: CheckContext, month: RollupMonth): Promise<Finding[]> {
  const { paths, days } = month;
  const kinds: MonthKind[] = [];
  for (const definition of MONTH_ROLLUPS) {
    const names = definition.columns.map(([name]) => name).join(", ");
    const there = `SELECT ${names} FROM read_parquet(${quoteText(paths[definition.kind])})`;
    const [found] = await context.database.rows<{ rows: number }>(
      `SELECT count(*) AS rows FROM (FROM (${monthSql(definition, paths)}) EXCEPT ALL ${there})`,
    );
    if ((found?.rows ?? 0) > 0) kinds.push(definition.kind);
  }
  if (kinds.length === 0) return [];
  return [wrong(context, month, [...days.keys()], `${kinds.join(" and ")} differ from their sum`)];
}

/** Sampled days, derived anew and compared. */
async function wrongDays(context: CheckContext, month: RollupMonth): Promise<Finding[]> {
  const { sampled } = context;
  const files = samplesOf([...sampled], month.host).filter((file) =>
    isFresh(file, month.days.get(file.date))
  );
  const dates: string[] = [];
  for (const file of files) {
    try {
      const differing = await compareDay(context.database, file, month);
      if (differing.length > 0) dates.push(file.date);
    } catch (error) {
      // Rows that can't be read are told of by those who look at them.
      if (!/Error:/.test(messageOf(error))) throw error;
    }
  }
  return dates.length === 0 ? [] : [wrong(context, month, dates, "it differs from the rows")];
}

function wrong(
  context: CheckContext,
  { host, month, paths, days }: RollupMonth,
  dates: readonly string[],
  how: string,
): Finding {
  const files = samplesOf(context.listing.files, host).filter(({ date }) => dates.includes(date));
  const lost = dates.filter((date) => days.has(date) && !files.some((file) => file.date === date));
  return problem(context, "rollup.wrong", paths.counts, {
    what: `what it says of ${dates.join(", ")} is wrong: ${how}`,
    consequence: "reports on whole days give wrong figures; --exact gives the right ones",
    remedy: lost.length > 0
      ? `derives days of ${month} anew from their rows; ${lost.join(", ")} has none any more`
      : "copies it to quarantine, and derives these days anew from the rows",
    ...(files.length > 0 ? { repair: { do: "roll up again", days: files } as const } : {}),
  });
}
