/** What is done to a data folder until something ends it: `append:1-3 seal fold append:4-5 …`. */
import { type DataFolder, Journal } from "../../src/journal/mod.ts";
import { DATE, numberedRow } from "./numbered_rows.ts";

/** Does one step after the other, and says what is done. */
export async function doSteps(
  folder: DataFolder,
  host: string,
  steps: readonly string[],
  say: (what: string) => void = () => {},
): Promise<void> {
  folder.create();
  const { foldJournal, lastSeqOf, planPrune, prune, repairStore, upgradeStore } = await import(
    "../../src/store/mod.ts"
  );
  const journal = new Journal({ folder, host, nextSeq: lastSeqOf(folder, host) + 1 });
  for (const step of steps) {
    const [what, first = "", last] = step.split(/[:-]/);
    if (what === "append") {
      for (let number = Number(first); number <= Number(last); number++) {
        journal.append("samples", DATE, numberedRow(number));
        say(`row ${number}`);
      }
    }
    if (what === "seal") await journal.seal();
    if (what === "fold") await foldJournal(folder);
    // prune:20250228 removes rows of days before that one.
    if (what === "prune") {
      const date = first.replace(/(....)(..)(..)/, "$1-$2-$3");
      const nowMs = Date.parse(`${date}T12:30:00Z`);
      await prune(folder, await planPrune(folder, { rowsOlderThanMs: 0, nowMs }), nowMs);
    }
    if (what === "upgrade") await upgradeStore(folder);
    if (what === "repair") await repairStore(folder, { nowMs: Date.now(), wholeFiles: 0 });
    say(step);
  }
}
