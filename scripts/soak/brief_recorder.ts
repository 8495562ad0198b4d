/**
 * A recorder on another machine that is killed before its hour is over: appends numbered rows of an hour, a row a minute,
 * until it is killed or done. `brief_recorder.ts FOLDER HOST FIRST_NUMBER START_MS`
 */
import { localDisk } from "../../src/platform/mod.ts";
import { DataFolder, Journal } from "../../src/journal/mod.ts";
import { lastSeqOf } from "../../src/store/mod.ts";

const MINUTE_MS = 60_000;

const [path = "", host = "", first = "1", start = "0"] = Deno.args;
const folder = new DataFolder(path, localDisk);
const journal = new Journal({ folder, host, nextSeq: lastSeqOf(folder, host) + 1 });
for (let i = 0; i < 60; i++) {
  const ts = Number(start) + i * MINUTE_MS;
  journal.append("samples", new Date(ts).toISOString().slice(0, 10), {
    ts,
    interval_s: 60,
    late_ms: 0,
    utc_offset_min: 0,
    boot_id: "boot1",
    connections: Number(first) + i,
  });
  Deno.stdout.writeSync(new TextEncoder().encode(`${Number(first) + i}\n`));
  await new Promise((resolve) => setTimeout(resolve, 1));
}
await journal.seal();
