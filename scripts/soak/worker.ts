/**
 * The store's side of the soak, in a process of its own that may be killed: folds, reads and counts a data folder as it is
 * told on stdin, one request a line, one answer a line.
 */
import { armFailPoints, localDisk } from "../../src/platform/mod.ts";
import { DATASETS } from "../../src/model/mod.ts";
import { compareReports } from "./compare_reports.ts";
import { DataFolder, foldJournal, listStore, withStore } from "../../src/store/mod.ts";

export type Request =
  /** `faults` as MTR_FAIL_POINT has them; `nowMs` is what the recording's clock shows, which says which days are over. */
  | { readonly kind: "fold"; readonly faults: string; readonly nowMs: number }
  | { readonly kind: "compare"; readonly host: string }
  | { readonly kind: "count"; readonly host: string }
  | { readonly kind: "take_stock" };

/** The numbered rows of a host: all is well when the four agree. */
export interface Count {
  readonly rows: number;
  readonly distinct: number;
  readonly first: number;
  readonly last: number;
  readonly notes: readonly string[];
}

/** Everything that is in the folder. */
export interface Stock {
  /** `<dataset>/<host>/<date>` of every day file. */
  readonly files: readonly string[];
  /** By `<dataset>/<host>`. */
  readonly rows: Readonly<Record<string, number>>;
  readonly bytes: number;
  readonly segments: number;
  readonly damaged: number;
  readonly quarantinedFiles: number;
  /** Copies of segments in which half a row was left: the row itself is in the next segment. */
  readonly quarantinedSegments: number;
  readonly unfinished: number;
}

export interface Folded {
  readonly error: string | null;
  readonly notes: readonly string[];
}

/** A report from rollups beside one from rows. */
export interface Compared {
  /** Of the host's finished days. */
  readonly rolledDays: number;
  /** What the two say differently, in sentences. */
  readonly differences: readonly string[];
}

export type Answer = Folded | Count | Stock | Compared;

if (import.meta.main) await serve(new DataFolder(Deno.args[0] ?? "", localDisk));

async function serve(folder: DataFolder): Promise<void> {
  let text = "";
  for await (const chunk of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
      const answer = await answerTo(folder, JSON.parse(text.slice(0, end)));
      text = text.slice(end + 1);
      Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(answer) + "\n"));
    }
  }
}

async function answerTo(folder: DataFolder, request: Request): Promise<Answer> {
  if (request.kind === "fold") return await fold(folder, request.faults, request.nowMs);
  if (request.kind === "compare") return await compareReports(folder, request.host);
  if (request.kind === "count") return await count(folder, request.host);
  return await takeStock(folder);
}

async function fold(folder: DataFolder, faults: string, nowMs: number): Promise<Folded> {
  using _armed = armFailPoints(faults);
  Date.now = () => nowMs;
  try {
    const { notes } = await foldJournal(folder);
    return { error: null, notes };
  } catch (error) {
    return { error: (error as Error).message, notes: [] };
  }
}

async function count(folder: DataFolder, host: string): Promise<Count> {
  return await withStore(folder, { host, publicViews: false }, async ({ database, notes }) => {
    const [counted] = await database.rows<Omit<Count, "notes">>(
      `SELECT count(*) AS rows, count(DISTINCT connections) AS distinct,
         coalesce(min(connections), 0) AS first, coalesce(max(connections), 0) AS last
       FROM stored_samples`,
    );
    return { ...(counted ?? { rows: 0, distinct: 0, first: 0, last: 0 }), notes };
  });
}

async function takeStock(folder: DataFolder): Promise<Stock> {
  const quarantined = folder.disk.list(folder.quarantine).map(({ name }) => name);
  return await withStore(folder, { publicViews: false }, async ({ database, listing }) => {
    const rows: Record<string, number> = {};
    for (const dataset of Object.keys(DATASETS)) {
      const counted = await database.rows<{ host: string; rows: number }>(
        `SELECT host, count(*) AS rows FROM stored_${dataset} GROUP BY host`,
      );
      for (const { host, rows: of } of counted) rows[`${dataset}/${host}`] = of;
    }
    return {
      files: listStore(folder).files.map(({ dataset, host, date }) => `${dataset}/${host}/${date}`),
      rows,
      bytes: listing.files.reduce((sum, { path }) => sum + (folder.disk.fileSize(path) ?? 0), 0),
      segments: folder.disk.list(folder.journal).length,
      damaged: listing.damaged.length,
      quarantinedFiles: quarantined.filter((name) => name.endsWith(".parquet")).length,
      quarantinedSegments: quarantined.filter((name) => name.endsWith(".ndjson")).length,
      unfinished: folder.disk.list(folder.tmp).length,
    };
  });
}
