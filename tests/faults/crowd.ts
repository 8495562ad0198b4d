/**
 * A recorder, folds and readers at once on one folder, each in a loop, until a file called FOLDER.over appears.
 *
 *   crowd.ts record FOLDER HOST            appends 200 rows a second, seals now and then; says how many rows
 *   crowd.ts fold   FOLDER FILES SECONDS   folds until so many files were written, or so long; says how many, and notes
 *   crowd.ts read   FOLDER HOST            five readers at once; says how often, and what was wrong
 */
import { localDisk } from "../../src/platform/mod.ts";
import { DataFolder, Journal } from "../../src/journal/mod.ts";
import { foldJournal, lastSeqOf } from "../../src/store/mod.ts";
import { DATE, numberedRow, readStored } from "./numbered_rows.ts";

const READERS = 5;

const [role = "", path = "", host = "", seconds = "0"] = Deno.args;
const wanted = Number(host);
const folder = new DataFolder(path, localDisk);
folder.create();
const isOver = () => folder.disk.identity(`${path}.over`) !== undefined;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

if (role === "record") await record();
if (role === "fold") await fold();
if (role === "read") await Promise.all(Array.from({ length: READERS }, read));

async function record(): Promise<void> {
  const journal = new Journal({ folder, host, nextSeq: lastSeqOf(folder, host) + 1 });
  let number = 0;
  while (!isOver()) {
    journal.append("samples", DATE, numberedRow(++number));
    if (number % 100 === 0) await journal.seal();
    await pause(5);
  }
  await journal.seal();
  say(`${number}`);
}

async function fold(): Promise<void> {
  const endMs = performance.now() + Number(seconds) * 1000;
  let folds = 0;
  while (folds < wanted && performance.now() < endMs) {
    const { files, notes } = await foldJournal(folder);
    folds += files;
    notes.forEach(say);
    await pause(50);
  }
  say(`${folds}`);
}

async function read(): Promise<void> {
  let reads = 0;
  let before = 0;
  while (!isOver()) {
    const { numbers, notes } = await readStored(folder, host);
    reads++;
    notes.forEach(say);
    const firstWrong = numbers.findIndex((number, i) => number !== i + 1);
    if (firstWrong >= 0) say(`row ${firstWrong + 1} is ${numbers[firstWrong]}`);
    if (numbers.length < before) say(`${numbers.length} rows after ${before}`);
    before = numbers.length;
  }
  say(`${reads}`);
}

function say(what: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(what + "\n"));
}
