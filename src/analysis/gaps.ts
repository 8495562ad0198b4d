import type { Database } from "../store/mod.ts";
import type { Gap, GapReason } from "./report.ts";
import gapsSql from "./sql/gaps.sql" with { type: "text" };

const MINUTE_MS = 60_000;

interface GapRow {
  readonly start_ms: number;
  readonly end_ms: number;
  readonly flags: string | null;
  readonly boot_id: string | null;
  readonly previous_boot_id: string | null;
}

export interface GapContext {
  /** From where on something should have been recorded: the range's start, or the store's first row. */
  readonly expectedFromMs: number;
  /** Until when: the range's end, or now. */
  readonly expectedToMs: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly intervalMs: number;
  /** Minutes since 1970 in which a source failed. */
  readonly failingMinutes: ReadonlySet<number>;
}

/** Stretches of at least a minute in which nothing was recorded, in order, and why as far as the rows tell. */
export async function findGaps(database: Database, context: GapContext): Promise<Gap[]> {
  const { expectedFromMs, expectedToMs, firstMs, lastMs, intervalMs, failingMinutes } = context;
  const inside = (await database.rows<GapRow>(gapsSql)).map((row): Gap => ({
    startMs: row.start_ms,
    endMs: row.end_ms,
    reason: reasonOf(row, failingMinutes),
  }));
  const edge = (startMs: number, endMs: number): Gap[] =>
    endMs - startMs >= Math.max(MINUTE_MS, 2 * intervalMs)
      ? [{
        startMs,
        endMs,
        reason: failed(startMs, endMs, failingMinutes) ? "source failed" : "not recording",
      }]
      : [];
  return [
    ...edge(expectedFromMs, firstMs - intervalMs),
    ...inside,
    ...edge(lastMs, expectedToMs),
  ];
}

function reasonOf(row: GapRow, failingMinutes: ReadonlySet<number>): GapReason {
  const flags = row.flags?.split(",") ?? [];
  if (flags.includes("wake")) return "asleep";
  if (row.boot_id !== row.previous_boot_id) return "machine off";
  return failed(row.start_ms, row.end_ms, failingMinutes) ? "source failed" : "not recording";
}

/** Source rows are written at the end of their minute. */
function failed(startMs: number, endMs: number, failingMinutes: ReadonlySet<number>): boolean {
  for (let minute = Math.floor(startMs / MINUTE_MS); minute <= endMs / MINUTE_MS + 1; minute++) {
    if (failingMinutes.has(minute)) return true;
  }
  return false;
}
