import fc from "fast-check";
import type { SampleRow } from "../../src/model/mod.ts";
import type { DataFolder } from "../../src/journal/mod.ts";
import { foldJournal } from "../../src/store/mod.ts";
import { journalRows, sampleRow } from "../journal/scratch_folder.ts";

/** A recording with gaps, unknown values and, where `mixed`, rows that stand for several intervals. */
export interface Recording {
  readonly timeZone: string;
  readonly mixed: boolean;
  readonly rows: readonly SampleRow[];
  /** How many parts the rows are journalled in, and after which of them the journal is folded. */
  readonly parts: number;
  readonly foldAfter: readonly number[];
}

/** Around the ends of a week and of a month, and the two days on which Berlin's clocks change. */
const PLACES = [
  { timeZone: "UTC", startMs: Date.UTC(2025, 10, 23, 20) },
  { timeZone: "Asia/Kathmandu", startMs: Date.UTC(2025, 10, 23, 12) },
  { timeZone: "Europe/Berlin", startMs: Date.UTC(2026, 2, 28, 22) },
  { timeZone: "Europe/Berlin", startMs: Date.UTC(2026, 9, 24, 21) },
  { timeZone: "America/St_Johns", startMs: Date.UTC(2025, 9, 31, 20) },
] as const;

const INTERVALS_S = [1, 10, 30, 60, 300] as const;

/** In hundredths, so that values are on the grid; small ones are common, so that values repeat. */
const percent = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((n) => n * 25),
  fc.integer({ min: 0, max: 10_000 }),
  fc.constant(null),
);

const step = fc.record({
  missed: fc.oneof(
    { arbitrary: fc.constant(0), weight: 12 },
    { arbitrary: fc.integer({ min: 1, max: 30 }), weight: 1 },
    { arbitrary: fc.integer({ min: 30, max: 400 }), weight: 1 },
  ),
  ticks: fc.integer({ min: 1, max: 5 }),
  cpu: percent,
  swap: percent,
  rate: fc.option(fc.integer({ min: 0, max: 9999 }).map((n) => n * 1000)),
  event: fc.constantFrom("none", "none", "wake", "boot"),
});

export const recordings: fc.Arbitrary<Recording> = fc.record({
  place: fc.constantFrom(...PLACES),
  intervalS: fc.constantFrom(...INTERVALS_S),
  mixed: fc.boolean(),
  steps: fc.array(step, { minLength: 1, maxLength: 150, size: "max" }),
  parts: fc.integer({ min: 1, max: 3 }),
  foldAfter: fc.subarray([0, 1, 2]),
}).map(({ place, intervalS, mixed, steps, parts, foldAfter }) => {
  let ts = place.startMs;
  let boot = 1;
  const rows = steps.map(({ missed, ticks, cpu, swap, rate, event }, i): SampleRow => {
    // One row of a single tick: all others stand for a whole number of the shortest interval, as in real recordings.
    const standsFor = mixed && i > 0 ? ticks : 1;
    ts += (missed + standsFor) * intervalS * 1000;
    if (event === "boot" && missed > 0) boot++;
    return sampleRow(ts, {
      interval_s: standsFor * intervalS,
      utc_offset_min: offsetMin(ts, place.timeZone),
      boot_id: `boot${boot}`,
      ...(event === "wake" && missed > 0 ? { flags: "wake" } : {}),
      ...(cpu === null ? {} : { cpu_pct: cpu / 100 }),
      ...(swap === null ? {} : { swap_used_bytes: swap * 2 ** 20, ram_total_bytes: 2 ** 33 }),
      ...(rate === null ? {} : { net_rx_bytes_per_s: rate }),
    });
  });
  return { timeZone: place.timeZone, mixed, rows, parts, foldAfter };
});

/** Writes a recording as several starts of a recorder, some of them folded. */
export async function store(folder: DataFolder, recording: Recording): Promise<void> {
  const { rows, parts, foldAfter } = recording;
  const size = Math.ceil(rows.length / parts);
  for (let part = 0; part < parts; part++) {
    await journalRows(folder, "box", rows.slice(part * size, (part + 1) * size));
    if (foldAfter.includes(part)) await foldJournal(folder);
  }
}

function offsetMin(ts: number, timeZone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(ts).toZonedDateTimeISO(timeZone);
  return local.offsetNanoseconds / 60e9;
}
