import { deepEqual, equal, ok as isTrue } from "node:assert/strict";
import { FakeClock } from "./fake_clock.ts";
import { fakeSource, ok, type Rehearsal, rehearse } from "./rehearsal.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const NOON_MS = Date.UTC(2026, 10, 22, 12);

const rowsOf = ({ samples }: Rehearsal) => samples.map(({ row }) => row);
const ticksOf = (rehearsal: Rehearsal) => rowsOf(rehearsal).map(({ ts }) => ts);

Deno.test("ticks are whole multiples of the interval, without drift over an hour of slow reads", async () => {
  const clock = new FakeClock(NOON_MS - 350);
  let n = 0;
  const source = fakeSource(() => {
    // Every read takes a while, and every sleep ends a bit late.
    clock.pass([1, 7, 130, 600.25][n++ % 4] ?? 0);
    return ok({ cpu_pct: 10 });
  });
  const rows = rowsOf(await rehearse({ clock, forMs: HOUR_MS, sources: [source] }));
  equal(rows.length, 3600);
  rows.forEach((row, i) => {
    equal(row.ts, NOON_MS + i * SECOND_MS);
    deepEqual([row.interval_s, row.late_ms, row.flags], [1, 0, undefined]);
  });
});

Deno.test("ticks of a tenth of a second and of an hour are on time as well", async () => {
  for (const [intervalMs, expected] of [[100, 600], [HOUR_MS, 24]] as const) {
    const clock = new FakeClock(NOON_MS - 30);
    const forMs = intervalMs * expected;
    const rows = rowsOf(await rehearse({ clock, forMs, intervalMs, seriesIntervalMs: 10_000 }));
    equal(rows.length, expected);
    deepEqual(
      rows.map(({ ts, interval_s }) => [ts, interval_s]),
      rows.map((_, i) => [NOON_MS + i * intervalMs, intervalMs / 1000]),
    );
  }
});

Deno.test("a late tick says how late it was read", async () => {
  const clock = new FakeClock(NOON_MS - 500);
  // A busy machine: the timer of the third tick fires 340 ms late.
  clock.after(2499, () => clock.pass(341));
  const rows = rowsOf(await rehearse({ clock, forMs: 5 * SECOND_MS }));
  deepEqual(rows.map(({ late_ms }) => late_ms), [0, 0, 340, 0, 0]);
  deepEqual(rows.map(({ interval_s }) => interval_s), [1, 1, 1, 1, 1]);
});

Deno.test("missed ticks are not caught up: the next row stands for them, for five at most", async () => {
  const clock = new FakeClock(NOON_MS - 500);
  const stalls = new Map([[3, 2300], [6, 20_000]]);
  let n = 0;
  const source = fakeSource(() => {
    clock.pass(stalls.get(n++) ?? 0);
    return ok({ cpu_pct: 10 });
  });
  const rows = rowsOf(await rehearse({ clock, forMs: 30 * SECOND_MS, sources: [source] }));
  const seconds = rows.map(({ ts }) => (ts - NOON_MS) / SECOND_MS);
  deepEqual(seconds, [0, 1, 2, 3, 6, 7, 8, 29]);
  deepEqual(rows.map(({ interval_s }) => interval_s), [1, 1, 1, 1, 3, 1, 1, 5]);
});

Deno.test("after a sleep the first row is flagged and stands for one interval", async () => {
  const clock = new FakeClock(NOON_MS - 500);
  clock.after(3200, () => clock.suspend(8 * HOUR_MS + 123));
  const rows = rowsOf(await rehearse({ clock, forMs: 6 * SECOND_MS }));
  const woken = rows.findIndex(({ ts }) => ts > NOON_MS + HOUR_MS);
  deepEqual(rows.map(({ flags }) => flags).filter((flag) => flag), ["wake"]);
  equal(rows[woken]?.flags, "wake");
  isTrue(rows.every(({ interval_s }) => interval_s === 1));
});

Deno.test("the first row after a start of the machine is flagged, and only that one", async () => {
  const clock = new FakeClock(NOON_MS - 500);
  const rows = rowsOf(await rehearse({ clock, forMs: 3 * SECOND_MS, booted: true }));
  deepEqual(rows.map(({ flags }) => flags), ["boot", undefined, undefined]);
});

Deno.test("a clock that is set by an hour is flagged, and makes no negative or giant interval", async () => {
  for (const stepMs of [HOUR_MS, -HOUR_MS, HOUR_MS + 400, -HOUR_MS - 400, 1300, -1300, -2000]) {
    const clock = new FakeClock(NOON_MS - 500);
    clock.after(5800, () => clock.step(stepMs));
    const rows = rowsOf(await rehearse({ clock, forMs: 20 * SECOND_MS }));
    deepEqual(rows.map(({ flags }) => flags).filter((flag) => flag), ["clock_step"], `${stepMs}`);
    isTrue(rows.every(({ interval_s }) => interval_s === 1 || interval_s === 2), `${stepMs}`);
    isTrue(rows.every(({ late_ms }) => late_ms >= 0 && late_ms < 1000), `${stepMs}`);
    // What all rows stand for is the time that went by, whatever the clock said.
    const total = rows.reduce((sum, { interval_s }) => sum + interval_s, 0);
    isTrue(Math.abs(total - 20) <= 1, `${stepMs}: ${total} s`);
    if (stepMs < 0) isTrue(rows.every(({ late_ms }) => late_ms === 0), `${stepMs}: off the ticks`);
  }
});

Deno.test("an hourly recording survives a clock that is set back while it waits", async () => {
  const clock = new FakeClock(NOON_MS - 500);
  clock.after(HOUR_MS / 2, () => clock.step(-HOUR_MS));
  const rows = rowsOf(await rehearse({ clock, forMs: 3 * HOUR_MS, intervalMs: HOUR_MS }));
  isTrue(rows.every(({ interval_s }) => interval_s === 3600));
  deepEqual(rows.map(({ late_ms }) => late_ms), rows.map(() => 0));
});

Deno.test("a clock that is set back by a moment brings no tick twice", async () => {
  const clock = new FakeClock(NOON_MS - 500);
  let n = 0;
  const source = fakeSource(() => {
    clock.pass(3);
    if (n++ % 3 === 1) clock.step(-20);
    return ok({ cpu_pct: 10 });
  });
  const ticks = ticksOf(await rehearse({ clock, forMs: MINUTE_MS, sources: [source] }));
  equal(new Set(ticks).size, ticks.length);
  isTrue(ticks.length >= 59);
});

Deno.test("clocks that are steered by less than a second are no event", async () => {
  const clock = new FakeClock(NOON_MS - 500);
  const source = fakeSource(() => {
    clock.step(0.4);
    return ok({ cpu_pct: 10 });
  });
  const rows = rowsOf(await rehearse({ clock, forMs: HOUR_MS, sources: [source] }));
  isTrue(rows.every(({ flags, interval_s }) => flags === undefined && interval_s === 1));
});
