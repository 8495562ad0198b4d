import { deepEqual, equal, match, ok as isTrue } from "node:assert/strict";
import type { SourceResult } from "../../src/model/mod.ts";
import { FakeClock } from "./fake_clock.ts";
import { fakeSource, ok, rehearse } from "./rehearsal.ts";

const MINUTE_MS = 60_000;
const NOON_MS = Date.UTC(2026, 10, 22, 12);
const startOfTest = () => new FakeClock(NOON_MS - 1);
const secondOf = ({ row }: { readonly row: { readonly ts: number } }) => (row.ts - NOON_MS) / 1000;

/** A source that fails from one second to another. */
function failingBetween(clock: FakeClock, from: number, to: number, fail: () => SourceResult) {
  const asked: number[] = [];
  const source = fakeSource(() => {
    const second = Math.floor((clock.wallMs() - NOON_MS) / 1000);
    asked.push(second);
    return second >= from && second < to ? fail() : ok({ cpu_pct: Math.abs(second) % 100 });
  });
  return { source, asked };
}

const FAILURES: Readonly<Record<string, () => SourceResult>> = {
  "fails": () => ({ state: "failed", reason: "connection refused" }),
  "throws": () => {
    throw new TypeError("a bug in the source");
  },
};

for (const [how, fail] of Object.entries(FAILURES)) {
  Deno.test(`a source that ${how} is asked ever more rarely, every 10 s at least, and recovers`, async () => {
    const clock = startOfTest();
    const { source, asked } = failingBetween(clock, 5, 65, fail);
    const { samples, missed } = await rehearse({ clock, forMs: 90_000, sources: [source] });
    deepEqual(asked.slice(0, 14), [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 14, 22, 32, 42]);
    deepEqual(asked.slice(14, 18), [52, 62, 72, 73]);
    deepEqual(samples.map(secondOf).slice(4, 8), [4, 72, 73, 74]);
    equal(samples.length, 5 + 18);
    equal(samples[5]?.row.interval_s, 5, "the row stands for five ticks at most");
    equal(missed.length, 67, "each tick without a row is told");
    match(missed[0] ?? "", how === "fails" ? /refused/ : /a bug in the source/);
  });
}

Deno.test("a source that is not ready yet is asked at every tick", async () => {
  const clock = startOfTest();
  const notReady = (): SourceResult => ({ state: "not_ready", reason: "warming up" });
  const { source, asked } = failingBetween(clock, 0, 20, notReady);
  const { samples, sources } = await rehearse({ clock, forMs: 30_000, sources: [source] });
  equal(asked.length, 30);
  equal(samples.length, 10);
  const totals = sources.map(({ row }) => [row.reads, row.failures, row.not_ready]);
  deepEqual(totals, [[1, 0, 1], [29, 0, 19]]);
});

Deno.test("a source that never answers, whatever it is told, holds nothing up for good", async () => {
  const clock = startOfTest();
  let asked = 0;
  const deaf = fakeSource(() => asked++ === 0 ? new Promise(() => {}) : ok({ cpu_pct: 1 }));
  const { samples, sources, missed } = await rehearse({ clock, forMs: 10_000, sources: [deaf] });
  equal(missed[0], "native: no answer within 1 s");
  equal(samples.length, 8, "the tick that came in the meantime is missed as well");
  equal(sources.reduce((sum, { row }) => sum + row.failures, 0), 1);
});

Deno.test("the end of the recording does not wait for a read, and is no failure of the source", async () => {
  const clock = startOfTest();
  let asked = 0;
  const slow = fakeSource(() => {
    if (asked++ < 3) return ok({ cpu_pct: 1 });
    clock.pass(MINUTE_MS);
    return new Promise(() => {});
  });
  const { samples, sources, folds } = await rehearse({ clock, forMs: 10_000, sources: [slow] });
  equal(samples.length, 3);
  equal(sources.reduce((sum, { row }) => sum + row.failures, 0), 0);
  equal(folds.length, 1);
});

Deno.test("of several sources the first that knows a metric gives it; the rest fill in", async () => {
  const core = (label: string, value: number) => ({ metric: "core_pct", label, value }) as const;
  const first = fakeSource(
    () => ok({ cpu_pct: 11, gpu_pct: 0 }, [core("0", 1), core("1", 2)]),
    "mactop",
  );
  const second = fakeSource(
    () => ok({ cpu_pct: 99, gpu_pct: 98, load1: 2 }, [core("1", 99), core("2", 3)]),
  );
  const { samples, series } = await rehearse({
    clock: startOfTest(),
    forMs: 1000,
    sources: [first, second],
  });
  const { cpu_pct, gpu_pct, load1 } = samples[0]?.row ?? {};
  deepEqual({ cpu_pct, gpu_pct, load1 }, { cpu_pct: 11, gpu_pct: 0, load1: 2 });
  deepEqual(series.map(({ row }) => [row.label, row.value]), [["0", 1], ["1", 2], ["2", 3]]);
});

Deno.test("while one of two sources fails, the other's rows go on and say so", async () => {
  const clock = startOfTest();
  const { source } = failingBetween(clock, 2, 4, () => ({ state: "failed", reason: "gone" }));
  const other = fakeSource(() => ok({ gpu_pct: 5 }), "mactop");
  const { samples } = await rehearse({ clock, forMs: 6000, sources: [source, other] });
  deepEqual(samples.map(({ row }) => [row.cpu_pct, row.gpu_pct, row.flags]), [
    [0, 5, undefined],
    [1, 5, undefined],
    [undefined, 5, "source_error"],
    [undefined, 5, "source_error"],
    [4, 5, undefined],
    [5, 5, undefined],
  ]);
});

Deno.test("values that cannot be true are left out and counted, the others are rounded to their grid", async () => {
  const source = fakeSource(() =>
    ok(
      {
        cpu_pct: 12.3456,
        gpu_pct: 100.01,
        cpu_watts: Number.NaN,
        cpu_celsius: -60,
        net_rx_bytes_per_s: 1e13,
        ram_used_bytes: 5 * 2 ** 20 + 7,
        swap_used_bytes: 0,
        disk_write_bytes_per_s: 123_456_789,
      },
      [{ metric: "core_pct", label: "0", value: 101 }, { metric: "fan_rpm", label: "a", value: 0 }],
    )
  );
  const { samples, series, sources } = await rehearse({
    clock: startOfTest(),
    forMs: 3000,
    sources: [source],
  });
  const { ts: _ts, interval_s: _i, late_ms: _l, utc_offset_min: _o, boot_id: _b, ...values } =
    samples[0]?.row ?? {};
  deepEqual(values, {
    cpu_pct: 12.35,
    ram_used_bytes: 5 * 2 ** 20,
    swap_used_bytes: 0,
    disk_write_bytes_per_s: 123_500_000,
  });
  deepEqual(series.map(({ row }) => [row.metric, row.value]), [["fan_rpm", 0]]);
  equal(
    sources.reduce((sum, { row }) => sum + row.dropped_values, 0),
    3 * 5,
    "also the labelled value that was not asked for",
  );
  match(sources[0]?.row.message ?? "", /gpu_pct.*cpu_watts.*cpu_celsius.*net_rx.*core_pct/);
});

Deno.test("labelled values are asked for every ten seconds, at the same seconds after every start", async () => {
  const wanted: number[] = [];
  const clock = new FakeClock(NOON_MS + 3500);
  const source = fakeSource(({ wantSeries }) => {
    if (wantSeries) wanted.push(Math.floor((clock.wallMs() - NOON_MS) / 1000));
    return ok({ cpu_pct: 1 }, wantSeries ? [{ metric: "fan_rpm", label: "a", value: 900 }] : []);
  });
  const { series } = await rehearse({ clock, forMs: 38_000, sources: [source] });
  deepEqual(wanted, [4, 10, 20, 30, 40]);
  deepEqual(series.map(secondOf), [4, 10, 20, 30, 40]);
});

Deno.test("each source has a row at the start, every minute, and at the end", async () => {
  const clock = new FakeClock(NOON_MS - 10_001);
  const { source } = failingBetween(clock, 30, 32, () => ({ state: "failed", reason: "refused" }));
  const { sources } = await rehearse({ clock, forMs: 135_000, sources: [source] });
  const figures = sources.map(({ row }) => [
    Math.round((row.ts - NOON_MS) / 1000),
    row.reads,
    row.failures,
    row.message,
  ]);
  deepEqual(figures, [
    [-10, 1, 0, undefined],
    [0, 10, 0, undefined],
    [60, 60, 2, "refused"],
    [120, 60, 0, undefined],
    [125, 4, 0, undefined],
  ]);
  const [row] = sources;
  deepEqual([row?.date, row?.row.source, row?.row.description, row?.row.interval_s], [
    "2026-11-22",
    "native",
    "native of a test",
    1,
  ]);
  isTrue(sources.every(({ row }) => row.read_ms >= 0));
});
