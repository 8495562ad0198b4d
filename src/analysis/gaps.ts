import type { Gap, GapReason } from "./report.ts";
import type { Database, RowRange } from "../store/mod.ts";
import edgesSql from "./sql/edges.sql" with { type: "text" };
import gapsSql from "./sql/gaps.sql" with { type: "text" };

const MINUTE_MS = 60_000;

interface GapRow {
  readonly start_ms: number;
  readonly end_ms: number;
  readonly flags: string | null;
  readonly boot_id: string | null;
  readonly previous_boot_id: string | null;
}

/** What stands at the two ends of a range; see edges.sql. */
export interface Edges {
  readonly rows_before: number;
  readonly boot_id_before: string | null;
  readonly first_flags: string | null;
  readonly first_boot_id: string | null;
  readonly first_weight_ms: number;
  readonly last_boot_id: string | null;
  readonly flags_after: string | null;
  readonly boot_id_after: string | null;
}

export async function findEdges(database: Database, range: RowRange): Promise<Edges | undefined> {
  const [edges] = await database.rows<Edges>(edgesSql, { ...range });
  return edges;
}

export interface GapContext {
  readonly edges: Edges | undefined;
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
  const { failingMinutes } = context;
  const rows = [...await database.rows<GapRow>(gapsSql), ...gapsAtEdges(context)];
  return rows.sort((a, b) => a.start_ms - b.start_ms).map((row) => ({
    startMs: row.start_ms,
    endMs: row.end_ms,
    reason: reasonOf(row, failingMinutes),
  }));
}

/** From where something should have been recorded to the first row, and from the last one to the range's end or now. */
function gapsAtEdges(context: GapContext): GapRow[] {
  const { expectedFromMs, expectedToMs, firstMs, lastMs, intervalMs, edges } = context;
  const before: GapRow = {
    start_ms: expectedFromMs,
    end_ms: firstMs - (edges?.first_weight_ms ?? intervalMs),
    flags: edges?.first_flags ?? null,
    boot_id: edges?.first_boot_id ?? null,
    previous_boot_id: edges?.boot_id_before ?? edges?.first_boot_id ?? null,
  };
  const after: GapRow = {
    start_ms: lastMs,
    end_ms: expectedToMs,
    flags: edges?.flags_after ?? null,
    boot_id: edges?.boot_id_after ?? edges?.last_boot_id ?? null,
    previous_boot_id: edges?.last_boot_id ?? null,
  };
  return [before, after].filter(({ start_ms: startMs, end_ms: endMs }) =>
    endMs - startMs >= Math.max(MINUTE_MS, 2 * intervalMs)
  );
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
