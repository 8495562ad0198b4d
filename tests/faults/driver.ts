/**
 * A process that a test can kill: does what its arguments say to a data folder, one after the other, and says on stdout
 * what is done.
 *
 *   driver.ts FOLDER HOST append:1-3 seal fold append:4-5 …
 */
import { localDisk } from "../../src/platform/mod.ts";
import { DataFolder, Journal } from "../../src/journal/mod.ts";
import { DATE, numberedRow } from "./numbered_rows.ts";

const [path = "", host = "", ...steps] = Deno.args;
const folder = new DataFolder(path, localDisk);
folder.create();
const { foldJournal, lastSeqOf, planPrune, prune, repairStore } = await import(
  "../../src/store/mod.ts"
);
const journal = new Journal({ folder, host, nextSeq: lastSeqOf(folder, host) + 1 });

for (const step of steps) {
  const [what, first, last] = step.split(/[:-]/);
  if (what === "append") append(Number(first), Number(last));
  if (what === "seal") await journal.seal();
  if (what === "fold") await foldJournal(folder);
  // prune:20250228 removes rows of days before that one.
  if (what === "prune") await pruneBefore(first?.replace(/(....)(..)(..)/, "$1-$2-$3") ?? "");
  if (what === "repair") await repairStore(folder, { nowMs: Date.now() });
  say(step);
}

function append(first: number, last: number): void {
  for (let number = first; number <= last; number++) {
    journal.append("samples", DATE, numberedRow(number));
    say(`row ${number}`);
  }
}

async function pruneBefore(date: string): Promise<void> {
  const nowMs = Date.parse(`${date}T12:30:00Z`);
  await prune(folder, await planPrune(folder, { rowsOlderThanMs: 0, nowMs }), nowMs);
}

function say(what: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(what + "\n"));
}
