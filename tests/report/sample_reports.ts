/** Reports for goldens and conformance tests: what a user may have recorded and asked for. */
import { reportableMetric } from "../../src/model/mod.ts";
import type { AnalysisReport, Gap } from "../../src/analysis/mod.ts";
import { MINUTE_MS, reportOf } from "./sample_analysis.ts";

function gap(from: string, to: string, reason: Gap["reason"]): Gap {
  return { startMs: Date.parse(from), endMs: Date.parse(to), reason };
}

const PRIMARY = ["cpu_pct", "gpu_pct", "ram_pct", "swap_pressure_pct"];
const MONDAY = "2026-11-16T00:00:00+01:00";
const NEXT_MONDAY = "2026-11-23T00:00:00+01:00";

const week = reportOf({
  from: MONDAY,
  to: NEXT_MONDAY,
  metrics: PRIMARY,
  gaps: [gap("2026-11-22T15:00:00+01:00", NEXT_MONDAY, "not recording")],
});

/** By name. */
export const SAMPLE_REPORTS: Readonly<Record<string, AnalysisReport>> = {
  week,
  one_day: reportOf({
    from: "2026-11-18T00:00:00+01:00",
    to: "2026-11-19T00:00:00+01:00",
    asked: "yesterday",
    metrics: PRIMARY,
  }),
  ten_minutes: reportOf({
    from: "2026-11-22T14:02:00+01:00",
    to: "2026-11-22T14:12:00+01:00",
    asked: "today",
    stepMs: 1000,
    bins: 10,
    metrics: PRIMARY,
  }),
  fifteen_hours: reportOf({
    from: "2026-11-18T00:00:00+01:00",
    to: "2026-11-18T15:20:00+01:00",
    asked: "today",
    bins: 920,
    metrics: PRIMARY,
    gaps: [gap("2026-11-18T01:10:00+01:00", "2026-11-18T07:40:00+01:00", "asleep")],
  }),
  no_gpu: reportOf({
    from: MONDAY,
    to: NEXT_MONDAY,
    metrics: ["cpu_pct", "ram_pct", "swap_pressure_pct"],
    overrides: {
      host: "buildbox",
      source: "native",
      absent: [{
        metric: reportableMetric("gpu_pct"),
        reason: "no values recorded (no GPU source)",
      }],
    },
  }),
  four_weeks_with_gaps: reportOf({
    from: "2026-10-26T00:00:00+01:00",
    to: NEXT_MONDAY,
    asked: "last 28 days",
    stepMs: 5 * MINUTE_MS,
    metrics: PRIMARY,
    gaps: [
      gap("2026-10-26T00:00:00+01:00", "2026-10-28T09:30:00+01:00", "machine off"),
      gap("2026-11-01T02:00:00+01:00", "2026-11-01T08:40:00+01:00", "asleep"),
      gap("2026-11-07T00:00:00+01:00", "2026-11-07T23:05:00+01:00", "machine off"),
      gap("2026-11-11T12:10:00+01:00", "2026-11-11T16:12:00+01:00", "source failed"),
      gap("2026-11-15T03:00:00+01:00", "2026-11-15T03:25:00+01:00", "asleep"),
      gap("2026-11-20T18:05:00+01:00", "2026-11-20T18:35:00+01:00", "not recording"),
    ],
    overrides: {
      source: "mactop 2.1.5 + native",
      notes: ["1 of 28 files could not be read: samples/host=a1/date=2026-11-09/rows.parquet"],
    },
  }),
  demo_week: { ...week, host: "demo", source: "demo 1", demo: true, recorderPid: null },
  one_metric: reportOf({ from: MONDAY, to: NEXT_MONDAY, metrics: ["total_watts"] }),
  other_units: reportOf({
    from: MONDAY,
    to: NEXT_MONDAY,
    metrics: ["cpu_celsius", "net_rx_bytes_per_s", "ram_used_bytes", "load1"],
    overrides: { heatStatistic: "max" },
  }),
  many_metrics: reportOf({
    from: MONDAY,
    to: NEXT_MONDAY,
    stepMs: 5 * MINUTE_MS,
    metrics: [
      ...PRIMARY,
      "total_watts",
      "cpu_celsius",
      "cpu_mhz",
      "net_rx_bytes_per_s",
      "disk_write_bytes_per_s",
      "battery_pct",
      "connections",
      "thermal_level",
    ],
  }),
  hours_of_other_units: reportOf({
    from: "2026-11-18T06:00:00+01:00",
    to: "2026-11-18T10:05:00+01:00",
    asked: "2026-11-18 – 2026-11-18",
    bins: 245,
    metrics: ["cpu_pct", "net_rx_bytes_per_s", "cpu_mhz", "ram_used_bytes", "load1"],
    overrides: { generatedAtMs: Date.parse("2026-11-20T10:00:00+01:00"), recorderPid: null },
  }),
  hostile_words: {
    ...week,
    host: "日本語ホスト\u001b[31m\u202e-🚀-büro\u0007",
    source: "a".repeat(90) + "\n| <b>&</b>",
    notes: ["wide: " + "漢字".repeat(60), "\u001b]0;title\u0007rest"],
  },
  no_metrics: reportOf({
    from: MONDAY,
    to: NEXT_MONDAY,
    metrics: [],
    overrides: {
      absent: [{ metric: reportableMetric("gpu_pct"), reason: "no values recorded" }],
    },
  }),
  one_row: reportOf({
    from: "2026-11-18T06:00:00+01:00",
    to: "2026-11-18T06:00:01+01:00",
    asked: "today",
    stepMs: 1000,
    bins: 1,
    metrics: PRIMARY,
  }),
};
