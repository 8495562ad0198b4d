import { UsageError } from "../../model/mod.ts";
import type { ReportRange } from "../report.ts";
import { parseTime } from "./time_expression.ts";

/** The time options of a command, as typed. */
export interface RangeOptions {
  readonly today?: boolean | undefined;
  readonly yesterday?: boolean | undefined;
  readonly week?: boolean | undefined;
  readonly month?: boolean | undefined;
  readonly year?: boolean | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
}

/** Named periods are so many whole local days, the last of which is today or the day of `--until`. */
const PERIODS = [
  { name: "today", days: 1, words: "today" },
  { name: "week", days: 7, words: "last 7 days" },
  { name: "month", days: 30, words: "last 30 days" },
  { name: "year", days: 365, words: "last 365 days" },
] as const;

/**
 * The range that the options mean, at a moment and in a zone.
 * @throws {UsageError} when the options contradict each other or the range is empty
 */
export function resolveRange(options: RangeOptions, nowMs: number, timeZone: string): ReportRange {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone);
  refuseContradictions(options);
  const { start, end, words } = resolve(options, now);
  if (Temporal.ZonedDateTime.compare(start, end) >= 0) {
    throw new UsageError(
      `the range is empty: it begins at ${start.toPlainDateTime()} and ends at ${end.toPlainDateTime()}`,
      [
        "--since (or --start-date) has to be before --until (or --end-date)",
      ],
    );
  }
  return {
    startMs: start.epochMilliseconds,
    endMs: end.epochMilliseconds,
    timeZone,
    resolvedFrom: words,
  };
}

interface Resolved {
  readonly start: Temporal.ZonedDateTime;
  readonly end: Temporal.ZonedDateTime;
  readonly words: string;
}

function resolve(options: RangeOptions, now: Temporal.ZonedDateTime): Resolved {
  const until = options.until === undefined ? undefined : parseTime(options.until, "--until", now);
  if (options.since !== undefined) {
    const { start } = parseTime(options.since, "--since", now);
    const words = options.until === undefined
      ? `since ${options.since}`
      : `${options.since} – ${options.until}`;
    return { start, end: until?.end ?? now, words };
  }
  if (options.startDate !== undefined) return betweenDates(options.startDate, options.endDate, now);
  if (options.yesterday) {
    return { ...parseTime("yesterday", "--yesterday", now), words: "yesterday" };
  }
  const period = PERIODS.find(({ name }) => options[name]) ?? PERIODS[0];
  // The last whole day: that of the moment before `until` ends, so that midnight belongs to the day before.
  const lastDay = until ? until.end.subtract({ nanoseconds: 1 }).toPlainDate() : now.toPlainDate();
  const wholeEnd = lastDay.add({ days: 1 }).toZonedDateTime(now.timeZoneId);
  const start = lastDay.subtract({ days: period.days - 1 }).toZonedDateTime(now.timeZoneId);
  if (!until) return { start, end: wholeEnd, words: period.words };
  if (period.days > 1) {
    return { start, end: wholeEnd, words: `${period.days} days until ${lastDay}` };
  }
  const isWhole = until.end.equals(wholeEnd);
  return {
    start,
    end: until.end,
    words: isWhole ? `${lastDay}` : `${lastDay} until ${until.end.toPlainTime()}`,
  };
}

function betweenDates(
  first: string,
  last: string | undefined,
  now: Temporal.ZonedDateTime,
): Resolved {
  const { start, end } = parseTime(first, "--start-date", now);
  if (last === undefined) return { start, end, words: first };
  return { start, end: parseTime(last, "--end-date", now).end, words: `${first} – ${last}` };
}

function refuseContradictions(options: RangeOptions): void {
  const named = (["today", "yesterday", "week", "month", "year"] as const)
    .filter((name) => options[name]).map((name) => `--${name}`);
  const starts = [
    ...named,
    ...(options.since === undefined ? [] : ["--since"]),
    ...(options.startDate === undefined ? [] : ["--start-date"]),
  ];
  if (starts.length > 1) {
    throw new UsageError(`${starts.join(" and ")} each name a range`, ["give one of them"]);
  }
  if (options.endDate !== undefined && options.startDate === undefined) {
    throw new UsageError("--end-date needs --start-date", ["or use --until"]);
  }
  if (options.startDate !== undefined && options.until !== undefined) {
    throw new UsageError("--start-date goes with --end-date, and --until with --since", [
      "give one pair of them",
    ]);
  }
  if (options.yesterday && options.until !== undefined) {
    throw new UsageError("--yesterday and --until each say where the range ends", [
      "give one of them",
    ]);
  }
}
