/** An mtr.json that is damaged or gone, and files in the data folder that are not ours. */
import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import { claimHost } from "../../src/journal/mod.ts";
import { foldJournal } from "../../src/store/mod.ts";
import { journalRows, ScratchFolder } from "../journal/scratch_folder.ts";
import { DATE, numberedRow, range, readStored, storedNumbers } from "./numbered_rows.ts";

async function journal(folder: ScratchFolder, first: number, last: number): Promise<void> {
  await journalRows(folder, "box", range(first, last).map((number) => numberedRow(number)));
}

const MACHINE = { name: "Box", id: "machine-1", givenName: undefined };

const INFO_DAMAGES: readonly [name: string, (text: string) => string][] = [
  ["empty", () => ""],
  ["cut in half", (text) => text.slice(0, text.length / 2)],
  ["all zeros", (text) => "\0".repeat(text.length)],
  ["with a flipped bit in a key", (text) => text.replace('"hosts"', '"hostr"')],
  ["with an id that would be a path", (text) => text.replace('"id": "box-2"', '"id": "../x"')],
  ["a list", () => "[1, 2]"],
];

for (const [name, damage] of INFO_DAMAGES) {
  Deno.test(`an mtr.json ${name} is made up for by its copy and kept in quarantine`, async () => {
    using folder = new ScratchFolder();
    await claimHost(folder, { ...MACHINE, id: "machine-0" });
    equal((await claimHost(folder, MACHINE)).id, "box-2");
    await journal(folder, 1, 3);
    const path = join(folder.path, "mtr.json");
    const damaged = damage(Deno.readTextFileSync(path));
    Deno.writeTextFileSync(path, damaged);
    deepEqual(await readStored(folder), { numbers: [1, 2, 3], notes: [] });
    equal((await claimHost(folder, MACHINE)).id, "box-2", "the machine is the host it was");
    deepEqual(folder.info()?.hosts.map(({ id }) => id).sort(), ["box", "box-2"]);
    const [kept] = [...Deno.readDirSync(folder.quarantine)];
    equal(Deno.readTextFileSync(join(folder.quarantine, kept?.name ?? "")), damaged);
  });
}

Deno.test("without mtr.json and its copy every row can still be read, and recording goes on", async () => {
  using folder = new ScratchFolder();
  await claimHost(folder, MACHINE);
  await journal(folder, 1, 3);
  await foldJournal(folder);
  for (const name of ["mtr.json", "mtr.json.copy"]) {
    Deno.writeTextFileSync(join(folder.path, name), "?");
  }
  deepEqual(await readStored(folder), { numbers: [1, 2, 3], notes: [] });
  equal((await claimHost(folder, MACHINE)).id, "box");
  await journal(folder, 4, 4);
  await foldJournal(folder);
  deepEqual(await storedNumbers(folder), [1, 2, 3, 4]);
});

Deno.test("foreign files and folders are passed over, kept, and hide nothing", async () => {
  using folder = new ScratchFolder();
  await journal(folder, 1, 2);
  await foldJournal(folder);
  await journal(folder, 3, 3);
  const samples = folder.dataset("samples");
  const host = join(samples, "host=box");
  const foreign = [
    join(folder.path, ".DS_Store"),
    join(folder.journal, "notes.txt"),
    join(folder.journal, "box-1.ndjson.bak"),
    join(samples, "rows.parquet"),
    join(samples, "host=nobody"),
    join(host, "._date=2096-11-22"),
    join(host, "date=2026-11-20"),
    join(host, "date=yesterday"),
    join(folder.day("samples", "box", DATE), "tmp_rows.parquet"),
  ];
  for (const path of foreign) Deno.writeTextFileSync(path, "not ours");
  Deno.mkdirSync(join(host, "date=2026-11-19"));
  Deno.mkdirSync(join(folder.journal, "folder"));
  deepEqual(await readStored(folder), { numbers: [1, 2, 3], notes: [] });
  await foldJournal(folder);
  deepEqual(await readStored(folder), { numbers: [1, 2, 3], notes: [] });
  for (const path of foreign) equal(Deno.readTextFileSync(path), "not ours");
});
