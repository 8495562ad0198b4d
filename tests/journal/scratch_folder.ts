import "../store/shared_duckdb.ts";
import type { DatasetName, SampleRow } from "../../src/model/mod.ts";
import { type Disk, localDate, localDisk } from "../../src/platform/mod.ts";
import { DataFolder, FORMAT_VERSION, Journal } from "../../src/journal/mod.ts";
import { lastSeqOf } from "../../src/store/mod.ts";

/** Linux's folder in memory, where there is one to write to: what a disk takes to sync, tests need not wait for. */
const IN_MEMORY = isWritable("/dev/shm") ? { dir: "/dev/shm" } : {};

/** A data folder of its own, which is removed with the test. */
export class ScratchFolder extends DataFolder implements Disposable {
  constructor(disk: Disk = localDisk) {
    super(Deno.makeTempDirSync({ prefix: "mtr-test-", ...IN_MEMORY }), disk);
    this.create();
  }

  /** Writes an mtr.json that names hosts. */
  nameHosts(...names: string[]): void {
    const created = "2026-11-01T00:00:00.000Z";
    const hosts = names.map((name) => ({
      id: name,
      name,
      machine: null,
      created,
      last_seq: 0,
      boot_id: null,
    }));
    this.writeInfo({ format: FORMAT_VERSION, created, hosts });
  }

  [Symbol.dispose]() {
    Deno.removeSync(this.path, { recursive: true });
  }
}

function isWritable(folder: string): boolean {
  try {
    Deno.removeSync(Deno.makeTempDirSync({ dir: folder }));
    return true;
  } catch {
    return false;
  }
}

/** A row of `samples` with nothing special about it. */
export function sampleRow(ts: number, values: Partial<SampleRow> = {}): SampleRow {
  return { ts, interval_s: 1, late_ms: 0, utc_offset_min: 0, boot_id: "boot1", ...values };
}

/** Appends rows to new segments, each to that of its local date, and seals them. */
export async function journalRows(
  folder: DataFolder,
  host: string,
  rows: readonly { readonly ts: number; readonly utc_offset_min: number }[],
  dataset: DatasetName = "samples",
): Promise<void> {
  const journal = new Journal({ folder, host, nextSeq: lastSeqOf(folder, host) + 1 });
  for (const row of rows) journal.append(dataset, localDate(row.ts, row.utc_offset_min), row);
  await journal.seal();
}
