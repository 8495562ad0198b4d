import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import type { SampleRow } from "../../src/model/mod.ts";
import { foldJournal } from "../../src/store/mod.ts";
import { journalRows, sampleRow, ScratchFolder } from "../journal/scratch_folder.ts";
import { propertyRuns } from "../property_runs.ts";
import { plainReport } from "./plain_report.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The first of a month. */
const START_MS = Date.UTC(2025, 10, 1);

/** Swap in use, in percent of the memory; null where it is not known. */
function rowAt(ts: number, intervalS: number, swapPct: number | null): SampleRow {
  const ram_total_bytes = 64 * 2 ** 30;
  return sampleRow(ts, {
    interval_s: intervalS,
    ram_total_bytes,
    ...(swapPct === null ? {} : { swap_used_bytes: swapPct / 100 * ram_total_bytes }),
  });
}

interface Asked {
  readonly exact: boolean;
  readonly columns?: number;
}

async function began(folder: ScratchFolder, days: number, { exact, columns = 80 }: Asked) {
  const endMs = START_MS + days * DAY_MS;
  const { metrics: [swap], method } = await plainReport(folder, {
    ...{ startMs: START_MS, endMs, exact, columns },
    metric: "swap_pressure_pct",
  });
  // A question that rollups can't be asked is asked of the rows.
  equal(/rollups/.test(method), !exact);
  const { afterMs, byMs } = swap?.useBegan ?? {};
  return afterMs === undefined || byMs === undefined
    ? null
    : [afterMs, byMs].map((ms) => new Date(ms).toISOString().slice(5, 19));
}

/** A row every ten seconds, of several days every ten minutes; zero before and 25 % since a moment; folded, so that the days are rolled up. */
async function swappingSince(sinceMs: number, days = 1): Promise<ScratchFolder> {
  const folder = new ScratchFolder();
  const intervalS = days > 1 ? 600 : 10;
  const rows = Array.from({ length: days * 86_400 / intervalS }, (_, i) => {
    const ts = START_MS + i * intervalS * 1000;
    return rowAt(ts, intervalS, ts < sinceMs ? 0 : 25);
  });
  await journalRows(folder, "box", rows);
  // A later day, so that those before are over.
  await journalRows(folder, "box", [rowAt(START_MS + (days + 1) * DAY_MS, intervalS, 0)]);
  await foldJournal(folder);
  return folder;
}

Deno.test("use began within a minute of rows, a quarter-hour of a rolled-up day, whatever the columns", async () => {
  using folder = await swappingSince(START_MS + 10 * HOUR_MS + 32 * MINUTE_MS + 20_000);
  for (const columns of [1, 7, 80, 200, 2000]) {
    deepEqual(await began(folder, 1, { exact: true, columns }), [
      "11-01T10:31:50",
      "11-01T10:33:00",
    ]);
    deepEqual(await began(folder, 1, { exact: false, columns }), [
      "11-01T10:29:50",
      "11-01T10:45:00",
    ]);
  }
});

Deno.test("use began within an hour of a whole month", async () => {
  using folder = await swappingSince(START_MS + 11 * DAY_MS + 14 * HOUR_MS + 10 * MINUTE_MS, 30);
  deepEqual(await began(folder, 30, { exact: false }), ["11-12T13:50:00", "11-12T15:00:00"]);
});

Deno.test("where all rows of a span are above zero, use began at its first one", async () => {
  using folder = await swappingSince(START_MS + 10 * HOUR_MS);
  deepEqual(await began(folder, 1, { exact: false }), ["11-01T09:59:50", "11-01T10:00:10"]);
});

Deno.test("use that lasted from the first row on, or never was, has no beginning", async () => {
  using used = await swappingSince(START_MS);
  using unused = await swappingSince(START_MS + 3 * DAY_MS);
  for (const exact of [true, false]) {
    equal(await began(used, 1, { exact }), null);
    equal(await began(unused, 1, { exact }), null);
  }
});

/** Stretches of a day: so many rows of a value, of an unknown one, or none at all. */
const stretches = fc.array(
  fc.record({
    rows: fc.integer({ min: 1, max: 60 }),
    swapPct: fc.constantFrom(0, 0, 25, 50, null, undefined),
  }),
  { minLength: 1, maxLength: 8 },
);

Deno.test("the beginning lies within what is told of it, however it was recorded", async () => {
  const recordings = fc.record({
    stretches,
    intervalS: fc.constantFrom(7, 30, 60, 300),
    firstS: fc.integer({ min: 0, max: 1800 }),
  });
  await fc.assert(
    fc.asyncProperty(recordings, async ({ stretches, intervalS, firstS }) => {
      const values = stretches.flatMap(({ rows, swapPct }) => Array(rows).fill(swapPct));
      const rows = values.flatMap((swapPct: number | null | undefined, i) => {
        const ts = START_MS + (firstS + i * intervalS) * 1000;
        return swapPct === undefined ? [] : [{ ts, swapPct }];
      }).filter(({ ts }) => ts < START_MS + DAY_MS);
      fc.pre(rows.length > 0);
      using folder = new ScratchFolder();
      const recorded = rows.map(({ ts, swapPct }) => rowAt(ts, intervalS, swapPct));
      await journalRows(folder, "box", recorded);
      await journalRows(folder, "box", [rowAt(START_MS + 2 * DAY_MS, intervalS, null)]);
      await foldJournal(folder);
      const known = rows.filter(({ swapPct }) => swapPct !== null);
      const first = known.findIndex(({ swapPct }) => (swapPct ?? 0) > 0);
      const [last, used] = [known[first - 1]?.ts, known[first]?.ts];
      for (const exact of known.length > 0 ? [true, false] : []) {
        const told = await began(folder, 1, { exact });
        if (last === undefined || used === undefined) {
          equal(told, null);
          continue;
        }
        const spanMs = exact ? MINUTE_MS : 15 * MINUTE_MS;
        const isTogether = known.slice(0, first).every(({ ts }) =>
          Math.floor(ts / spanMs) === Math.floor(used / spanMs)
        );
        if (isTogether) {
          equal(told, null);
          continue;
        }
        const [afterMs = 0, byMs = 0] = told?.map((text) => Date.parse(`2025-${text}Z`)) ?? [];
        ok(afterMs <= last && used < byMs, `${told}`);
        ok(byMs - afterMs <= used - last + 2 * spanMs, `${told} is wide`);
      }
    }),
    { numRuns: propertyRuns(4, 60) },
  );
});
