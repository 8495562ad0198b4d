import { deepEqual, equal, match, throws } from "node:assert/strict";
import { parsePeriod, periodBefore, refuseOverlap } from "../../../src/analysis/mod.ts";
import { UsageError } from "../../../src/model/mod.ts";

const BERLIN = "Europe/Berlin";
/** Wednesday. */
const NOW = Date.parse("2026-11-18T14:30:00+01:00");

const period = (text: string, now = NOW) => {
  const { startMs, endMs } = parsePeriod(text, now, BERLIN);
  return [startMs, endMs].map((ms) => new Date(ms).toISOString());
};
const local = (from: string, to: string) =>
  [from, to].map((text) => new Date(Date.parse(text)).toISOString());

Deno.test("weeks begin on Monday, months and years on the first", () => {
  deepEqual(period("this-week"), local("2026-11-16T00:00+01:00", "2026-11-23T00:00+01:00"));
  deepEqual(period("last-week"), local("2026-11-09T00:00+01:00", "2026-11-16T00:00+01:00"));
  deepEqual(period("Last week"), period("last-week"));
  deepEqual(period("last-month"), local("2026-10-01T00:00+02:00", "2026-11-01T00:00+01:00"));
  deepEqual(period("this-year"), local("2026-01-01T00:00+01:00", "2027-01-01T00:00+01:00"));
  deepEqual(period("2026-02"), local("2026-02-01T00:00+01:00", "2026-03-01T00:00+01:00"));
});

Deno.test("on a Sunday the week is still the one that began on Monday", () => {
  const sunday = Date.parse("2026-11-22T23:59:00+01:00");
  deepEqual(
    period("this-week", sunday),
    local("2026-11-16T00:00+01:00", "2026-11-23T00:00+01:00"),
  );
});

Deno.test("a week with a change of the clock has an hour more or less", () => {
  const after = Date.parse("2026-10-28T12:00:00+01:00");
  const { startMs, endMs } = parsePeriod("last-week", after, BERLIN);
  equal((endMs - startMs) / 3_600_000, 7 * 24 + 1);
});

Deno.test("a day is meant whole, a moment lasts until now", () => {
  deepEqual(period("yesterday"), local("2026-11-17T00:00+01:00", "2026-11-18T00:00+01:00"));
  deepEqual(period("mon"), local("2026-11-16T00:00+01:00", "2026-11-17T00:00+01:00"));
  deepEqual(period("2026-11-01"), local("2026-11-01T00:00+01:00", "2026-11-02T00:00+01:00"));
  deepEqual(period("7d"), local("2026-11-11T14:30+01:00", "2026-11-18T14:30+01:00"));
  deepEqual(period("12:00"), local("2026-11-18T12:00+01:00", "2026-11-18T14:30+01:00"));
});

Deno.test("two times with dots between are a period, the last day included", () => {
  deepEqual(
    period("2026-11-01..2026-11-07"),
    local("2026-11-01T00:00+01:00", "2026-11-08T00:00+01:00"),
  );
  deepEqual(period("14d..7d"), local("2026-11-04T14:30+01:00", "2026-11-11T14:30+01:00"));
  deepEqual(period("mon..yesterday"), local("2026-11-16T00:00+01:00", "2026-11-18T00:00+01:00"));
});

Deno.test("what is no period is wrong usage, with examples", () => {
  for (
    const text of ["foo", "", "..", "mon..", "a..b..c", "2026-13", "last-decade", "2026-02-30"]
  ) {
    throws(() => parsePeriod(text, NOW, BERLIN), (error) => {
      match(String((error as UsageError).hints), /last-week.*2026-11-01\.\.2026-11-07/);
      return error instanceof UsageError;
    }, text);
  }
  throws(() => parsePeriod("7d..14d", NOW, BERLIN), /empty/);
  throws(() => parsePeriod("now", NOW, BERLIN), /empty/);
});

Deno.test("the period before is of as many days, whatever the clock did", () => {
  const { startMs, endMs } = periodBefore(parsePeriod("2026-10-26..2026-11-01", NOW, BERLIN));
  deepEqual(
    [startMs, endMs].map((ms) => new Date(ms).toISOString()),
    local("2026-10-19T00:00+02:00", "2026-10-26T00:00+01:00"),
  );
});

Deno.test("periods that overlap are refused, neighbours are not", () => {
  const of = (text: string) => parsePeriod(text, NOW, BERLIN);
  throws(() => refuseOverlap(of("7d"), of("3d")), /overlap from 2026-11-15T14:30 on/);
  throws(() => refuseOverlap(of("today"), of("this-week")), UsageError);
  refuseOverlap(of("last-week"), of("this-week"));
  refuseOverlap(of("this-week"), of("last-week"));
});
