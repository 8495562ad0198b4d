import { deepEqual, equal, throws } from "node:assert/strict";
import { resolveRange } from "../../../src/analysis/mod.ts";
import type { RangeOptions } from "../../../src/analysis/range/resolve_range.ts";
import { UsageError } from "../../../src/model/mod.ts";

const HOUR_MS = 3_600_000;
/** Sunday, 15:20:30 in Berlin. */
const NOW = "2026-11-22T14:20:30Z";

/** The range in UTC. */
function rangeOf(options: RangeOptions, { now = NOW, zone = "Europe/Berlin" } = {}): string[] {
  const { startMs, endMs } = resolveRange(options, Date.parse(now), zone);
  return [startMs, endMs].map((ms) => new Date(ms).toISOString().replace(/:00(\.000)?Z$/, "Z"));
}

Deno.test("without options the range is the whole local day of now", () => {
  deepEqual(rangeOf({}), ["2026-11-21T23:00Z", "2026-11-22T23:00Z"]);
  deepEqual(rangeOf({}, { zone: "Asia/Kathmandu" }), ["2026-11-21T18:15Z", "2026-11-22T18:15Z"]);
  deepEqual(rangeOf({}, { zone: "UTC" }), ["2026-11-22T00:00Z", "2026-11-23T00:00Z"]);
});

Deno.test("periods are whole local days that end with today", () => {
  const cases: [RangeOptions, string, string][] = [
    [{ today: true }, "2026-11-21T23:00Z", "2026-11-22T23:00Z"],
    [{ yesterday: true }, "2026-11-20T23:00Z", "2026-11-21T23:00Z"],
    [{ week: true }, "2026-11-15T23:00Z", "2026-11-22T23:00Z"],
    // Over the end of summer time: the first day begins at 22:00 UTC.
    [{ month: true }, "2026-10-23T22:00Z", "2026-11-22T23:00Z"],
    [{ year: true }, "2025-11-22T23:00Z", "2026-11-22T23:00Z"],
  ];
  for (const [options, start, end] of cases) deepEqual(rangeOf(options), [start, end]);
});

Deno.test("periods end with the day of --until where it is given", () => {
  const monday: [string, string] = ["2026-11-09T23:00Z", "2026-11-16T23:00Z"];
  deepEqual(rangeOf({ week: true, until: "mon" }), monday);
  deepEqual(rangeOf({ week: true, until: "2026-11-16" }), monday);
  deepEqual(rangeOf({ week: true, until: "2026-11-16T10:00" }), monday);
  deepEqual(rangeOf({ week: true, until: "2026-11-17T00:00" }), monday, "midnight ends a day");
});

Deno.test("--until alone is a day up to that moment; a day is meant whole", () => {
  deepEqual(rangeOf({ until: "14:30" }), ["2026-11-21T23:00Z", "2026-11-22T13:30Z"]);
  deepEqual(rangeOf({ until: "yesterday" }), ["2026-11-20T23:00Z", "2026-11-21T23:00Z"]);
  deepEqual(rangeOf({ until: "2026-11-20T06:00" }), ["2026-11-19T23:00Z", "2026-11-20T05:00Z"]);
});

Deno.test("a point in time is written as people write it", () => {
  const cases: [since: string, start: string][] = [
    ["today", "2026-11-21T23:00Z"],
    ["Yesterday", "2026-11-20T23:00Z"],
    ["mon", "2026-11-15T23:00Z"],
    ["Monday", "2026-11-15T23:00Z"],
    ["wednes", "2026-11-17T23:00Z"],
    ["sat", "2026-11-20T23:00Z"],
    ["sun", "2026-11-21T23:00Z"],
    ["3h ago", "2026-11-22T11:20:30.000Z"],
    ["3h", "2026-11-22T11:20:30.000Z"],
    ["90min", "2026-11-22T12:50:30.000Z"],
    ["1h30m ago", "2026-11-22T12:50:30.000Z"],
    ["45s", "2026-11-22T14:19:45.000Z"],
    ["0.5h", "2026-11-22T13:50:30.000Z"],
    ["7d", "2026-11-15T14:20:30.000Z"],
    ["2w", "2026-11-08T14:20:30.000Z"],
    ["14:30", "2026-11-22T13:30Z"],
    ["9:05", "2026-11-22T08:05Z"],
    ["2026-11-20", "2026-11-19T23:00Z"],
    ["2026-11-20T14:30", "2026-11-20T13:30Z"],
    ["2026-11-20t14:30", "2026-11-20T13:30Z"],
    ["2026-11-20 14:30", "2026-11-20T13:30Z"],
    ["2026-11-20T14:30:15.250", "2026-11-20T13:30:15.250Z"],
    ["2026-11-20T14:30:00Z", "2026-11-20T14:30Z"],
    ["2026-11-20T14:30:00z", "2026-11-20T14:30Z"],
    ["2026-11-20T14:30+05:45", "2026-11-20T08:45Z"],
    [" 2026-11-20 14:30:00-02:00 ", "2026-11-20T16:30Z"],
  ];
  for (const [since, start] of cases) {
    deepEqual(rangeOf({ since }), [start, "2026-11-22T14:20:30.000Z"], since);
  }
});

Deno.test("what is no point in time is refused, with examples", () => {
  const bad = ["", "soon", "mo", "25:00", "14:60", "2026-13-01", "2026-02-30", "3 potatoes", "-3h"];
  for (const since of [...bad, "2026-11-20T25:00", "h", "99999999999d", "20261120"]) {
    throws(() => rangeOf({ since }), (error) => {
      equal(
        error instanceof UsageError && error.message,
        `--since ${since}: not a time that mtr knows`,
      );
      return true;
    }, since);
  }
});

Deno.test("days on which clocks change have 23 and 25 hours", () => {
  const hours = ([start = "", end = ""]: string[]) =>
    (Date.parse(end) - Date.parse(start)) / HOUR_MS;
  equal(hours(rangeOf({ startDate: "2026-03-29" })), 23);
  equal(hours(rangeOf({ startDate: "2026-10-25" })), 25);
  equal(hours(rangeOf({ week: true, until: "2026-03-29" })), 7 * 24 - 1);
  equal(hours(rangeOf({}, { now: "2026-10-25T12:00:00Z" })), 25);
  // A day ago is the same time of day; 24 hours ago are 24 hours.
  const now = "2026-10-25T12:00:00Z";
  equal(hours(rangeOf({ since: "1d" }, { now })), 25);
  equal(hours(rangeOf({ since: "24h" }, { now })), 24);
  // 02:30 does not exist on the one day, and is the earlier one on the other.
  equal(rangeOf({ since: "2026-03-29T02:30" })[0], "2026-03-29T01:30Z");
  equal(rangeOf({ since: "2026-10-25T02:30" })[0], "2026-10-25T00:30Z");
});

Deno.test("--since to --until and --start-date to --end-date include the last day", () => {
  const whole = ["2026-11-15T23:00Z", "2026-11-20T23:00Z"];
  deepEqual(rangeOf({ since: "2026-11-16", until: "2026-11-20" }), whole);
  deepEqual(rangeOf({ startDate: "2026-11-16", endDate: "2026-11-20" }), whole);
  deepEqual(rangeOf({ startDate: "2026-11-16" }), ["2026-11-15T23:00Z", "2026-11-16T23:00Z"]);
  deepEqual(rangeOf({ since: "9:00", until: "10:00" }), ["2026-11-22T08:00Z", "2026-11-22T09:00Z"]);
});

Deno.test("options that contradict each other are refused", () => {
  const cases: [RangeOptions, RegExp][] = [
    [{ today: true, week: true }, /^--today and --week each name a range$/],
    [{ since: "mon", month: true }, /^--month and --since each name a range$/],
    [{ since: "mon", startDate: "2026-11-01" }, /^--since and --start-date each name a range$/],
    [{ yesterday: true, until: "mon" }, /--yesterday and --until/],
    [{ endDate: "2026-11-01" }, /^--end-date needs --start-date$/],
    [{ since: "mon", endDate: "2026-11-01" }, /^--end-date needs --start-date$/],
    [{ startDate: "2026-11-01", until: "2026-11-05" }, /--start-date.*--until/],
    [{ since: "now" }, /^the range is empty: it begins at 2026-11-22T15:20:30 and ends at /],
    [{ since: "today", until: "yesterday" }, /^the range is empty/],
    [{ startDate: "2026-11-05", endDate: "2026-11-01" }, /^the range is empty/],
    [{ since: "16:00" }, /^the range is empty/],
  ];
  for (const [options, message] of cases) {
    throws(
      () => rangeOf(options),
      (error) => error instanceof UsageError && message.test(error.message),
      JSON.stringify(options),
    );
  }
});

Deno.test("a range says in words what was asked", () => {
  const words = (options: RangeOptions) =>
    resolveRange(options, Date.parse(NOW), "Europe/Berlin").resolvedFrom;
  equal(words({}), "today");
  equal(words({ week: true }), "last 7 days");
  equal(words({ week: true, until: "mon" }), "7 days until 2026-11-16");
  equal(words({ since: "3h ago" }), "since 3h ago");
  equal(words({ since: "mon", until: "wed" }), "mon – wed");
  equal(words({ startDate: "2026-11-01", endDate: "2026-11-05" }), "2026-11-01 – 2026-11-05");
  equal(words({ until: "2026-11-20" }), "2026-11-20");
  equal(words({ until: "14:30" }), "2026-11-22 until 14:30:00");
});
