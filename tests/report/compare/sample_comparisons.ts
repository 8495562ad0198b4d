/** Comparisons for tests of what is shown: made by hand, so that each number on the screen can be found here. */
import type {
  ComparedMetric,
  ComparedPeriod,
  CompareReport,
  Statistics,
} from "../../../src/analysis/mod.ts";
import { reportableMetric } from "../../../src/model/mod.ts";

const BERLIN = "Europe/Berlin";

function period(from: string, to: string, resolvedFrom: string): ComparedPeriod {
  return {
    range: { startMs: Date.parse(from), endMs: Date.parse(to), timeZone: BERLIN, resolvedFrom },
    samples: 604_800,
    recordedS: 590_000,
    hours: 164,
  };
}

const statistics = (
  mean: number,
  p50: number,
  p75: number,
  p95: number,
  max: number,
): Statistics => (
  { count: 600_000, min: 0, mean, p50, p75, p95, p99: p95, max, stddev: 1, variance: 1 }
);

/** Hours 8–20 of every weekday but Sunday; `shift` of each. */
function cells(shift: (weekday: number, hour: number) => number) {
  return [1, 2, 3, 4, 5, 6].flatMap((weekday) =>
    Array.from({ length: 12 }, (_, i) => {
      const hour = 8 + i;
      return { weekday, hour, a: 20, b: 20 + shift(weekday, hour) };
    })
  );
}

const effect = { delta: 0.31, low: 0.18, high: 0.43 };

const UNCHANGED = {
  verdict: "no change",
  direction: null,
  reason: "no more than days differ anyway",
  p: 0.4,
  effect: { delta: -0.02, low: -0.2, high: 0.1 },
  where: null,
  sinceMs: null,
} as const;

const CPU: ComparedMetric = {
  metric: reportableMetric("cpu_pct"),
  a: statistics(14.1, 7.9, 22.4, 48, 99.8),
  b: statistics(18.4, 9.2, 26.9, 64.3, 100),
  verdict: "changed",
  direction: "higher",
  reason: "more than days differ anyway",
  p: 0.001,
  effect,
  where: {
    weekdays: [2, 3, 4],
    fromHour: 14,
    toHour: 18,
    isEverywhere: false,
    sameDirectionPct: 62,
    shift: 11.2,
    effect,
  },
  sinceMs: null,
  cells: cells((weekday, hour) =>
    weekday >= 2 && weekday <= 4 && hour >= 14 && hour < 18 ? 11.2 : weekday === 1 ? -3 : 0
  ),
};

const GPU: ComparedMetric = {
  ...UNCHANGED,
  metric: reportableMetric("gpu_pct"),
  a: statistics(6.4, 1, 4.4, 39.1, 99.6),
  b: statistics(6.1, 1, 4.2, 38, 98.2),
  cells: cells(() => -0.3),
};

const RAM: ComparedMetric = {
  ...CPU,
  metric: reportableMetric("ram_pct"),
  a: statistics(66, 65.2, 70, 80.1, 90),
  b: statistics(71.2, 70.8, 75, 88.1, 92.4),
  where: {
    weekdays: [1, 2, 3, 4, 5, 6],
    fromHour: 0,
    toHour: 24,
    isEverywhere: true,
    sameDirectionPct: 100,
    shift: 5.2,
    effect: { delta: 0.62, low: 0.51, high: 0.72 },
  },
  cells: cells(() => 5.2),
};

const SWAP: ComparedMetric = {
  ...UNCHANGED,
  metric: reportableMetric("swap_pressure_pct"),
  a: statistics(0, 0, 0, 0, 0),
  b: statistics(3.1, 0, 0, 11.9, 12.5),
  verdict: "new",
  direction: "higher",
  reason: "zero throughout the first period",
  p: null,
  sinceMs: Date.parse("2026-11-19T16:05:00+01:00"),
  cells: cells((weekday) => weekday >= 4 ? 12 : 0),
};

const WEEKS: CompareReport = {
  generatedAtMs: Date.parse("2026-11-22T20:00:00+01:00"),
  a: period("2026-11-09T00:00+01:00", "2026-11-16T00:00+01:00", "last-week"),
  b: period("2026-11-16T00:00+01:00", "2026-11-23T00:00+01:00", "this-week"),
  host: "mbp14",
  demo: false,
  match: "weekday-hour",
  commonCells: 154,
  possibleCells: 168,
  alpha: 0.01,
  method: "exact, from rows; whole days exchanged at random, 1 % false alarms over all metrics",
  metrics: [CPU, GPU, RAM, SWAP],
  absent: [],
  notes: [],
};

export const SAMPLE_COMPARISONS: Readonly<Record<string, CompareReport>> = {
  weeks: WEEKS,
  demo_weeks: { ...WEEKS, demo: true },
  other_units: {
    ...WEEKS,
    metrics: [
      {
        ...CPU,
        metric: reportableMetric("net_rx_bytes_per_s"),
        a: statistics(2.4e6, 1e6, 3e6, 9e6, 4e7),
        b: statistics(1.2e6, 5e5, 1e6, 4e6, 2e7),
        direction: "lower",
        where: CPU.where &&
          { ...CPU.where, shift: -1.5e6, weekdays: [6, 7], fromHour: 0, toHour: 24 },
        cells: cells((weekday) => weekday === 6 ? -1.5e6 : 2e5),
      },
      { ...UNCHANGED, metric: reportableMetric("load1"), a: GPU.a, b: GPU.b, cells: [] },
    ],
  },
  two_days: {
    ...WEEKS,
    a: period("2026-11-17T00:00+01:00", "2026-11-18T00:00+01:00", "tue"),
    b: period("2026-11-18T00:00+01:00", "2026-11-18T14:30+01:00", "today"),
    match: "hour",
    commonCells: 14,
    possibleCells: 24,
    metrics: [{
      ...GPU,
      verdict: "not enough data",
      reason: "only 14 h are in both, 24 h are needed",
      p: null,
      effect: { delta: 0.2, low: null, high: null },
      cells: [{ weekday: 0, hour: 8, a: 1, b: 15 }, { weekday: 0, hour: 9, a: 10, b: 5 }],
    }],
    absent: [{ metric: reportableMetric("cpu_watts"), reason: "recorded in neither period" }],
  },
  hostile_words: {
    ...WEEKS,
    host: "日本語ホスト\u001b[31m\u202e-🚀-büro\u0007",
    notes: ["wide: " + "漢字".repeat(60), "\u001b]0;title\u0007rest | <b>"],
  },
  nothing_compared: {
    ...WEEKS,
    match: "all",
    metrics: [],
    absent: [{ metric: reportableMetric("gpu_pct"), reason: "recorded in neither period" }],
  },
};
