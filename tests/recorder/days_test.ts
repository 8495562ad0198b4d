import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "./fake_clock.ts";
import { rehearse } from "./rehearsal.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** How many rows went to each date with each offset, in order of first appearance. */
function byDay(samples: Awaited<ReturnType<typeof rehearse>>["samples"]): string[] {
  const counts = new Map<string, number>();
  for (const { date, row } of samples) {
    const key = `${date} ${row.utc_offset_min}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${key}: ${count}`);
}

Deno.test("rows go to the local day: midnight begins the next one", async () => {
  const clock = new FakeClock(Date.parse("2026-11-22T18:14:30.000Z") - 1);
  const { samples } = await rehearse({
    clock,
    forMs: MINUTE_MS,
    timeZone: () => "Asia/Kathmandu",
  });
  deepEqual(byDay(samples), ["2026-11-22 345: 30", "2026-11-23 345: 30"]);
  equal(samples[30]?.row.ts, Date.parse("2026-11-22T18:15:00Z"));
});

Deno.test("the day on which clocks go forward has 23 hours, the one on which they go back 25", async () => {
  const cases = [
    ["2026-03-28T22:00:00Z", [
      "2026-03-28 60: 60",
      "2026-03-29 60: 120",
      "2026-03-29 120: 1260",
      "2026-03-30 120: 120",
    ]],
    ["2026-10-24T21:00:00Z", [
      "2026-10-24 120: 60",
      "2026-10-25 120: 180",
      "2026-10-25 60: 1320",
      "2026-10-26 60: 120",
    ]],
  ] as const;
  for (const [start, expected] of cases) {
    const days = expected.map((text) => Number(text.split(": ")[1])).reduce((a, b) => a + b, 0);
    const { samples } = await rehearse({
      clock: new FakeClock(Date.parse(start) - 1),
      forMs: days * MINUTE_MS,
      intervalMs: MINUTE_MS,
      timeZone: () => "Europe/Berlin",
    });
    deepEqual(byDay(samples), expected);
  }
});

Deno.test("a machine that travels: rows get the new zone's offset and day from the next minute on", async () => {
  const clock = new FakeClock(Date.parse("2026-11-22T21:58:00.000Z") - 1);
  let zone = "Europe/London";
  clock.after(30_500, () => zone = "Asia/Tokyo");
  const { samples } = await rehearse({ clock, forMs: 2 * MINUTE_MS, timeZone: () => zone });
  deepEqual(byDay(samples), ["2026-11-22 0: 60", "2026-11-23 540: 60"]);
  const offsets = new Map(samples.map(({ row }) => [Math.floor(row.ts / MINUTE_MS), new Set()]));
  for (const { row } of samples) {
    offsets.get(Math.floor(row.ts / MINUTE_MS))?.add(row.utc_offset_min);
  }
  deepEqual([...offsets.values()].map(({ size }) => size), [1, 1], "a minute has one offset");
});

Deno.test("westwards over the date line a day comes back", async () => {
  const clock = new FakeClock(Date.parse("2026-11-22T11:58:00.000Z") - 1);
  let zone = "Pacific/Auckland";
  clock.after(MINUTE_MS - 1, () => zone = "Pacific/Honolulu");
  const { samples } = await rehearse({ clock, forMs: 2 * MINUTE_MS, timeZone: () => zone });
  deepEqual(byDay(samples), ["2026-11-23 780: 60", "2026-11-22 -600: 60"]);
});

Deno.test("a fold is called every two hours, soon after midnight, and at the end", async () => {
  const startMs = Date.parse("2026-11-22T20:30:00Z");
  const clock = new FakeClock(startMs - 1);
  const { folds, seals } = await rehearse({
    clock,
    forMs: 7 * HOUR_MS - 10 * MINUTE_MS,
    intervalMs: 10_000,
    timeZone: () => "UTC",
  });
  const minutes = folds.map((ms) => Math.floor((ms - startMs) / MINUTE_MS));
  // Every two hours from the start; the day ends after three and a half hours, and hours are counted from there.
  deepEqual(minutes, [120, 210, 330, 409]);
  // Seals come first, so that there is something to fold.
  deepEqual(seals.map((ms) => Math.floor((ms - startMs) / MINUTE_MS)), minutes);
});

Deno.test("rows are synced at the rhythm that was asked for", async () => {
  const clock = new FakeClock(Date.parse("2026-11-22T20:30:00Z") - 1);
  const { syncs } = await rehearse({ clock, forMs: MINUTE_MS, fsyncMs: 5000 });
  equal(syncs.length, 11);
  deepEqual(syncs.slice(1).map((ms, i) => ms - (syncs[i] ?? 0)), Array(10).fill(5000));
});
