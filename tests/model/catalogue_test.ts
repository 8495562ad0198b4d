import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  DATASETS,
  findMetric,
  type Metric,
  METRICS,
  nearestWord,
  PRIMARY_METRIC_IDS,
  REPORTABLE_METRICS,
  reportableMetric,
  SERIES_METRICS,
  toGrid,
  UsageError,
} from "../../src/model/mod.ts";

const ALL: readonly Metric[] = [...REPORTABLE_METRICS, ...SERIES_METRICS];

function metric(id: string): Metric {
  const found = findMetric(id);
  ok(found, id);
  return found;
}

Deno.test("every metric has an id that ends in its unit, a short title, and one line of help", () => {
  const endings: Readonly<Record<string, RegExp>> = {
    "%": /_pct$/,
    "W": /_watts$/,
    "°C": /_celsius$/,
    "MHz": /_mhz$/,
    "rpm": /_rpm$/,
    "bytes": /_bytes$/,
    "bytes/s": /_bytes_per_s$/,
    "ops/s": /_ops_per_s$/,
  };
  for (const { id, unit, title, help, range, sources } of ALL) {
    match(id, endings[unit] ?? /^[a-z0-9_]+$/);
    ok(title.length > 0 && title.length <= 10, title);
    ok(help.length > 0 && !help.includes("\n"), id);
    ok(range[0] < range[1] && sources.length > 0, id);
  }
  equal(new Set(ALL.map(({ id }) => id)).size, ALL.length, "no id twice");
});

Deno.test("the columns of samples are the catalogue, in its order", () => {
  const columns = DATASETS.samples.columns.map(({ name }) => name);
  deepEqual(columns.slice(-METRICS.length), METRICS.map(({ id }) => id));
});

Deno.test("what is stored fits its column and comes back from it as it was", () => {
  const wholes = { SMALLINT: 2 ** 15 - 1, INTEGER: 2 ** 31 - 1, BIGINT: Number.MAX_SAFE_INTEGER };
  for (const { id, range } of METRICS) {
    const type = DATASETS.samples.columns.find(({ name }) => name === id)?.type ?? "FLOAT";
    const values = fc.double({ min: range[0], max: range[1], noNaN: true });
    fc.assert(fc.property(values, (value) => {
      const stored = toGrid(metric(id), value);
      ok(stored !== null, `${id} ${value}`);
      if (type in wholes) {
        ok(
          Number.isInteger(stored) && stored <= wholes[type as keyof typeof wholes],
          `${id} ${stored}`,
        );
      } else {
        // As the views do it: a 32-bit float, back on the grid of hundredths.
        equal(Math.round(Math.fround(stored) * 100) / 100, stored, `${id} ${value}`);
      }
    }));
  }
});

Deno.test("values are rounded to their metric's resolution, and to its digits", () => {
  const cases: [string, number, number | null][] = [
    ["cpu_pct", 12.3449, 12.34],
    ["cpu_pct", 0.3, 0.3],
    ["cpu_pct", 100, 100],
    ["cpu_pct", 100.001, null],
    ["cpu_pct", -0.001, null],
    ["cpu_pct", Number.NaN, null],
    ["cpu_pct", Number.POSITIVE_INFINITY, null],
    ["cpu_celsius", 48.26, 48.3],
    ["cpu_celsius", -12.34, -12.3],
    ["gpu_mhz", 811.5, 812],
    ["ram_used_bytes", 2 ** 30 + 500_000, 2 ** 30],
    ["net_rx_bytes_per_s", 123_456, 123_500],
    ["net_rx_bytes_per_s", 12.6, 13],
    ["net_rx_bytes_per_s", 1.8446744073709552e19, null],
    ["disk_read_ops_per_s", 1234.5678, 1235],
    ["disk_read_ops_per_s", 0.126, 0.13],
  ];
  for (const [id, value, stored] of cases) {
    equal(toGrid(metric(id), value), stored, `${id} ${value}`);
  }
});

Deno.test("a metric that does not exist is refused, with the one that was meant", () => {
  const cases: [string, string][] = [
    ["cpu_percent", "cpu_pct"],
    ["cpu-pct", "cpu_pct"],
    ["CPU_PCT", "cpu_pct"],
    ["gpu_usage", "gpu_pct"],
    ["total_wats", "total_watts"],
    ["swap_presure_pct", "swap_pressure_pct"],
  ];
  for (const [typed, meant] of cases) {
    throws(() => reportableMetric(typed), (error) => {
      ok(error instanceof UsageError);
      equal(error.message, `no metric called \`${typed}\`; did you mean ${meant}?`);
      return true;
    });
  }
  throws(
    () => reportableMetric("x"),
    (error) => error instanceof UsageError && !/mean/.test(error.message),
  );
  for (const id of PRIMARY_METRIC_IDS) equal(reportableMetric(id).id, id);
});

Deno.test("of words that are equally far the first is suggested; of far ones none", () => {
  equal(nearestWord("recrod", ["record", "report"]), "record");
  equal(nearestWord("zzzz", ["record", "report"]), undefined);
  equal(nearestWord("", ["record"]), undefined);
  equal(nearestWord("anything", []), undefined);
});
