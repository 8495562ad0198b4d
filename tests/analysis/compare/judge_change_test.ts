import { deepEqual, equal, match, ok } from "node:assert/strict";
import { daysOf, type HourMean, weekdayOf } from "../../../src/analysis/compare/day_blocks.ts";
import {
  ALPHA,
  holm,
  judgeChanges,
  type Judgement,
  type MetricDays,
} from "../../../src/analysis/compare/judge_change.ts";
import { propertyRuns } from "../../property_runs.ts";
import { PROCESSES, type ProcessName, simulatedPeriods } from "./simulated_hours.ts";

const NAMES = Object.keys(PROCESSES) as ProcessName[];
const TOLERANCE = 0.5;

function metricDays(
  { a, b }: { a: readonly HourMean[]; b: readonly HourMean[] },
  stratumOf = weekdayOf,
): MetricDays {
  return { days: [...daysOf(a, 0, stratumOf), ...daysOf(b, 1, stratumOf)], tolerance: TOLERANCE };
}

function judgeOne(...given: Parameters<typeof metricDays>): Judgement {
  const [judgement] = judgeChanges([metricDays(...given)]);
  if (!judgement) throw new Error("no judgement");
  return judgement;
}

/** Hours of days: `value(day since a Monday, hour)`, the second period right after the first. */
function periods(
  days: number,
  value: (period: 0 | 1, day: number, hour: number) => number | null,
): { a: HourMean[]; b: HourMean[] } {
  const hoursOf = (period: 0 | 1) =>
    Array.from({ length: days * 24 }, (_, i) => {
      const mean = value(period, Math.floor(i / 24), i % 24);
      return mean === null ? [] : [{ localHour: (20_412 + period * days) * 24 + i, mean }];
    }).flat();
  return { a: hoursOf(0), b: hoursOf(1) };
}

/** With MTR_TEST_EVERYTHING=1 as many as docs/comparing.md tells of. */
const PAIRS = propertyRuns(25, 200);

Deno.test("of periods drawn from the same process, at most 4 pairs in 100 raise an alarm over four metrics", () => {
  const alarms = Array.from({ length: PAIRS }, (_, i) => {
    // Most people compare weeks; the longer periods can also be searched for single weekdays.
    const weeks = i % 10 === 0 ? 4 : i % 5 === 0 ? 3 : i % 2 === 0 ? 2 : 1;
    const metrics = NAMES.map((name, j) =>
      metricDays(simulatedPeriods(name, { weeks, seed: 7919 * i + 31 * j }))
    );
    return judgeChanges(metrics).some(({ verdict }) => verdict === "changed");
  }).filter(Boolean).length;
  ok(alarms <= 0.04 * PAIRS, `${alarms} alarms`);
});

Deno.test("ten points more on one weekday's evenings are found among four metrics, and placed", () => {
  const change = ({ weekday, hour }: { weekday: number; hour: number }) =>
    weekday === 2 && hour >= 18 && hour < 23 ? 10 : 0;
  for (const seed of [1, 2, 3]) {
    const judged = judgeChanges(
      NAMES.map((name) =>
        metricDays(
          simulatedPeriods(name, { weeks: 4, seed, ...(name === "steady" ? { change } : {}) }),
        )
      ),
    );
    deepEqual(
      judged.map(({ verdict }) => verdict),
      NAMES.map((name) => name === "steady" ? "changed" : "no change"),
    );
    const { where } = judged[NAMES.indexOf("steady")] ?? {};
    deepEqual(where?.weekdays, [2]);
    deepEqual([where?.fromHour, where?.toHour], [18, 23]);
    ok(where && Math.abs(where.shift - 10) < 3, `${where?.shift}`);
    ok((where.effect.low ?? 0) > 0.5 && where.effect.delta > 0.8);
    equal(where.isEverywhere, false);
  }
});

Deno.test("a shift of every hour is found from one week against one, and said to be everywhere", () => {
  const { verdict, where, effect } = judgeOne(
    simulatedPeriods("steady", { weeks: 1, seed: 5, change: () => 5 }),
  );
  equal(verdict, "changed");
  equal(where?.isEverywhere, true);
  ok(Math.abs((where?.shift ?? 0) - 5) < 1);
  ok((effect?.delta ?? 0) > 0.6);
});

Deno.test("less of a metric is a change downwards", () => {
  const { verdict, where, effect } = judgeOne(
    simulatedPeriods("steady", { weeks: 1, seed: 5, change: () => -5 }),
  );
  equal(verdict, "changed");
  ok((where?.shift ?? 0) < -4);
  ok((effect?.delta ?? 0) < -0.6);
});

Deno.test("one evening of one week is no habit: a single Tuesday against a single Tuesday proves nothing", () => {
  const change = ({ weekday, hour }: { weekday: number; hour: number }) =>
    weekday === 2 && hour >= 18 ? 10 : 0;
  equal(
    judgeOne(simulatedPeriods("cpu", { weeks: 1, seed: 3, change })).verdict,
    "no change",
  );
});

Deno.test("the same question has the same answer, to the last digit", () => {
  const data = simulatedPeriods("cpu", { weeks: 2, seed: 9, change: () => 6 });
  deepEqual(judgeOne(data), judgeOne(data));
});

Deno.test("two identical periods have not changed", () => {
  const { verdict, p, effect } = judgeOne(periods(7, (_, day, hour) => day + hour));
  deepEqual([verdict, p, effect?.delta], ["no change", 1, 0]);
});

Deno.test("a constant that becomes another constant has changed", () => {
  const { verdict, effect } = judgeOne(periods(7, (period) => (period === 0 ? 40 : 60)));
  deepEqual([verdict, effect], ["changed", { delta: 1, low: 1, high: 1 }]);
});

Deno.test("a difference that means nothing to anybody is no change, however certain", () => {
  const { verdict, effect } = judgeOne(periods(14, (period) => 40 + 0.1 * period));
  deepEqual([verdict, effect?.delta], ["no change", 0]);
});

Deno.test("only hours that both periods know are compared", () => {
  // A ran day and night, B by day only: the idle nights of A are no reason to call B busier.
  const { verdict, cells } = judgeOne(
    periods(7, (period, _, hour) => {
      const isDay = hour >= 8 && hour < 20;
      if (!isDay && period === 1) return null;
      return isDay ? 50 : 0;
    }),
  );
  equal(verdict, "no change");
  equal(cells.length, 7 * 12);
});

Deno.test("too little data is said to be too little, with what is needed", () => {
  const oneDay = judgeOne(periods(1, (period, _, hour) => hour + 20 * period), () => 0);
  equal(oneDay.verdict, "not enough data");
  match(oneDay.reason, /^1 day of each can't tell .* 6 days of each can$/);
  const fewHours = judgeOne(periods(7, (_, day, hour) => (day < 2 && hour < 5 ? 1 : null)));
  equal(fewHours.verdict, "not enough data");
  match(fewHours.reason, /^only 10 h are in both, 24 h are needed$/);
  const threeWeekdays = judgeOne(periods(7, (_, day, hour) => (day < 3 ? hour : null)));
  match(threeWeekdays.reason, /^3 days of each .* 5 weekdays of each can$/);
  const nothing = judgeOne(periods(7, (period, _, hour) => hour % 2 === period ? 1 : null));
  deepEqual([nothing.verdict, nothing.effect], ["not enough data", null]);
});

Deno.test("Holm's correction multiplies the smallest p by the number of tests, and keeps the order", () => {
  deepEqual(holm([0.01, null, 0.04, 0.03]), [0.03, null, 0.06, 0.06]);
  deepEqual(holm([0.9, 0.8]), [1, 1]);
  equal(ALPHA, 0.01);
});
