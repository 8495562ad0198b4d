/** A data folder as an mtr of format 0 left it; see upgrade_sql.ts. */
import { dirname, join } from "node:path";
import type { DataFolder } from "../../src/journal/mod.ts";
import { Database, quoteText } from "../../src/store/mod.ts";
import { dayFile, HOST, ticksOf } from "./recorded_days.ts";

/** What the nth tick of a day held, as the source gave it. */
export function oldValues(n: number) {
  return {
    cpu_pct: (n * 7.123456) % 100,
    gpu_mhz: 400.4 + n,
    ram_used_bytes: 8.5 * 2 ** 30 + n * 1e6,
    net_rx_bytes_per_s: n === 0 ? 0 : 123_456.789 * n,
    cpu_celsius: n === 3 ? 1e9 : 45.678,
  };
}

export async function writeOldStore(folder: DataFolder, dates: readonly string[]): Promise<void> {
  using database = await Database.open();
  for (const date of dates) {
    const rows = ticksOf(date).map((ts, n) => {
      const { cpu_pct, gpu_mhz, ram_used_bytes, net_rx_bytes_per_s, cpu_celsius } = oldValues(n);
      return `(make_timestamp(${ts}000), 600.0, 0, 'boot1', ${cpu_pct}, ${gpu_mhz}, ${ram_used_bytes},
        ${net_rx_bytes_per_s}, ${cpu_celsius})`;
    });
    const path = dayFile(folder, date);
    Deno.mkdirSync(dirname(path), { recursive: true });
    await database.run(`COPY (
      SELECT timestamp, interval_s::DOUBLE AS interval_s, utc_offset_min::BIGINT AS utc_offset_min, boot_id,
        COLUMNS(lambda c: c IN ['cpu_pct', 'gpu_mhz', 'ram_used_bytes', 'net_rx_bytes_per_s', 'cpu_celsius'])::DOUBLE
      FROM (VALUES ${rows.join(", ")}) AS old(timestamp, interval_s, utc_offset_min, boot_id,
        cpu_pct, gpu_mhz, ram_used_bytes, net_rx_bytes_per_s, cpu_celsius)
    ) TO ${quoteText(path)} (FORMAT parquet)`);
  }
  const created = "2025-01-01T00:00:00.000Z";
  const host = { id: HOST, name: HOST, machine: null, created, last_seq: 0, boot_id: "boot1" };
  const info = { format: 0, created, hosts: [host] };
  Deno.writeTextFileSync(join(folder.path, "mtr.json"), JSON.stringify(info));
}
