import type { HelpTopic } from "./help_topic.ts";

/** What may be written for a point in time; a test reads each of them. */
export const TIME_WORDS = [
  ["now", "this moment"],
  ["today", "the whole local day"],
  ["yesterday", "the whole local day before"],
  ["mon, tuesday", "the latest such day, today included"],
  ["3h ago, 90m, 1h30m", "so long before now"],
  ["7d, 2w", "so many calendar days or weeks before now, at this time of day"],
  ["14:30", "today at that time"],
  ["2026-11-22", "the whole local day"],
  ["2026-11-22T14:30", "local time; a space will do for the T"],
  ["2026-11-22T14:30:00Z", "a moment in UTC, or with an offset such as +05:45"],
] as const;

/** What may be written for a period of a comparison; a test reads each of them. */
export const PERIOD_WORDS = [
  ["last-week, this-week", "calendar weeks, from Monday on; also last-month, this-year, …"],
  ["yesterday, mon, 2026-11-22", "a whole local day"],
  ["2026-11", "a calendar month"],
  ["7d, 3h", "so long, until now"],
  ["14d..7d", "from then until then"],
  ["2026-11-01..2026-11-07", "whole local days, both included"],
] as const;

export const TIME_TOPIC: HelpTopic = {
  name: "time",
  summary: "what --since, --until, periods and durations understand",
  sections: [
    {
      text:
        "A range is [since, until): without --until it ends now. A day is meant whole: as --since it is the day's " +
        "beginning, as --until its end. Days are those of the local zone, or of --time-zone; the days on which the " +
        "clocks change have 23 or 25 hours. Every report says which range and zone it understood.",
    },
    { heading: "Points in time", rows: TIME_WORDS },
    {
      heading: "Periods",
      rows: [
        ["--today, --yesterday", "one local day"],
        [
          "--week, --month, --year",
          "7, 30, 365 local days that end with today, or with the day of --until",
        ],
        [
          "--start-date, --end-date",
          "whole local days, both included; the end is the start unless given",
        ],
      ],
    },
    {
      heading: "Periods of mtr compare, and of analyze --against",
      text:
        "Two periods share no time. With --against, `previous` is as long a period right before.",
      rows: PERIOD_WORDS,
    },
    {
      heading: "Durations",
      text:
        "A number with its unit, or several: 100ms, 5s, 10m (or 10min), 1.5h, 1h30m, 7d, 2w. Never without a unit.",
    },
  ],
};
